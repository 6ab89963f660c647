#include "command_texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "../base/identity.hpp"

namespace workflow::engine {

namespace {

/// Normalizes texts one by one until one is refused.
struct Normalizing {
    std::optional<Refusal> refusal;

    void text(TextKind kind, std::string_view what, std::string& text) {
        if (!refusal) refusal = workflow::normalize(kind, what, text);
    }
    void value(const FieldId& field, const std::string& text) {
        if (refusal || workflow::is_normal(TextKind::value, text)) return;
        auto copy = text;
        refusal = workflow::normalize(TextKind::value, "the field " + field.text, copy);
    }
};

/// Checks whether all texts are normal.
struct Checking {
    bool normal = true;

    void text(TextKind kind, std::string_view, const std::string& text) {
        normal = normal && workflow::is_normal(kind, text);
    }
    void value(const FieldId&, const std::string& text) {
        normal = normal && workflow::is_normal(TextKind::value, text);
    }
};

/// Passes every text of an action to `sink`. `Sink` is Normalizing for an action that may be
/// changed.
template <class Sink>
struct Texts {
    Sink& sink;

    template <class Kind>
    void id(std::string_view what, Id<Kind>& id) const {
        sink.text(TextKind::id, what, id.text);
    }
    template <class Kind>
    void id(std::string_view what, const Id<Kind>& id) const {
        sink.text(TextKind::id, what, id.text);
    }
    template <class Text>
    void officer(Text& id) const {
        sink.text(TextKind::officer, "the id of the officer", id.text);
    }
    template <class Text>
    void words(std::string_view what, Text& text) const {
        sink.text(TextKind::words, what, text);
    }
    template <class Text>
    void reason(Text& text) const {
        words("the reason", text);
    }
    void value(const FieldId& field, const Value& value) const {
        if (const auto* text = value.as<std::string>()) sink.value(field, *text);
        if (const auto* list = value.as<List>())
            for (const auto& element : *list)
                if (const auto* text = element.as<std::string>()) sink.value(field, *text);
    }
    template <class Fields>
    void fields(Fields& fields) const {
        for (auto& [field, one] : fields) {
            id("the name of a field", field);
            value(field, one);
        }
    }
    template <class Materials>
    void materials(Materials& materials) const {
        for (auto& receipt : materials) id("the name of a material", receipt.material);
    }

    template <class Action>
    void operator()(Action& action) const {
        using What = std::remove_const_t<Action>;
        if constexpr (std::is_same_v<What, OpenCase>) {
            open(action);
        } else if constexpr (std::is_same_v<What, CompleteTask>) {
            id("the outcome", action.outcome);
            reason(action.reason);
            fields(action.fields);
            materials(action.materials);
        } else if constexpr (std::is_same_v<What, DelegateTask> ||
                             std::is_same_v<What, ReassignTask>) {
            officer(action.to);
            reason(action.reason);
        } else if constexpr (std::is_same_v<What, SupplyMaterials>) {
            fields(action.fields);
            materials(action.materials);
            words("the evidence", action.evidence);
        } else if constexpr (std::is_same_v<What, WithdrawCase>) {
            reason(action.reason);
            words("the evidence", action.evidence);
        } else if constexpr (std::is_same_v<What, RateCase> ||
                             std::is_same_v<What, SupplementRating>) {
            sink.text(TextKind::id, "the token", action.token);
            words("the comment", action.comment);
        } else if constexpr (std::is_same_v<What, UnsealCase>) {
            reason(action.reason);
            sink.text(TextKind::id, "the ground", action.ground);
        } else if constexpr (std::is_same_v<What, RecuseOfficer>) {
            officer(action.officer);
            sink.text(TextKind::id, "the ground", action.ground);
            reason(action.reason);
        } else if constexpr (std::is_same_v<What, DecideUnsealing> ||
                             std::is_same_v<What, DecideRecusal>) {
            officer(action.officer);
            reason(action.reason);
        } else if constexpr (std::is_same_v<What, ReturnTask> || std::is_same_v<What, UrgeCase> ||
                             std::is_same_v<What, SetRatingAside> ||
                             std::is_same_v<What, ResolveStranded>) {
            reason(action.reason);
        } else if constexpr (std::is_same_v<What, ReadCase>) {
            sink.text(TextKind::id, "the purpose", action.purpose);
        } else {
            static_assert(std::is_same_v<What, ClaimTask> || std::is_same_v<What, AdvanceCase>,
                          "say what the texts of this action are");
        }
    }
    template <class Open>
    void open(Open& open) const {
        id("the item", open.item);
        sink.text(TextKind::person, "the id of the applicant", open.applicant.person.text);
        sink.text(TextKind::name, "the name of the applicant", open.applicant.name);
        sink.text(TextKind::id, "the kind of the applicant", open.applicant.kind);
        sink.text(TextKind::id, "the channel", open.channel);
        id("the hall", open.hall);
        fields(open.fields);
        materials(open.materials);
        id("the mode", open.mode);
        if (open.agent) {
            sink.text(TextKind::person, "the id of the agent", open.agent->person.text);
            sink.text(TextKind::name, "the name of the agent", open.agent->name);
        }
        for (auto& one : open.recusals) {
            officer(one.officer);
            sink.text(TextKind::id, "the ground of a recusal", one.ground);
            reason(one.reason);
        }
        id("the number of the related case", open.about);
    }
    template <class Who>
    void actor(Who& actor) const {
        if (actor.kind == Actor::Kind::officer)
            officer(actor.officer);
        else
            id("the name of the system", actor.officer);
    }
    template <class Asked>
    void command(Asked& asked) const {
        std::visit(*this, asked.action);
        actor(asked.actor);
        sink.text(TextKind::key, "the key", asked.key.text);
        if (asked.batch) {
            officer(asked.batch->operated_by);
            sink.text(TextKind::key, "the key of the row", asked.batch->row);
        }
    }
};

/// Passes every text of a change of staff to `sink`.
struct ChangeTexts {
    Texts<Normalizing> texts;

