#pragma once

/// What a command is bringing about: the case as it is, what differs from it so far, and the events
/// that say so. Holds only differences, since copying a case costs more than deciding.

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
    Date day;  ///< the local day of `happened`: what limits count from and presence is asked for

    const definition::Officer* officer = nullptr;  ///< who acts, once that is checked
    PostId post;                                   ///< from which he acts
    std::string batch_rule;  ///< that lets the command's script perform what is kept apart

    Events events;
    Marking marking;
    Places left;                ///< places that lost a token on the way
    TaskNumber completed{};     ///< the task that the command completes
    std::vector<Value> values;  ///< of all fields; empty while they are as in `c`
    SmallVector<MaterialState, 16> materials;
    SmallVector<process::Performance, 6>
        performed;  ///< as it will be; known once something is drawn
    std::uint32_t last_task = 0;
    Date keyed_on;                     ///< as in CaseOpened
    std::uint32_t round = 0;           ///< as in CaseOpened
    std::vector<CaseSampled> samples;  ///< that the move went by

    Draft(const process::Process& net, const Case& before, const Command& asked, const Facts& world,
          std::uint64_t fingerprint);

    [[nodiscard]] const definition::Organization& organization() const {
        return *facts.organization;
    }
    /// Who applies, in a case that is being opened, too.
    [[nodiscard]] const PersonId& applicant() const;
    /// Does somebody apply for another?
    [[nodiscard]] bool by_proxy() const;
    /// The hall that took the case in; empty for one from an online channel.
    [[nodiscard]] const HallId& hall() const;
    /// The hall whose officers do its posts' tasks; empty: those of every hall.
    [[nodiscard]] const HallId& served_in() const;
    [[nodiscard]] const LocalClock& clock() const { return organization().clock_of(hall()); }
    [[nodiscard]] std::span<const Value> fields() const {
        return values.empty() ? std::span<const Value>(c.fields) : std::span<const Value>(values);
    }
    [[nodiscard]] feel::Moment moment() const { return {happened, offset}; }
    /// Says that it happens at another moment.
    void set_moment(Instant moment);
    /// Who the case's matter is of, for draws.
    [[nodiscard]] std::string matter_person() const;
    /// What a draw at a step of this case follows from.
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
    /// Adds what follows from it: the engine's doing.
    template <class What>
    What& follow() {
        return add<What>();
    }
    /// Puts the acting officer or applicant on an event that the engine did not bring about alone.
    void sign(Event& event) const;
    /// Marks the first event as the one that carries key and fingerprint, and all of them with the
    /// batch that the command comes from.
    void mark_first();

    /// Moves the tokens from `first` to rest, from the values that the command leaves.
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

/// A refusal; `message` names what is concerned.
inline Refusal refuse(RefusalCode code, std::string message) {
    return {code, std::move(message), {}};
}

/// When a limit that begins at the draft's moment ends.
Date due_after(const Draft& draft, Limit limit);
/// What the rule makes of a limit with the values that the command leaves: as many of its units as
/// the rule gives, and all of them where that is no whole number from 1 to the limit's amount.
Limit computed(const Draft& draft, Limit most, const feel::Expression& rule);
/// The moment at which a limit in minutes of either kind ends; nothing for one in days.
std::optional<Instant> moment_after(const Draft& draft, Limit limit);

// ---- the families of actions, one file each; each answers the events in `draft`

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
/// Asks the applicant to rate a task that has just been done, or the whole case (no task).
void invite(Draft& draft, TaskNumber task);
/// Does the applicant meet who does it? At the windows of intake and issue.
bool is_visit(const process::TaskActivity& activity);
/// Works on a case of its own, since what falls due first changes what falls due next.
Events decide_advance(const Draft& draft);

}  // namespace workflow::engine
