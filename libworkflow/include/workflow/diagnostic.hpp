#pragma once

/// Vocabulary: findings about an author's files, each with its position in the file.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace workflow::inline v0 {

enum class Severity : std::uint8_t { error, warning, note };

/// A range of a text. Lines and columns count from 1. Columns count characters (Unicode code
/// points), not bytes. `end_column` is one past the last character. Line 0 means the whole file.
struct Span {
    std::string file;
    std::uint32_t line = 0, column = 0;
    std::uint32_t end_line = 0, end_column = 0;
    friend bool operator==(const Span&, const Span&) = default;
};

/// Another place that the finding refers to ("first given here").
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
    std::string hint;         ///< how to fix it; may be empty
    std::string source_line;  ///< the offending line, for the caret; empty when there is none
    std::vector<RelatedSpan> related;
    /// Replacement text for `span`, set only where the fix is unambiguous (one misspelled word).
    std::optional<std::string> replacement;
    friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

}  // namespace workflow::inline v0
