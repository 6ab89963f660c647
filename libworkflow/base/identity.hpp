#pragma once

/// Ids are identities, not bytes: what the texts of a command are made of, how long they may be,
/// and when two ids of a person are one.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <workflow/refusal.hpp>

namespace workflow {

/// The number of these rules. Events keep texts as they were taken by the rules of their day and
/// are never rewritten: whoever compares ids of persons compares `normalized_person_id` of both.
/// A rule that gives another result for a text that was taken before needs a new number.
inline constexpr std::uint32_t normalization_version = 1;

/// What a text is. Says how it is normalized and how long it may be (identity.cpp has the table).
enum class TextKind : std::uint8_t {
    person,   ///< the id of a human being or an enterprise
    officer,  ///< the id of an account: lower case
    id,       ///< any other id: item, hall, post, field, ...
    key,      ///< a name that a caller gives a request
    name,     ///< what somebody is called
    words,    ///< a reason, a comment, evidence: several lines
    value     ///< a text in a form; its field says how long it may be
};

/// Would `normalize` leave the text as it is? Costs little for plain and Chinese texts.
bool is_normal(TextKind kind, std::string_view text);

/// Makes the text normal: white space cut off at both ends; ids, keys and names in NFKC with single
/// blanks inside; ids of officers in lower case; the final x of an 18-digit citizen's id as X.
/// Refuses, and leaves the text as it is: text_invalid for what is not UTF-8 or has control or
/// bidirectional characters (an id: invisible ones, too), text_too_long. `what` begins the message:
/// "the reason".
std::optional<Refusal> normalize(TextKind kind, std::string_view what, std::string& text);

/// The form in which ids of persons are compared: as `normalize`, without any white space and in
/// one letter case. Never fails: what an old trail has that would be refused today is left out.
std::string normalized_person_id(std::string_view text);

/// How many characters a valid UTF-8 text has.
std::size_t count_characters(std::string_view text);

/// Does it look like a citizen's id (GB 11643): 17 digits, and a digit or X?
bool is_citizen_id(std::string_view text);
/// Is the last character of a citizen's id what the others give?
bool has_valid_check_digit(std::string_view citizen_id);

}  // namespace workflow
