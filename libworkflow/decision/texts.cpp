#include "texts.hpp"

namespace workflow::decision {
namespace {

void tell(const std::vector<feel::Mistake>& mistakes, const Text& text, Findings& findings) {
    for (const auto& mistake : mistakes) {
        Mark mark = text.mark;
        mark.begin += mistake.begin;
        mark.end = text.mark.begin + mistake.end;
        std::string_view kind;
        switch (mistake.kind) {
            case feel::Mistake::Kind::syntax:
                kind = "expression-syntax";
                break;
            case feel::Mistake::Kind::limit:
                kind = "expression-too-large";
                break;
            case feel::Mistake::Kind::unknown_name:
                kind = "unknown-name-is-null";
                break;
            case feel::Mistake::Kind::type:
                kind = "expression-is-null";
                break;
        }
        findings.add(kind, mark, mistake.message, mistake.hint);
    }
}

}  // namespace

feel::Expression compile_text(const Text& text, const feel::Scope& scope, Findings& findings) {
    std::vector<feel::Mistake> mistakes;
    auto made = feel::compile(text.text, scope, mistakes, {.wanted = {}, .lenient = true});
    tell(mistakes, text, findings);
    return made;
}

feel::Expression compile_tests(const Text& text, const feel::Scope& scope, const feel::Type& input,
                               Findings& findings) {
    std::vector<feel::Mistake> mistakes;
    auto made = feel::compile_unary_tests(text.text, scope, input, mistakes,
                                          {.wanted = {}, .lenient = true});
    tell(mistakes, text, findings);
    return made;
}

}  // namespace workflow::decision
