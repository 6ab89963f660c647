#pragma once

/// The one table of codes, and the collecting of findings.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/diagnostic.hpp>

#include "source.hpp"

namespace workflow {

/// A kind of finding. Codes are stable; a code once given up is never used again.
struct FindingKind {
    std::string_view code;  ///< `WF0102`
    std::string_view name;  ///< `unknown-key`
    Severity severity;
    std::string_view meaning;  ///< a sentence for docs/diagnostics.md
};

/// Every kind, in the order of the codes.
std::span<const FindingKind> finding_kinds();

/// Collects the findings of one run. Not thread-safe.
class DiagnosticSink {
public:
    explicit DiagnosticSink(const Sources& sources) : sources_(&sources) {}

    /// Adds a finding; `name` must be in the table. The reference is good until the next call.
    Diagnostic& add(std::string_view name, Mark mark, std::string message, std::string hint = {});
    void relate(Diagnostic& finding, Mark mark, std::string message) const;

    [[nodiscard]] bool has_errors() const;
    /// Whether further findings are only counted: looking for hints is no longer worth the time.
    [[nodiscard]] bool full() const;
    [[nodiscard]] std::size_t errors() const;
    [[nodiscard]] std::size_t warnings() const;
    /// Ordered by file, line, column, code, each once; at most `limit`, then a note that says how
    /// many more. Nothing is left afterwards.
    [[nodiscard]] std::vector<Diagnostic> take(std::size_t limit = 1000);

private:
    const Sources* sources_;
    std::vector<Diagnostic> list_;
    Diagnostic beyond_;  // takes what is added once the list is full
    std::size_t errors_ = 0, warnings_ = 0, left_out_ = 0;
};

/// "did you mean `review`?": the hint that `DiagnosticSink::add` takes for a replacement, too,
/// where the mark is of that one word. No hint for nothing.
std::string did_you_mean(const std::optional<std::string>& near);

/// The name among `known` that is nearest to `given` (Damerau-Levenshtein, at most a third of its
/// length), or nothing.
std::optional<std::string> nearest(std::string_view given, std::span<const std::string> known);

}  // namespace workflow
