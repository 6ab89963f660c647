#include <algorithm>

#include <fmt/format.h>

#include <workflow/draw.hpp>
#include <workflow/refusal.hpp>

#include "../../crypto/digest.hpp"
#include "../matter.hpp"
#include "allocate.hpp"
#include "draw.hpp"
#include "draw_word.hpp"

namespace workflow::inline v0 {
namespace {

using Verdict = DrawCheck::Verdict;

class Checking {
public:
    explicit Checking(std::span<const DrawParty> parties) : parties_(parties) {}

    std::vector<DrawCheck> run(std::span<const Event> trail) {
        for (std::size_t i = 0; i < trail.size(); ++i) {
            const auto& what = trail[i].what;
            if (const auto* opened = std::get_if<CaseOpened>(&what)) {
                item_ = opened->item;
                applicant_ = opened->applicant.person;
                number_ = opened->number;
                for (const auto& sealed : trail[i].sealed)
                    if (sealed.part == SealedPart::applicant)
                        applicant_ = engine::alias_of(sealed.person);
                first_day_ = engine::draw_day(trail[i].recorded);
                keyed_on_ = opened->keyed_on;
                round_ = opened->round;
            } else if (const auto* offered = std::get_if<TaskOffered>(&what)) {
                steps_[offered->task] = offered->step;
            } else if (const auto* completed = std::get_if<TaskCompleted>(&what)) {
                performed_.emplace_back(steps_[completed->task], completed->officer);
            } else if (const auto* drawn = std::get_if<TaskDrawn>(&what)) {
                auto& check = begin(i);
                check.task = drawn->task;
                check.officer = drawn->officer;
                check.candidates = drawn->candidates.size();
                check.widened = drawn->widened;
                tell_acts(*drawn, check);
                judge(*drawn, engine::draw_day(trail[i].recorded), stranded_at(trail, i + 1),
                      check);
            } else if (const auto* sample = std::get_if<CaseSampled>(&what)) {
                judge(*sample, engine::draw_day(trail[i].recorded), begin(i));
            } else {
                note_act(trail[i]);
            }
        }
        return std::move(checks_);
    }

private:
    DrawCheck& begin(std::size_t index) {
        auto& check = checks_.emplace_back();
        check.sequence = static_cast<std::uint32_t>(index + 1);
        return check;
    }

    static void broken(DrawCheck& check, std::string why) {
        check.verdict = Verdict::broken;
        check.why = std::move(why);
    }

    /// Returns whether that event offers the task to a post because nobody can take it.
    static bool stranded_at(std::span<const Event> trail, std::size_t index) {
        return index < trail.size() && std::holds_alternative<TaskStranded>(trail[index].what);
    }

    static std::string name_of(const Actor& actor) {
        switch (actor.kind) {
            case Actor::Kind::officer:
            case Actor::Kind::system:
                return actor.officer.text;
            case Actor::Kind::applicant:
                return "the applicant";
            case Actor::Kind::agent:
                return "the agent";
            case Actor::Kind::engine:
                break;
        }
        return "the engine";
    }

    /// Records who excluded whom.
    void note_act(const Event& event) {
        if (const auto* asked = std::get_if<RecusalAsked>(&event.what)) {
            acts_[asked->officer] =
                fmt::format("recused as {} by {}", asked->ground, name_of(event.actor));
        } else if (const auto* decided = std::get_if<RecusalDecided>(&event.what)) {
            acts_[decided->officer] += fmt::format(
                ", {} by {}", decided->granted ? "granted" : "declined", name_of(event.actor));
        } else if (const auto* handed = std::get_if<TaskHandedOver>(&event.what);
                   handed && handed->way == TaskHandedOver::Way::returned) {
            returned_[handed->from] = "returned the task";
        }
    }

    void tell_acts(const TaskDrawn& drawn, DrawCheck& check) const {
        for (const auto& out : drawn.excluded) {
            const auto rule = static_cast<RefusalCode>(out.rule);
            const auto& known = rule == RefusalCode::recused ? acts_ : returned_;
            const auto act = known.find(out.officer);
            if (rule == RefusalCode::absent)
                check.narrowed.push_back(out.officer.text + " absent");
            else if (rule == RefusalCode::recused || rule == RefusalCode::not_your_task)
                check.narrowed.push_back(
                    fmt::format("{} {}", out.officer.text,
                                act == known.end() ? std::string(code_of(rule)) : act->second));
        }
    }

