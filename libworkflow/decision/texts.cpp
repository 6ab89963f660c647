#include "texts.hpp"

#include <algorithm>

namespace workflow::decision {
namespace {

std::string_view finding_of(feel::Mistake::Kind kind, bool lenient) {
    if (lenient && kind == feel::Mistake::Kind::unknown_name) return "unknown-name-is-null";
    if (lenient && kind == feel::Mistake::Kind::type) return "expression-is-null";
    return feel::finding_of(kind);
}

feel::Options options_of(Strictness strictness) {
    return {.wanted = {}, .lenient = strictness == Strictness::lenient};
}

}  // namespace

void report_mistakes(std::vector<feel::Mistake> mistakes, const Text& text,
                     DiagnosticSink& findings, Strictness strictness) {
    for (auto& mistake : mistakes) {
        Mark mark = text.mark;
        mark.begin = std::min(text.mark.begin + mistake.begin, text.mark.end);
        mark.end = std::clamp(text.mark.begin + mistake.end, mark.begin, text.mark.end);
        findings.add(finding_of(mistake.kind, strictness == Strictness::lenient), mark,
                     std::move(mistake.message), std::move(mistake.hint));
    }
}

feel::Expression compile_text(const Text& text, const feel::Scope& scope, Strictness strictness,
                              DiagnosticSink& findings) {
    std::vector<feel::Mistake> mistakes;
    auto made = feel::compile(text.text, scope, mistakes, options_of(strictness));
    report_mistakes(std::move(mistakes), text, findings, strictness);
    return made;
}

feel::Expression compile_tests(const Text& text, const feel::Scope& scope, const feel::Type& input,
                               Strictness strictness, DiagnosticSink& findings) {
    std::vector<feel::Mistake> mistakes;
    auto made =
        feel::compile_unary_tests(text.text, scope, input, mistakes, options_of(strictness));
    report_mistakes(std::move(mistakes), text, findings, strictness);
    return made;
}

}  // namespace workflow::decision
