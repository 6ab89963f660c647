#pragma once

/// Ids are identities, not bytes: the rules for the texts of a command, their maximum lengths, and
/// when two ids denote the same person.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <workflow/refusal.hpp>

namespace workflow::inline v0 {

/// The version of these rules. Events keep texts as normalized by the rules of their time and are
/// never rewritten, so compare ids of persons by `normalized_person_id` of both. A rule that gives
/// another result for a text that was accepted before needs a new version.
inline constexpr std::uint32_t normalization_version = 1;

/// The kind of a text. Determines its normalization and maximum length (table in identity.cpp).
enum class TextKind : std::uint8_t {
    person,   ///< the id of a human being or an enterprise
    officer,  ///< the id of an account: lower case
    id,       ///< any other id: item, hall, post, field, ...
    key,      ///< a caller's name for a request
    name,     ///< a personal or section name
    words,    ///< a reason, a comment, evidence: several lines
    value     ///< a text in a form; its field sets the maximum length
};

/// Returns whether `normalize` would not change the text. Cheap for plain and Chinese texts.
bool is_normal(TextKind kind, std::string_view text);

/// Normalizes the text: trims white space at both ends; ids, keys and names in NFKC with single
/// spaces inside; ids of officers in lower case; the final x of an 18-digit citizen's id as X.
/// Refuses text_invalid for invalid UTF-8, control characters or bidirectional characters (in ids
/// also invisible ones), and text_too_long. The text is then unchanged. `what` begins the message:
/// "the reason".
std::optional<Refusal> normalize(TextKind kind, std::string_view what, std::string& text);

/// Returns the form in which ids of persons are compared: as `normalize`, without any white space
/// and in one letter case. Never fails: characters of old trails that would be refused today are
/// dropped.
std::string normalized_person_id(std::string_view text);

/// Returns the number of characters of a valid UTF-8 text.
std::size_t count_characters(std::string_view text);

/// Returns whether the text has the form of a citizen's id (GB 11643): 17 digits, then a digit or
/// X.
bool is_citizen_id(std::string_view text);
/// Returns whether the last character of a citizen's id matches the others.
bool has_valid_check_digit(std::string_view citizen_id);

}  // namespace workflow::inline v0
