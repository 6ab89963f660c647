#pragma once

/// The result of a command so far: the case before it, the differences, and the events. Holds only
/// differences, because copying a case costs more than deciding.

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <workflow/command.hpp>
#include <workflow/event.hpp>
#include <workflow/refusal.hpp>

#include "case_state.hpp"
#include "decide.hpp"
#include "fire.hpp"

namespace workflow::engine {

struct Draft {
    const process::Process& process;
    const Case& c;  ///< as it was before the command
    const Command& command;
    const Facts& facts;
    std::uint64_t request = 0;
    Instant happened;
    UtcOffset offset;  ///< of the hall's clock at that moment
    Date day;          ///< the local day of `happened`: limits and presence use it

    const definition::Officer* officer = nullptr;  ///< the acting officer, once checked
    PostId post;                                   ///< from which they act
    std::string batch_rule;  ///< the rule that lets the command's script perform separated duties

    Events events;
    Marking marking;
    Places left;                ///< places that lost a token along the path
    TaskNumber completed{};     ///< the task that the command completes
    std::vector<Value> values;  ///< of all fields; empty while they equal those in `c`
    SmallVector<MaterialState, 16> materials;
    SmallVector<process::Performance, 6>
        performed;  ///< as it will be; known once something is drawn
    std::uint32_t last_task = 0;
    Date keyed_on;                     ///< as in CaseOpened
    std::uint32_t round = 0;           ///< as in CaseOpened
    std::vector<CaseSampled> samples;  ///< that the path depended on

    Draft(const process::Process& net, const Case& before, const Command& asked, const Facts& world,
          std::uint64_t fingerprint);

    [[nodiscard]] const definition::Organization& organization() const {
        return *facts.organization;
    }
    /// Returns the applicant, also of a case that is being opened.
    [[nodiscard]] const PersonId& applicant() const;
    /// Returns whether an agent applies for somebody.
    [[nodiscard]] bool by_proxy() const;
    /// Returns the hall that received the case; empty for one from an online channel.
    [[nodiscard]] const HallId& hall() const;
    /// Returns the hall whose officers do its posts' tasks; empty: every hall.
    [[nodiscard]] const HallId& served_in() const;
    [[nodiscard]] const LocalClock& clock() const { return organization().clock_of(hall()); }
    [[nodiscard]] std::span<const Value> fields() const {
        return values.empty() ? std::span<const Value>(c.fields) : std::span<const Value>(values);
    }
    [[nodiscard]] feel::Moment moment() const { return {happened, offset}; }
    /// Sets another moment for the act.
    void set_moment(Instant moment);
    /// Returns the person of the case's matter, for draws.
    [[nodiscard]] std::string matter_person() const;
    /// The source of a draw at a step of this case.
    struct Lot {
        Digest seed;
        std::optional<Digest> keys;  ///< as in TaskDrawn
    };
    [[nodiscard]] Lot draw_lot(const StepId& step) const;

    /// Adds the command's own event.
    template <class What>
    What& act() {
        auto& what = add<What>();
        sign(events.back());
        return what;
    }
    /// Adds an event that follows from it, by the engine.
    template <class What>
    What& follow() {
        return add<What>();
    }
    /// Records the acting officer or applicant on an event that the engine did not cause alone.
    void sign(Event& event) const;
    /// Puts key and fingerprint on the first event, and the batch origin on all of them.
    void mark_first();

    /// Moves the tokens from `first` until the net is at rest, using the values that the command
    /// leaves.
    std::optional<Refusal> move(TransitionIndex first, Path& path);

private:
    template <class What>
    What& add() {
        auto& event = events.emplace_back();
        event.recorded = facts.now;
        event.happened = happened;
        event.offset = offset;
        return event.what.emplace<What>();
    }
};

/// Returns a refusal. `message` names the object concerned.
inline Refusal refuse(RefusalCode code, std::string message) {
    return {code, std::move(message), {}};
}

/// Returns when a limit that starts at the draft's moment ends.
Date due_after(const Draft& draft, Limit limit);
/// Returns the limit that the rule computes from the values that the command leaves: as many units
/// as the rule gives, or the full amount if that is no whole number from 1 to the limit's amount.
Limit computed(const Draft& draft, Limit most, const feel::Expression& rule);
/// Returns the moment at which a limit in minutes of either kind ends, or nullopt for one in days.
std::optional<Instant> moment_after(const Draft& draft, Limit limit);

// ---- the families of actions, one file each; each adds its events to `draft`

std::optional<Refusal> decide_open(Draft& draft, const OpenCase& open);
std::optional<Refusal> decide_claim(Draft& draft, const ClaimTask& claim);
std::optional<Refusal> decide_complete(Draft& draft, const CompleteTask& complete);
std::optional<Refusal> decide_delegate(Draft& draft, const DelegateTask& delegate);
std::optional<Refusal> decide_reassign(Draft& draft, const ReassignTask& reassign);
std::optional<Refusal> decide_return(Draft& draft, const ReturnTask& give_back);
std::optional<Refusal> decide_supply(Draft& draft, const SupplyMaterials& supply);
std::optional<Refusal> decide_withdraw(Draft& draft, const WithdrawCase& withdraw);
std::optional<Refusal> decide_urge(Draft& draft, const UrgeCase& urge);
std::optional<Refusal> decide_rate(Draft& draft, const RateCase& rate);
std::optional<Refusal> decide_supplement(Draft& draft, const SupplementRating& supplement);
std::optional<Refusal> decide_set_aside(Draft& draft, const SetRatingAside& aside);
std::optional<Refusal> decide_unseal(Draft& draft, const UnsealCase& unseal);
std::optional<Refusal> decide_unsealing(Draft& draft, const DecideUnsealing& decision);
std::optional<Refusal> decide_read(Draft& draft, const ReadCase& read);
std::optional<Refusal> decide_recuse(Draft& draft, const RecuseOfficer& recuse);
std::optional<Refusal> decide_recusal(Draft& draft, const DecideRecusal& decision);
std::optional<Refusal> decide_stranded(Draft& draft, const ResolveStranded& resolve);
/// Invites the applicant to rate a task that was just completed, or the whole case (no task).
void invite(Draft& draft, TaskNumber task);
/// Returns whether the applicant meets the task's officer, as at the windows of intake and issue.
bool is_visit(const process::TaskActivity& activity);
/// Works on its own copy of the case, because what becomes due first changes what becomes due next.
Events decide_advance(const Draft& draft);

}  // namespace workflow::engine
