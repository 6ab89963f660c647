#pragma once

/// The table of codes, and the collection of findings.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/diagnostic.hpp>

#include "source.hpp"

namespace workflow::inline v0 {

/// A kind of finding. Codes are stable. A retired code is never reused.
struct FindingKind {
    std::string_view code;  ///< `WF0102`
    std::string_view name;  ///< `unknown-key`
    Severity severity;
    std::string_view meaning;  ///< one sentence for docs/diagnostics.md
};

/// Returns every kind, in the order of the codes.
std::span<const FindingKind> finding_kinds();

/// Collects the findings of one run. Not thread-safe.
class DiagnosticSink {
public:
    explicit DiagnosticSink(const Sources& sources) : sources_(&sources) {}

    /// Adds a finding. `name` must be in the table. The reference is valid until the next call.
    Diagnostic& add(std::string_view name, Mark mark, std::string message, std::string hint = {});
    void relate(Diagnostic& finding, Mark mark, std::string message) const;

    [[nodiscard]] bool has_errors() const;
    /// Returns whether further findings are only counted, so that computing hints is no longer
    /// useful.
    [[nodiscard]] bool full() const;
    [[nodiscard]] std::size_t errors() const;
    [[nodiscard]] std::size_t warnings() const;
    /// Returns the findings ordered by file, line, column and code, without duplicates: at most
    /// `limit`, then a note with the number of the others. Clears the sink.
    [[nodiscard]] std::vector<Diagnostic> take(std::size_t limit = 1000);

private:
    const Sources* sources_;
    std::vector<Diagnostic> list_;
    Diagnostic beyond_;  // receives additions once the list is full
    std::size_t errors_ = 0, warnings_ = 0, left_out_ = 0;
};

/// Returns the hint "did you mean `review`?", which `DiagnosticSink::add` also uses as a
/// replacement if the mark covers exactly that word. Returns an empty hint for nullopt.
std::string did_you_mean(const std::optional<std::string>& near);

/// Returns the name among `known` nearest to `given` (Damerau-Levenshtein, at most a third of its
/// length), or nullopt.
std::optional<std::string> nearest(std::string_view given, std::span<const std::string> known);

}  // namespace workflow::inline v0
