#include <algorithm>

#include <fmt/format.h>

#include <workflow/draw.hpp>

#include "../../base/digest.hpp"
#include "allot.hpp"
#include "draw.hpp"
#include "draw_word.hpp"

namespace workflow {
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
                for (const auto& sealed : trail[i].sealed)
                    if (sealed.part == SealedPart::applicant)
                        applicant_ = engine::alias_of(sealed.person);
            } else if (const auto* offered = std::get_if<TaskOffered>(&what)) {
                steps_[offered->task] = offered->step;
            } else if (const auto* completed = std::get_if<TaskCompleted>(&what)) {
                performed_.emplace_back(steps_[completed->task], completed->officer);
            } else if (const auto* drawn = std::get_if<TaskDrawn>(&what)) {
                auto& check = begin(i);
                check.task = drawn->task;
                check.officer = drawn->officer;
                check.candidates = drawn->candidates.size();
                judge(*drawn, engine::draw_day(trail[i].recorded), check);
            } else if (const auto* sample = std::get_if<CaseSampled>(&what)) {
                judge(*sample, engine::draw_day(trail[i].recorded), begin(i));
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

    /// Whether the word is what the published keys give for the matter; otherwise says what it is.
    bool follows(const engine::DrawMatter& matter, std::uint64_t word,
                 const std::optional<Digest>& keys, DrawCheck& check) const {
        const auto message = engine::message_of(matter);
        const auto day = to_string(matter.day);
        std::vector<Digest> shares, fingerprints;
        for (const auto& party : parties_) {
            const auto key = party.keys.find(matter.day);
            const auto promised = party.fingerprints.find(matter.day);
            const bool no_key = key == party.keys.end();
            if (no_key || promised == party.fingerprints.end()) {
                check.verdict = Verdict::not_revealed;
                check.why = fmt::format("{} has published no {} of {}", party.name,
                                        no_key ? "key" : "fingerprint", day);
                return false;
            }
            if (fingerprint_of(key->second) != promised->second) {
                broken(check, fmt::format("the key of {} that {} revealed is not the one promised",
                                          day, party.name));
                return false;
            }
            shares.push_back(hmac_sha256(key->second, message));
            fingerprints.push_back(promised->second);
        }
        if (keys && *keys != engine::keys_of(fingerprints)) {
            broken(check, fmt::format("it was bound to other keys than those published for {}, or "
                                      "the parties are in another order",
                                      day));
            return false;
        }
        if (engine::word_of(shares) == word) return true;
        broken(check, "the recorded word does not follow from the keys and the candidates");
        return false;
    }

    void judge(const CaseSampled& sample, Date day, DrawCheck& check) const {
        if (!follows({day, item_, applicant_, sample.step, TaskNumber{}, {}}, sample.entropy,
                     sample.keys, check))
            return;
        if ((engine::pick(sample.entropy, sample.in) < sample.of) != sample.taken)
            return broken(check, fmt::format("the word says that the case is {}looked at again",
                                             sample.taken ? "not " : ""));
        check.verdict = Verdict::proven;
    }

    void judge(const TaskDrawn& drawn, Date day, DrawCheck& check) const {
        const auto& candidates = drawn.candidates;
        if (candidates.empty()) {
            if (!drawn.officer.empty())
                return broken(check, "somebody was drawn from an empty pool");
            check.verdict = Verdict::nobody;
            return;
        }
        const auto known = steps_.find(drawn.task);
        const auto step = known == steps_.end() ? StepId() : known->second;
        if (drawn.entropy == 0 && drawn.by == Allotment::draw &&
            candidates == std::vector{drawn.officer}) {
            const std::pair before{step, drawn.officer};
            if (std::find(performed_.begin(), performed_.end(), before) == performed_.end())
                return broken(
                    check, fmt::format("{} was not drawn and had not done `{}` in this case before",
                                       drawn.officer.text, step.text));
            check.verdict = Verdict::same_officer;
            return;
        }
        if (drawn.by != Allotment::round_robin) {
            std::span<const std::uint32_t> weights;
            if (drawn.by == Allotment::draw) weights = drawn.figures;
            if (!follows({day, item_, applicant_, step, drawn.task, candidates, weights},
                         drawn.entropy, drawn.keys, check))
                return;
        }
        const auto chosen = engine::chosen_by(drawn);
        if (chosen == candidates.size())
            return broken(check, "the figures are not those of the candidates");
        if (candidates[chosen] != drawn.officer)
            return broken(check,
                          fmt::format("{} chooses {}, not {}",
                                      drawn.by == Allotment::round_robin ? "the turn" : "the word",
                                      candidates[chosen].text, drawn.officer.text));
        check.verdict = drawn.by == Allotment::round_robin ? Verdict::in_turn : Verdict::proven;
    }

    std::span<const DrawParty> parties_;
    ItemId item_;
    PersonId applicant_;
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
        case Verdict::not_revealed:
            return "not_revealed";
        case Verdict::broken:
            return "broken";
    }
    return "";
}

std::vector<DrawCheck> check_draws(std::span<const Event> trail,
                                   std::span<const DrawParty> parties) {
    return Checking(parties).run(trail);
}

}  // namespace workflow
