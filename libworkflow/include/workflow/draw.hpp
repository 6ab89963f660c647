#pragma once

/// Vocabulary: draws that nobody could predict and anybody can check (通岗通审, R24).
///
/// Each of several parties, the bureau that runs the engine and the one that oversees it, holds a
/// secret of its own. From it follows a key for each day; what the parties' keys of the day give
/// for a draw is the word that the draw follows from. So whoever lacks one of the secrets cannot
/// tell beforehand who will be drawn, and nobody can try again: each officer's rank follows from
/// keys, matter and officer alone, whatever crashes, is repeated, withdrawn, or filed again.
///
/// Before the first of the days each party publishes the fingerprints of its keys, and the key
/// itself once every case keyed on the day has ended: with both, and the trail, anybody can do
/// every draw of those cases over again.
/// docs/formats/draw.md has the bytes.

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

namespace workflow {

/// A party of the draw, as the engine asks it. Both must answer the same for the same question and
/// be safe to call from several threads; whatever they throw, the command that needed the draw is
/// not carried out.
struct DrawShare {
    /// What the party gives for the draw that `message` describes: HMAC-SHA-256 under its key of
    /// `day` (in UTC).
    std::function<Digest(Date day, std::string_view message)> give;
    /// What it has published of that key.
    std::function<Digest(Date day)> fingerprint;
};

/// A party's secret, 32 bytes from a cryptographic source. A value.
class DrawSecret {
public:
    explicit DrawSecret(Digest bytes) : bytes_(bytes) {}
    /// The party's key of one day: what it reveals once the day is over. It says nothing of the
    /// keys of other days.
    [[nodiscard]] Digest key_of(Date day) const;
    [[nodiscard]] const Digest& bytes() const { return bytes_; }

private:
    Digest bytes_;
};

/// The share of a party whose secret is at hand.
DrawShare share_of(DrawSecret secret);
/// What a party publishes of a day's key before the day.
Digest fingerprint_of(const Digest& day_key);

/// What a party has made public, by day.
struct DrawParty {
    std::string name;
    std::map<Date, Digest> fingerprints, keys;
};

/// One draw of a trail, done over again.
struct DrawCheck {
    enum class Verdict : std::uint8_t {
        proven,        ///< follows from the published keys and the recorded candidates
        same_officer,  ///< not drawn: back to the officer who had the step before (R24)
        in_turn,       ///< not drawn: whose turn it was after the one before
        nobody,        ///< there was no candidate
        not_revealed,  ///< a party has not published its key, or its fingerprint, of that day
        held_back,     ///< fewer than the least pool were left: a supervisor chose the way out
        broken,        ///< does not follow from them, or a key is not the one promised
    };
    std::uint32_t sequence = 0;  ///< of the event in its case, from 1
    TaskNumber task{};           ///< none: the draw of a sample
    OfficerId officer;
    std::size_t candidates = 0;  ///< how many could have been drawn
    Verdict verdict = Verdict::broken;
    std::string why;  ///< for `not_revealed` and `broken`
    /// Who was left out by somebody's act, and by whose: "zhao recused by chief".
    std::vector<std::string> narrowed;
    std::vector<std::string> widened;  ///< as in TaskDrawn
};
std::string_view to_string(DrawCheck::Verdict verdict);

/// The days whose keys the case's draws use, and those that may follow.
std::vector<Date> keyed_days(std::span<const Event> trail);

/// Does every draw of a case's whole trail over again, from what the parties have published alone.
/// The parties come in the order in which the engine asks them. That the candidates recorded were
/// all there were, and their queues as long, is not seen from the trail.
std::vector<DrawCheck> check_draws(std::span<const Event> trail,
                                   std::span<const DrawParty> parties);

}  // namespace workflow
