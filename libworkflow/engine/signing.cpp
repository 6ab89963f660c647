#include "signing.hpp"

#include <workflow/signing.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "../crypto/digest.hpp"
#include "../crypto/public_key.hpp"
#include "request.hpp"

namespace workflow::engine {

namespace {

/// Returns the text in one line, whatever it contains.
std::string line_of(std::string_view text) {
    std::string line;
    for (const char c : text) {
        if (c == '\\' || c == '\n') line += '\\';
        line += c == '\n' ? 'n' : c;
    }
    return line;
}

struct Act {
    std::string_view name;
    std::optional<TaskNumber> task = {};
    std::string_view outcome = {}, to = {};
    std::optional<std::string_view> reason = {};
    std::string_view item = {}, what = {};

    [[nodiscard]] std::string lines() const {
        auto text = fmt::format("act {}\n", name);
        if (!item.empty()) text += fmt::format("item {}\n", item);
        if (task) text += fmt::format("task {}\n", number(*task));
        if (!outcome.empty()) text += fmt::format("outcome {}\n", outcome);
        if (!to.empty()) text += fmt::format("to {}\n", to);
        if (!what.empty()) text += fmt::format("what {}\n", what);
        if (reason) text += fmt::format("reason {}\n", line_of(*reason));
        return text;
    }
};

std::string_view word(Sealed what) {
    return what == Sealed::applicant ? "applicant" : "reviewer";
}

/// The lines of a requested action.
struct Asked {
    Act operator()(const OpenCase& a) const { return {.name = "open_case", .item = a.item.text}; }
    Act operator()(const ClaimTask& a) const { return {.name = "claim_task", .task = a.task}; }
    Act operator()(const CompleteTask& a) const {
        return {
            .name = "complete_task", .task = a.task, .outcome = a.outcome.text, .reason = a.reason};
    }
    Act operator()(const DelegateTask& a) const {
        return {.name = "delegate_task", .task = a.task, .to = a.to.text, .reason = a.reason};
    }
    Act operator()(const ReassignTask& a) const {
        return {.name = "reassign_task", .task = a.task, .to = a.to.text, .reason = a.reason};
    }
    Act operator()(const ReturnTask& a) const {
        return {.name = "return_task", .task = a.task, .reason = a.reason};
    }
    Act operator()(const SupplyMaterials&) const { return {.name = "supply_materials"}; }
    Act operator()(const WithdrawCase& a) const {
        return {.name = "withdraw_case", .reason = a.reason};
    }
    Act operator()(const UrgeCase& a) const { return {.name = "urge_case", .reason = a.reason}; }
    Act operator()(const SetRatingAside& a) const {
        return {.name = "set_rating_aside", .task = a.task, .reason = a.reason};
    }
    Act operator()(const UnsealCase& a) const {
        return {.name = "unseal_case", .reason = a.reason, .what = word(a.what)};
    }
    Act operator()(const ReadCase& a) const { return {.name = "read_case", .reason = a.purpose}; }
    Act operator()(const DecideUnsealing& a) const {
        // Without the requester: the command may leave them open where they are hidden.
        return {.name = a.granted ? "grant_unsealing" : "decline_unsealing",
                .reason = a.reason,
                .what = word(a.what)};
    }
    Act operator()(const RecuseOfficer& a) const {
        return {
            .name = "recuse_officer", .to = a.officer.text, .reason = a.reason, .what = a.ground};
    }
    Act operator()(const DecideRecusal& a) const {
        return {.name = a.granted ? "grant_recusal" : "decline_recusal",
                .to = a.officer.text,
                .reason = a.reason};
    }
    Act operator()(const ResolveStranded& a) const {
        return {.name = "resolve_stranded",
                .task = a.task,
                .reason = a.reason,
                .what = to_string(a.way)};
    }
    // Officers do not give these commands.
    Act operator()(const AdvanceCase&) const { return {}; }
    Act operator()(const RateCase&) const { return {}; }
    Act operator()(const SupplementRating&) const { return {}; }
};

/// The lines of a recorded act. Without a name for events that follow from acts.
struct Done {
    Act operator()(const CaseOpened& e) const { return {.name = "open_case", .item = e.item.text}; }
    Act operator()(const TaskClaimed& e) const { return {.name = "claim_task", .task = e.task}; }
    Act operator()(const TaskCompleted& e) const {
        return {
            .name = "complete_task", .task = e.task, .outcome = e.outcome.text, .reason = e.reason};
    }
    Act operator()(const TaskHandedOver& e) const {
        const bool returned = e.way == TaskHandedOver::Way::returned;
        return {.name = returned                                  ? "return_task"
                        : e.way == TaskHandedOver::Way::delegated ? "delegate_task"
                                                                  : "reassign_task",
                .task = e.task,
                .to = returned ? std::string_view() : std::string_view(e.to.text),
                .reason = e.reason};
    }
    Act operator()(const MaterialsSupplied&) const { return {.name = "supply_materials"}; }
    Act operator()(const CaseWithdrawn& e) const {
        return {.name = "withdraw_case", .reason = e.reason};
    }
    Act operator()(const CaseUrged& e) const { return {.name = "urge_case", .reason = e.reason}; }
    Act operator()(const RatingSetAside& e) const {
        return {.name = "set_rating_aside", .task = e.task, .reason = e.reason};
    }
    Act operator()(const CaseUnsealed& e) const {
        // Before a second person had to grant it, officers unsealed for themselves.
        if (e.officer.empty())
            return {.name = "unseal_case", .reason = e.reason, .what = word(e.what)};
        return {.name = "grant_unsealing", .reason = e.reason, .what = word(e.what)};
    }
    Act operator()(const UnsealAsked& e) const {
        return {.name = "unseal_case", .reason = e.reason, .what = word(e.what)};
    }
    Act operator()(const UnsealDeclined& e) const {
        return {.name = "decline_unsealing", .reason = e.reason, .what = word(e.what)};
    }
    Act operator()(const RecusalAsked& e) const {
        return {
            .name = "recuse_officer", .to = e.officer.text, .reason = e.reason, .what = e.ground};
    }
    Act operator()(const RecusalDecided& e) const {
        return {.name = e.granted ? "grant_recusal" : "decline_recusal",
                .to = e.officer.text,
                .reason = e.reason};
    }
    Act operator()(const StrandedResolved& e) const {
        return {.name = "resolve_stranded",
                .task = e.task,
                .reason = e.reason,
                .what = to_string(e.way)};
    }
    Act operator()(const CaseRead& e) const { return {.name = "read_case", .reason = e.purpose}; }
    // Consequences of acts, statements of the applicant, and unsigned acts.
    Act operator()(const CaseAccepted&) const { return {}; }
    Act operator()(const TaskOffered&) const { return {}; }
    Act operator()(const TaskDrawn&) const { return {}; }
    Act operator()(const TaskCancelled&) const { return {}; }
    Act operator()(const TimerArmed&) const { return {}; }
    Act operator()(const TimerFired&) const { return {}; }
    Act operator()(const ClockPaused&) const { return {}; }
    Act operator()(const ClockResumed&) const { return {}; }
    Act operator()(const LimitPassed&) const { return {}; }
    Act operator()(const CaseEnded&) const { return {}; }
    Act operator()(const LimitsComputed&) const { return {}; }
    Act operator()(const LimitExtended&) const { return {}; }
    Act operator()(const WarningsSet&) const { return {}; }
    Act operator()(const LimitNear&) const { return {}; }
    Act operator()(const TaskEscalated&) const { return {}; }
    Act operator()(const DaysRecounted&) const { return {}; }
    Act operator()(const CaseSampled&) const { return {}; }
    Act operator()(const RatingInvited&) const { return {}; }
    Act operator()(const CaseRated&) const { return {}; }
    Act operator()(const RatingSupplemented&) const { return {}; }
    Act operator()(const StaffChanged&) const { return {}; }
    Act operator()(const DefinitionPublished&) const { return {}; }
    Act operator()(const ClockSetBack&) const { return {}; }
    Act operator()(const PersonErased&) const { return {}; }
    Act operator()(const ReadingStopped&) const { return {}; }
    Act operator()(const FieldsCorrected&) const { return {}; }
    Act operator()(const TaskStranded&) const { return {}; }
    Act operator()(const StaffProposed&) const { return {}; }
    Act operator()(const StaffDeclined&) const { return {}; }
};

std::string lines_of(const Action& action) {
    return std::visit(Asked{}, action).lines();
}
std::string lines_of(const EventPayload& what) {
    return std::visit(Done{}, what).lines();
}

/// The content of a signed act's text.
struct SignedAct {
    CaseNumber number;  ///< empty: the act opened the case
    std::uint32_t version = 0;
    Digest definition;
    CommandKey nonce;
    OfficerId officer;
    std::optional<Instant> happened;
    std::string act;  ///< lines
    Digest asked;
};

std::string text_of(const SignedAct& act) {
    auto text = fmt::format(
        "workflow act\ncase {}\nversion {}\ndefinition {}\nnonce {}\nofficer {}\n", act.number.text,
        act.version, hex(act.definition), act.nonce.text, act.officer.text);
    if (act.happened) text += fmt::format("happened {}\n", act.happened->microseconds);
    return text + act.act + fmt::format("asked {}\n", hex(act.asked));
}

}  // namespace

bool signatures_hold(const Event& event, const CommandStart& start) {
    return std::all_of(
        event.signatures.begin(), event.signatures.end(), [&](const ActSignature& one) {
            const bool opens = start.before == 0;
            return is_signed_by(
                one.key,
                text_of({opens ? CaseNumber() : start.number, start.before, start.definition,
                         start.key, event.actor.officer,
                         event.happened == event.recorded ? std::nullopt
                                                          : std::optional(event.happened),
                         lines_of(event.what), one.asked}),
                one.signature);
        });
}

std::optional<Refusal> refuse_signature(const definition::Organization& organization,
                                        const Command& command, const CaseNumber& number,
                                        const Digest& definition, Instant now) {
    if (command.signature.empty()) return {};
    const auto refused = [](std::string why) {
        return Refusal{RefusalCode::signature_invalid, std::move(why), {}};
    };
    const auto* officer = command.actor.kind == Actor::Kind::officer
                              ? organization.officer(command.actor.officer)
                              : nullptr;
    if (!officer) return refused("only officers of the organization may sign");
    if (officer->key.empty())
        return refused(fmt::format("the organization has no public key of {}", officer->id.text));
    const auto& nonce = command.key.text;
    if (nonce.empty() ||
        std::any_of(nonce.begin(), nonce.end(), [](unsigned char c) { return c < ' '; }))
        return refused("a signed command requires a command key without line breaks");
    if (!command.expected && !std::holds_alternative<OpenCase>(command.action))
        return refused("a signed command must state the expected version of the case");
    if (command.happened == now) return refused("a command for the present must not state a time");
    if (!is_signed_by(officer->key, text_to_sign(command, number, definition), command.signature))
        return refused(fmt::format("the signature is not by the key of {} over this command",
                                   officer->id.text));
    return {};
}

std::optional<Refusal> refuse_unsigned(const definition::Organization& organization,
                                       const Command& command, const PostId& post, Date day) {
    if (!command.signature.empty() || command.actor.kind != Actor::Kind::officer ||
        std::holds_alternative<ClaimTask>(command.action))
        return {};
    std::vector<PostId> his;  // looked up only where some post's acts are signed
    for (const auto& one : organization.posts) {
        if (!one.signed_acts) continue;
        if (post.empty() && his.empty())
            if (const auto* officer = organization.officer(command.actor.officer))
                his = definition::posts_on(organization, *officer, day);
        if (post == one.id || std::find(his.begin(), his.end(), one.id) != his.end())
            return Refusal{RefusalCode::signature_required,
                           fmt::format("officers on the post {} must sign their acts", one.id.text),
                           {}};
    }
    return {};
}

void keep_signature(const definition::Organization& organization, const Command& command,
                    Events& events) {
    const auto act = lines_of(command.action);
    for (auto& event : events) {
        if (lines_of(event.what) != act) continue;
        event.signatures.push_back({sha256(canonical(command)),
                                    organization.officer(command.actor.officer)->key,
                                    command.signature});
        return;
    }
    throw std::logic_error("a signed act without an event of its own");
}

}  // namespace workflow::engine

namespace workflow::inline v0 {

std::string text_to_sign(const Command& command, const CaseNumber& number,
                         const Digest& definition) {
    const bool opens = std::holds_alternative<OpenCase>(command.action);
    return engine::text_of({opens ? CaseNumber() : number,
                            opens || !command.expected ? 0 : workflow::number(*command.expected),
                            definition, command.key, command.actor.officer, command.happened,
                            engine::lines_of(command.action), sha256(engine::canonical(command))});
}

}  // namespace workflow::inline v0