    void operator()(OfficerJoined& joined) const {
        texts.sink.text(TextKind::name, "the name of the officer", joined.name);
        texts.sink.text(TextKind::person, "the id of the human being", joined.person.text);
        texts.id("the hall", joined.hall);
        texts.sink.text(TextKind::name, "the section", joined.section);
    }
    void operator()(OfficerMoved& moved) const {
        texts.id("the hall", moved.hall);
        texts.sink.text(TextKind::name, "the section", moved.section);
    }
    void operator()(OfficerPosted& posted) const {
        for (auto& post : posted.posts) texts.id("the post", post);
    }
    void operator()(OfficerQualified& qualified) const {
        for (auto& item : qualified.items) texts.sink.text(TextKind::id, "the item", item);
    }
    void operator()(OfficerSubstitutes& substitutes) const { texts.officer(substitutes.colleague); }
    void operator()(OfficerSeated& seated) const { texts.id("the window", seated.window); }
    void operator()(OfficerShifted& shifted) const { texts.id("the shift", shifted.shift); }
    // Days, numbers, flags, and a key, which is bytes.
    void operator()(OfficerAbsent&) const {}
    void operator()(OfficerBack&) const {}
    void operator()(OfficerLeft&) const {}
    void operator()(OfficerWeighted&) const {}
    void operator()(OfficerSupervises&) const {}
    void operator()(OfficerKeyed&) const {}
};

}  // namespace

std::optional<Refusal> normalize(Command& command) {
    Normalizing sink;
    Texts<Normalizing>{sink}.command(command);
    return std::move(sink.refusal);
}

bool is_normal(const Command& command) {
    Checking sink;
    Texts<Checking>{sink}.command(command);
    return sink.normal;
}

std::optional<Refusal> normalize(ChangeStaff& change) {
    Normalizing sink;
    const Texts<Normalizing> texts{sink};
    texts.officer(change.officer);
    std::visit(ChangeTexts{texts}, change.change);
    texts.reason(change.reason);
    return std::move(sink.refusal);
}

std::optional<Refusal> normalize(Actor& actor) {
    Normalizing sink;
    Texts<Normalizing>{sink}.actor(actor);
    return std::move(sink.refusal);
}

std::optional<Refusal> normalize(CommandKey& key) {
    return workflow::normalize(TextKind::key, "the key", key.text);
}

std::optional<Refusal> refuse_texts(const Actor& actor, const std::string& reason) {
    auto who = actor;
    auto why = reason;
    if (auto refusal = normalize(who)) return refusal;
    return workflow::normalize(TextKind::words, "the reason", why);
}

std::optional<Refusal> refuse_citizen_id(const definition::Organization& organization,
                                         std::string_view what, const PersonId& person) {
    if (!organization.citizen_ids_checked || !is_citizen_id(person.text) ||
        has_valid_check_digit(person.text))
        return {};
    return Refusal{
        RefusalCode::text_invalid,
        fmt::format("{} has a wrong check digit; compare its 18 digits with the document", what),
        {}};
}

std::optional<Refusal> refuse_citizen_ids(const definition::Organization& organization,
                                          const OpenCase& open) {
    if (open.applicant.kind == "person")
        if (auto refusal =
                refuse_citizen_id(organization, "the id of the applicant", open.applicant.person))
            return refusal;
    if (open.agent)
        return refuse_citizen_id(organization, "the id of the agent", open.agent->person);
    return {};
}

}  // namespace workflow::engine
