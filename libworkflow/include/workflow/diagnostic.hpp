#pragma once

/// Vocabulary: findings about what an author wrote, each on the author's own lines.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace workflow {

enum class Severity : std::uint8_t { error, warning, note };

/// A piece of a text. Lines and columns count from 1; columns count characters (Unicode code
/// points), not bytes. `end_column` is one past the last character. Line 0: the file as a whole.
struct Span {
    std::string file;
    std::uint32_t line = 0, column = 0;
    std::uint32_t end_line = 0, end_column = 0;
    friend bool operator==(const Span&, const Span&) = default;
};

/// An earlier or other place that the finding speaks of ("first given here").
struct RelatedSpan {
    Span span;
    std::string message;
    friend bool operator==(const RelatedSpan&, const RelatedSpan&) = default;
};

struct Diagnostic {
    std::string code;  ///< stable, `WF0102`; base/diagnostics.hpp has the table
    Severity severity = Severity::error;
    Span span;
    std::string message;      ///< one sentence, no line break
    std::string hint;         ///< how to mend it; may be empty
    std::string source_line;  ///< the offending line, for the caret; empty when there is none
    std::vector<RelatedSpan> related;
    /// What to write at `span` instead, where the way to mend it needs no thought: one word
    /// misspelled.
    std::optional<std::string> replacement;
    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

}  // namespace workflow
