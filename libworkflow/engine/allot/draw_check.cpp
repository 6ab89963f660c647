#include <algorithm>

#include <fmt/format.h>

#include <workflow/draw.hpp>

#include "../../base/digest.hpp"
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
            } else if (const auto* offered = std::get_if<TaskOffered>(&what)) {
                steps_[offered->task] = offered->step;
            } else if (const auto* completed = std::get_if<TaskCompleted>(&what)) {
                performed_.emplace_back(steps_[completed->task], completed->officer);
            } else if (const auto* drawn = std::get_if<TaskDrawn>(&what)) {
                DrawCheck check;
                check.sequence = static_cast<std::uint32_t>(i + 1);
                check.task = drawn->task;
                check.officer = drawn->officer;
                check.candidates = drawn->candidates.size();
                judge(*drawn, engine::draw_day(trail[i].recorded), check);
                checks_.push_back(std::move(check));
            }
        }
        return std::move(checks_);
    }

private:
    void judge(const TaskDrawn& drawn, Date day, DrawCheck& check) {
        const auto broken = [&](std::string why) {
            check.verdict = Verdict::broken;
            check.why = std::move(why);
        };
        if (drawn.candidates.empty()) {
            if (!drawn.officer.empty()) return broken("somebody was drawn from an empty pool");
            check.verdict = Verdict::nobody;
            return;
        }
        const auto& step = steps_[drawn.task];
        if (drawn.entropy == 0 && drawn.candidates == std::vector{drawn.officer}) {
            const std::pair before{step, drawn.officer};
            if (std::find(performed_.begin(), performed_.end(), before) == performed_.end())
                return broken(
                    fmt::format("{} was not drawn and had not done `{}` in this case before",
                                drawn.officer.text, step.text));
            check.verdict = Verdict::same_officer;
            return;
        }
        const auto message =
            engine::message_of({day, item_, applicant_, step, drawn.task, drawn.candidates});
        std::vector<Digest> shares;
        for (const auto& party : parties_) {
            const auto key = party.keys.find(day), promised = party.fingerprints.find(day);
            const bool no_key = key == party.keys.end();
            if (no_key || promised == party.fingerprints.end()) {
                check.verdict = Verdict::not_revealed;
                check.why = fmt::format("{} has published no {} of {}", party.name,
                                        no_key ? "key" : "fingerprint", to_string(day));
                return;
            }
            if (fingerprint_of(key->second) != promised->second)
                return broken(fmt::format("the key of {} that {} revealed is not the one promised",
                                          to_string(day), party.name));
            shares.push_back(hmac_sha256(key->second, message));
        }
        if (engine::word_of(shares) != drawn.entropy)
            return broken("the recorded word does not follow from the keys and the candidates");
        const auto& chosen = drawn.candidates[engine::pick(drawn.entropy, drawn.candidates.size())];
        if (chosen != drawn.officer)
            return broken(
                fmt::format("the word chooses {}, not {}", chosen.text, drawn.officer.text));
        check.verdict = Verdict::proven;
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