    /// Returns the values that the published keys of `day` give for `message`. Returns nullopt and
    /// sets the reason where a key is missing or is not the one to which the draw is bound.
    std::optional<std::vector<Digest>> shares_of(Date date, const std::string& message,
                                                 const std::optional<Digest>& keys,
                                                 DrawCheck& check) const {
        const auto day = to_string(date);
        std::vector<Digest> shares, fingerprints;
        for (const auto& party : parties_) {
            const auto key = party.keys.find(date);
            const auto promised = party.fingerprints.find(date);
            const bool no_key = key == party.keys.end();
            if (no_key || promised == party.fingerprints.end()) {
                check.verdict = Verdict::not_revealed;
                check.why = fmt::format("{} has not published its {} of {}", party.name,
                                        no_key ? "key" : "fingerprint", day);
                return {};
            }
            if (fingerprint_of(key->second) != promised->second) {
                broken(check,
                       fmt::format("the key of {} that {} revealed does not match its fingerprint",
                                   day, party.name));
                return {};
            }
            shares.push_back(hmac_sha256(key->second, message));
            fingerprints.push_back(promised->second);
        }
        if (keys && *keys != engine::keys_of(fingerprints)) {
            broken(check, fmt::format("the draw was bound to keys other than those published for "
                                      "{}, or the parties are in another order",
                                      day));
            return {};
        }
        return shares;
    }

    /// Returns the seed from the keys of the matter's first filing if its word is the recorded one.
    /// Otherwise returns nullopt and sets the reason. A case states its keys once, when it is
    /// opened.
    std::optional<Digest> seed_of(const StepId& step, const std::optional<Date>& keyed_on,
                                  std::uint32_t round, std::uint64_t word,
                                  const std::optional<Digest>& keys, DrawCheck& check) const {
        if (!keyed_on || *keyed_on != keyed_on_.value_or(first_day_) || round != round_) {
            broken(check,
                   "the draw uses keys of another day or round than the case was received with");
            return {};
        }
        const auto person = engine::matter_person(applicant_, number_);
        const auto shares =
            shares_of(*keyed_on,
                      engine::message_of(engine::DrawMatter{*keyed_on, item_, person, step, round}),
                      keys, check);
        if (!shares) return {};
        const auto seed = engine::seed_of(*shares);
        if (engine::word_of(seed) == word) return seed;
        broken(check, "the recorded word does not follow from the keys and the matter");
        return {};
    }

    /// Checks the same for a draw by one word.
    bool follows(const engine::WordMatter& matter, std::uint64_t word,
                 const std::optional<Digest>& keys, DrawCheck& check) const {
        const auto shares = shares_of(matter.day, engine::message_of(matter), keys, check);
        if (!shares) return false;
        if (engine::word_of(engine::seed_of(*shares)) == word) return true;
        broken(check, "the recorded word does not follow from the keys and the candidates");
        return false;
    }

    void judge(const CaseSampled& sample, Date day, DrawCheck& check) const {
        const bool follow = sample.keyed_on
                                ? seed_of(sample.step, sample.keyed_on, sample.round,
                                          sample.entropy, sample.keys, check)
                                      .has_value()
                                : follows({day, item_, applicant_, sample.step, TaskNumber{}, {}},
                                          sample.entropy, sample.keys, check);
        if (!follow) return;
        if ((engine::pick(sample.entropy, sample.in) < sample.of) != sample.taken)
            return broken(check, fmt::format("by the word the case is {}selected for a re-check",
                                             sample.taken ? "not " : ""));
        check.verdict = Verdict::proven;
    }

    /// Handles events that record that nobody was drawn, or that the previous officer was reused.
    bool judge_without_draw(const TaskDrawn& drawn, const StepId& step, bool stranded,
                            DrawCheck& check) const {
        const auto& candidates = drawn.candidates;
        if (drawn.officer.empty() && !candidates.empty()) {
            check.verdict = Verdict::held_back;
            if (!stranded) broken(check, "nobody was drawn although the pool has candidates");
            return true;
        }
        if (candidates.empty()) {
            check.verdict = Verdict::nobody;
            if (!drawn.officer.empty()) broken(check, "an officer was drawn from an empty pool");
            return true;
        }
        if (drawn.entropy != 0 || drawn.by != Allocation::draw ||
            candidates != std::vector{drawn.officer})
            return false;
        const std::pair before{step, drawn.officer};
        check.verdict = Verdict::same_officer;
        if (std::find(performed_.begin(), performed_.end(), before) == performed_.end())
            broken(check,
                   fmt::format(
                       "{} was assigned without a draw but had not done `{}` in this case before",
                       drawn.officer.text, step.text));
        return true;
    }

