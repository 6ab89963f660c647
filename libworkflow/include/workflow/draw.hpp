#pragma once

/// Vocabulary: draws that nobody can predict and anybody can verify (通岗通审, R24).
///
/// Each of several parties, for example the bureau that runs the engine and the one that oversees
/// it, holds its own secret. A key for each day is derived from each secret. The values that the
/// parties' keys of the day give for a draw determine its result. Without every secret nobody can
/// predict who will be drawn. Nobody can retry a draw: each officer's rank depends only on the
/// keys, the matter and the officer, even if something crashes or a case is repeated, withdrawn or
/// filed again.
///
/// Before the first of the days each party publishes the fingerprints of its keys. It publishes a
/// key once every case keyed on that day has ended. With both and the trail, anybody can repeat
/// every draw of those cases. docs/formats/draw.md specifies the bytes.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/event.hpp>
#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// A party of the draw, as the engine calls it. Both functions must be deterministic and safe to
/// call from several threads. If one throws, the command that needed the draw is not carried out.
struct DrawShare {
    /// Returns the party's value for the draw that `message` describes: HMAC-SHA-256 under its key
    /// of `day` (in UTC).
    std::function<Digest(Date day, std::string_view message)> give;
    /// Returns the published fingerprint of the party's key of `day`.
    std::function<Digest(Date day)> fingerprint;
};

/// A party's secret: 32 bytes from a cryptographic source. A regular value.
class DrawSecret {
public:
    explicit DrawSecret(Digest bytes) : bytes_(bytes) {}
    /// Returns the party's key of one day, which it publishes later. The key reveals nothing about
    /// the keys of other days.
    [[nodiscard]] Digest key_of(Date day) const;
    [[nodiscard]] const Digest& bytes() const { return bytes_; }

private:
    Digest bytes_;
};

/// Returns the share of a party whose secret is held in this process.
DrawShare share_of(DrawSecret secret);
/// Returns the fingerprint of a day's key, which a party publishes before the day.
Digest fingerprint_of(const Digest& day_key);

/// What a party has published, by day.
struct DrawParty {
    std::string name;
    std::map<Date, Digest> fingerprints, keys;
};

/// The result of recomputing one draw of a trail.
struct DrawCheck {
    enum class Verdict : std::uint8_t {
        proven,        ///< follows from the published keys and the recorded candidates
        same_officer,  ///< not drawn: returned to the officer of the previous step (R24)
        in_turn,       ///< not drawn: assigned by turn, after the previous officer
        nobody,        ///< there was no candidate
        not_revealed,  ///< a party has not published its key or fingerprint of that day
        held_back,     ///< fewer candidates than the minimum pool: a supervisor chose the way out
        broken,        ///< does not follow from them, or a key differs from its fingerprint
    };
    std::uint32_t sequence = 0;  ///< of the event in its case, from 1
    TaskNumber task{};           ///< 0: the draw of a sample
    OfficerId officer;
    std::size_t candidates = 0;  ///< how many could have been drawn
    Verdict verdict = Verdict::broken;
    std::string why;  ///< for `not_revealed` and `broken`
    /// Who was excluded by somebody's act, and by whose: "zhao recused as kin by lin, granted by
    /// chief".
    std::vector<std::string> narrowed;
    std::vector<std::string> widened;  ///< as in TaskDrawn
};
std::string_view to_string(DrawCheck::Verdict verdict);

/// Returns the days whose keys the case's draws use, and the days that may still be used.
std::vector<Date> keyed_days(std::span<const Event> trail);

/// Recomputes every draw in a case's complete trail from what the parties have published. `parties`
/// must be in the order in which the engine calls them. Cannot show that the recorded candidates
/// were complete, or that their queues were as long as recorded.
std::vector<DrawCheck> check_draws(std::span<const Event> trail,
                                   std::span<const DrawParty> parties);

}  // namespace workflow::inline v0
