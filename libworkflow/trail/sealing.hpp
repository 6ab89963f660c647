#pragma once

/// Which parts of an event are personal, how they are taken out of it and put back, and what stays
/// behind: a commitment, which tells nothing and can be opened in one way only
/// (docs/formats/sealed.md).

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/event.hpp>

#include "../crypto/digest.hpp"

namespace workflow::trail {

/// Stands for what was erased.
inline constexpr std::string_view erased = "(erased)";

/// Of whom a part speaks.
enum class Subject : std::uint8_t { applicant, agent };

/// What a commitment opens to.
struct Opening {
    std::uint32_t part = 0;
    Digest salt;  ///< random, else an id could be found by trying all there are
    Value value;  ///< texts as strings
    friend bool operator==(const Opening&, const Opening&) = default;
};

struct TakenOut {
    Opening opening;
    Subject subject = Subject::applicant;
};

/// SHA-256(0x03 || salt || value as in events).
Digest commitment(Hasher& hasher, const Opening& opening);

/// Has the event parts that can be personal, and that say something?
bool may_be_personal(const Event& event);

/// Takes what is personal out of `event`, where it says anything: the applicant and who acts for
/// him, fields that are `personal`, words of the applicant. What stays behind is empty; `sealed` is
/// the caller's to fill. Ascending by part, as `Event::sealed` must be.
std::vector<TakenOut> take_out(Event& event, const std::function<bool(const FieldId&)>& personal,
                               const std::function<Digest()>& salt);

/// Puts a part back. Throws CodecError where the event has no such part or it is not of that type.
void put_back(Event& event, std::uint32_t part, Value value);

/// The same bytes for the same openings, and back. Throws CodecError.
std::string encode(const std::vector<Opening>& openings);
std::vector<Opening> decode_openings(std::string_view bytes);

}  // namespace workflow::trail
