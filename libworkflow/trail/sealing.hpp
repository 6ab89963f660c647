#pragma once

/// Which parts of an event are personal, how they are taken out and put back, and what remains: a
/// commitment, which reveals nothing and can be opened in one way only (docs/formats/sealed.md).

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/event.hpp>

#include "../crypto/digest.hpp"

namespace workflow::trail {

/// Stands for erased data.
inline constexpr std::string_view erased = "(erased)";

/// The person whom a part concerns.
enum class Subject : std::uint8_t { applicant, agent };

/// The content that a commitment opens to.
struct Opening {
    std::uint32_t part = 0;
    Digest salt;  ///< random; otherwise an id could be found by guessing
    Value value;  ///< texts as strings
    friend bool operator==(const Opening&, const Opening&) = default;
};

struct TakenOut {
    Opening opening;
    Subject subject = Subject::applicant;
};

/// Returns SHA-256(0x03
///
/// salt
///
/// value as in events).
Digest commitment(Hasher& hasher, const Opening& opening);

/// Returns whether the event has non-empty parts that can be personal.
bool may_be_personal(const Event& event);

/// Takes the non-empty personal parts out of `event`: the applicant and agent, fields that are
/// `personal`, and the applicant's words. They are empty in the event afterwards. The caller fills
/// `sealed`. Ascending by part, as `Event::sealed` requires.
std::vector<TakenOut> take_out(Event& event, const std::function<bool(const FieldId&)>& personal,
                               const std::function<Digest()>& salt);

/// Puts a part back. Throws CodecError where the event has no such part or it has another type.
void put_back(Event& event, std::uint32_t part, Value value);

/// Encodes openings deterministically, and decodes them. Throws CodecError.
std::string encode(const std::vector<Opening>& openings);
std::vector<Opening> decode_openings(std::string_view bytes);

}  // namespace workflow::trail