    void judge(const TaskDrawn& drawn, Date day, bool stranded, DrawCheck& check) const {
        const auto& candidates = drawn.candidates;
        const auto known = steps_.find(drawn.task);
        const auto step = known == steps_.end() ? StepId() : known->second;
        if (judge_without_draw(drawn, step, stranded, check)) return;
        Digest seed{};
        if (drawn.by != Allocation::round_robin && drawn.scheme == DrawScheme::rendezvous) {
            const auto found =
                seed_of(step, drawn.keyed_on, drawn.round, drawn.entropy, drawn.keys, check);
            if (!found) return;
            seed = *found;
            // Without this bound a forged weight could make verification take hours.
            const auto beyond = [](std::uint32_t weight) {
                return weight < 1 || weight > definition::most_weight;
            };
            if (drawn.by == Allocation::draw &&
                std::any_of(drawn.figures.begin(), drawn.figures.end(), beyond))
                return broken(
                    check, fmt::format("a weight must be from 1 to {}", definition::most_weight));
        } else if (drawn.by != Allocation::round_robin) {
            // A case that states its keys is drawn by ranks.
            if (keyed_on_) return broken(check, "the draw uses a rule that no longer applies");
            std::span<const std::uint32_t> weights;
            if (drawn.by == Allocation::draw) weights = drawn.figures;
            if (!follows({day, item_, applicant_, step, drawn.task, candidates, weights},
                         drawn.entropy, drawn.keys, check))
                return;
        }
        const auto chosen = engine::chosen_by(drawn, seed);
        if (chosen == candidates.size())
            return broken(check, "the figures do not match the candidates");
        if (candidates[chosen] != drawn.officer)
            return broken(check,
                          fmt::format("{} chooses {}, not {}",
                                      drawn.by == Allocation::round_robin ? "the turn" : "the draw",
                                      candidates[chosen].text, drawn.officer.text));
        check.verdict = drawn.by == Allocation::round_robin ? Verdict::in_turn : Verdict::proven;
    }

    std::span<const DrawParty> parties_;
    ItemId item_;
    PersonId applicant_;
    CaseNumber number_;
    Date first_day_;
    std::optional<Date> keyed_on_;
    std::uint32_t round_ = 0;
    std::map<OfficerId, std::string> acts_, returned_;
    std::map<TaskNumber, StepId> steps_;
    std::vector<std::pair<StepId, OfficerId>> performed_;
    std::vector<DrawCheck> checks_;
};

}  // namespace

std::string_view to_string(DrawCheck::Verdict verdict) {
    switch (verdict) {
        case Verdict::proven:
            return "proven";
        case Verdict::same_officer:
            return "same_officer";
        case Verdict::in_turn:
            return "in_turn";
        case Verdict::nobody:
            return "nobody";
        case Verdict::held_back:
            return "held_back";
        case Verdict::not_revealed:
            return "not_revealed";
        case Verdict::broken:
            return "broken";
    }
    return "";
}

std::vector<Date> keyed_days(std::span<const Event> trail) {
    std::vector<Date> days;
    const auto add = [&](Date day) {
        if (std::find(days.begin(), days.end(), day) == days.end()) days.push_back(day);
    };
    for (const auto& event : trail) {
        if (const auto* opened = std::get_if<CaseOpened>(&event.what))
            add(opened->keyed_on.value_or(engine::draw_day(event.recorded)));
        else if (const auto* drawn = std::get_if<TaskDrawn>(&event.what);
                 drawn && drawn->scheme == DrawScheme::word && drawn->entropy != 0)
            add(engine::draw_day(event.recorded));
    }
    return days;
}

std::vector<DrawCheck> check_draws(std::span<const Event> trail,
                                   std::span<const DrawParty> parties) {
    return Checking(parties).run(trail);
}

}  // namespace workflow::inline v0
