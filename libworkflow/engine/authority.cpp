#include "authority.hpp"

#include <fmt/format.h>

#include "../process/staffing.hpp"
#include "authorization.hpp"
#include "operating.hpp"

namespace workflow::engine {

namespace {

struct Table {
    Authority operator()(const OpenCase&) const {
        return {Part::applicant | Part::agent | Part::officer | Part::system | Part::the_engine,
                Stage::unopened, "opening a case"};
    }
    Authority operator()(const ClaimTask&) const {
        return {Part::officer, Stage::open, "claiming a task"};
    }
    Authority operator()(const CompleteTask&) const {
        return {Part::officer, Stage::open, "completing a task"};
    }
    Authority operator()(const DelegateTask&) const {
        return {Part::officer, Stage::open, "delegating a task"};
    }
    Authority operator()(const ReassignTask&) const {
        return {Part::supervisor, Stage::open, "reassigning a task"};
    }
    Authority operator()(const ReturnTask&) const {
        return {Part::officer, Stage::open, "returning a task"};
    }
    Authority operator()(const SupplyMaterials&) const {
        return {Part::applicant | Part::agent | Part::window | Part::system, Stage::open,
                "supplying fields or materials"};
    }
    // The command itself checks whether it is too late.
    Authority operator()(const WithdrawCase&) const {
        return {Part::applicant | Part::agent | Part::window, Stage::open, "withdrawing a case"};
    }
    Authority operator()(const AdvanceCase&) const {
        return {Part::the_engine | Part::system, Stage::open, "advancing a case"};
    }
    Authority operator()(const UrgeCase&) const {
        return {Part::applicant | Part::agent | Part::supervisor, Stage::open, "urging a case"};
    }
    Authority operator()(const RateCase&) const {
        return {Part::applicant | Part::agent, Stage::open | Stage::ended, "rating"};
    }
    Authority operator()(const SupplementRating&) const {
        return {Part::applicant | Part::agent, Stage::open | Stage::ended, "adding to a rating"};
    }
    Authority operator()(const SetRatingAside&) const {
        return {Part::supervisor, Stage::open | Stage::ended, "setting a rating aside"};
    }
    Authority operator()(const UnsealCase&) const {
        return {Part::officer, Stage::open | Stage::ended, "asking for unsealing"};
    }
    Authority operator()(const DecideUnsealing&) const {
        return {Part::supervisor, Stage::open | Stage::ended, "deciding on unsealing"};
    }
    Authority operator()(const ReadCase&) const {
        return {Part::officer, Stage::open | Stage::ended, "reading personal data"};
    }
    Authority operator()(const RecuseOfficer&) const {
        return {Part::applicant | Part::agent | Part::officer, Stage::open, "asking for a recusal"};
    }
    Authority operator()(const DecideRecusal&) const {
        // Also by an officer of another hall, if the case's hall has none who could decide.
        return {Part::officer, Stage::open, "deciding on a recusal"};
    }
    Authority operator()(const ResolveStranded&) const {
        return {Part::officer, Stage::open, "choosing a way out"};
    }
};

std::uint8_t stage_of(const Case& c) {
    if (c.version == 0) return Stage::unopened;
    if (c.end) return Stage::ended;
    return c.decided ? Stage::decided : Stage::undecided;
}

/// Returns whether the officer is a supervisor of the case's hall.
bool supervises(const Draft& draft, const definition::Officer& officer) {
    return officer.supervisor && (draft.hall().empty() || officer.hall == draft.hall());
}

/// Returns the actor's parts in the case, as far as the table distinguishes them.
std::uint8_t parts_of(const Draft& draft) {
    const auto& actor = draft.command.actor;
    switch (actor.kind) {
        case Actor::Kind::applicant:
            return Part::applicant;
        case Actor::Kind::agent:
            return draft.by_proxy() ? Part::agent : 0;
        case Actor::Kind::engine:
            return Part::the_engine;
        case Actor::Kind::system:
            return actor.officer.empty() ? 0 : Part::system;
        case Actor::Kind::officer:
            break;
    }
    // Whether the officer is on an accepting post is checked together with the evidence.
    std::uint8_t parts = Part::officer | Part::window;
    const auto* known = draft.organization().officer(actor.officer);
    if (known && supervises(draft, *known)) parts |= Part::supervisor;
    return parts;
}

/// Returns who may give the command, for a message.
std::string names_of(std::uint8_t parts) {
    static constexpr std::pair<Part::Bit, const char*> names[] = {
        {Part::applicant, "the applicant"},
        {Part::agent, "the agent in the case"},
        {Part::officer, "an officer"},
        {Part::window, "an officer of an accepting post who records the applicant's request"},
        {Part::supervisor, "a supervisor of the case's hall"},
        {Part::system, "an embedding system"},
        {Part::the_engine, "the engine"}};
    std::string text;
    for (const auto& [part, name] : names)
        if ((parts & part) != 0) text += (text.empty() ? "" : ", or ") + std::string(name);
    return text;
}

}  // namespace

Authority authority_of(const Action& action) {
    return std::visit(Table{}, action);
}

std::optional<Refusal> refuse_unentitled(const Draft& draft) {
    const auto row = authority_of(draft.command.action);
    if ((row.stages & stage_of(draft.c)) == 0)
        return refuse(RefusalCode::not_entitled,
                      fmt::format("{} is not possible in this state of the case", row.what));
    const auto& actor = draft.command.actor;
    if ((row.parts & parts_of(draft)) != 0) return {};
    if (actor.kind == Actor::Kind::officer) {
        const auto* known = draft.organization().officer(actor.officer);
        if (!known)
            return refuse(RefusalCode::unknown_officer,
                          fmt::format("there is no officer {}", actor.officer.text));
        if (row.parts == Part::supervisor && !known->supervisor)
            return refuse(RefusalCode::not_supervisor,
                          fmt::format("{} is not a supervisor", known->id.text));
    }
    return refuse(RefusalCode::not_entitled,
                  fmt::format("{} is reserved for {}", row.what, names_of(row.parts)));
}

std::optional<Refusal> record_for_applicant(Draft& draft, const std::string& evidence) {
    if (auto refusal = know_actor(draft)) return refusal;
    if (!draft.officer) return {};
    const auto& officer = *draft.officer;
    process::TaskActivity intake;
    intake.duty = DutyId("intake");
    intake.drawn = true;  // from any post that has the duty
    auto post = process::post_for(draft.process, intake, draft.organization(), officer,
                                  draft.served_in(), draft.day);
    const auto& hall = draft.served_in();
    if (!post || (!hall.empty() && officer.hall != hall))
        return refuse(
            RefusalCode::not_entitled,
            fmt::format(
                "{} is on no accepting post of the case's hall; {} is reserved for the applicant",
                officer.id.text, authority_of(draft.command.action).what));
    if (const auto rule =
            process::separation(draft.process, draft.organization(), view(draft.c.performed),
                                draft.c.parties(), officer, draft.process.member("intake")))
        return refuse(*rule,
                      fmt::format("{} has a duty in this case that is incompatible with intake",
                                  officer.id.text));
    if (evidence.empty())
        return refuse(RefusalCode::evidence_required,
                      fmt::format("{} by an officer requires evidence of the applicant's request, "
                                  "for example the number of a signed paper",
                                  authority_of(draft.command.action).what));
    draft.post = std::move(post).value();
    return may_operate(draft, draft.process.member("intake"), intake.duty);
}

}  // namespace workflow::engine
