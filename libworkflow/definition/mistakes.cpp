#include "mistakes.hpp"

#include <algorithm>

namespace workflow::definition {
namespace {

std::string_view finding_of(feel::Mistake::Kind kind) {
    switch (kind) {
        case feel::Mistake::Kind::syntax:
            return "expression-syntax";
        case feel::Mistake::Kind::unknown_name:
            return "unknown-name";
        case feel::Mistake::Kind::type:
            return "expression-type";
        case feel::Mistake::Kind::limit:
            return "expression-too-large";
    }
    return "expression-syntax";
}

}  // namespace

void report_mistakes(std::vector<feel::Mistake> mistakes, const ExpressionText& text,
                     Findings& findings) {
    for (auto& mistake : mistakes) {
        Mark mark = text.mark;
        mark.begin = std::min(text.mark.begin + mistake.begin, text.mark.end);
        mark.end = std::clamp(text.mark.begin + mistake.end, mark.begin, text.mark.end);
        findings.add(finding_of(mistake.kind), mark, std::move(mistake.message),
                     std::move(mistake.hint));
    }
}

}  // namespace workflow::definition
