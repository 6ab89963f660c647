#include "staff.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "../base/identity.hpp"
#include "../crypto/public_key.hpp"
#include "../definition/readers.hpp"
#include "command_texts.hpp"
#include "draft.hpp"
#include "nearby.hpp"

namespace workflow::engine {

using definition::Officer;
using definition::Organization;

namespace {

auto place_of(Organization& organization, const OfficerId& id) {
    return std::lower_bound(
        organization.officers.begin(), organization.officers.end(), id,
        [](const Officer& one, const OfficerId& other) { return one.id < other; });
}

/// Applies a change to the officer concerned.
struct Changing {
    Officer& officer;

    void operator()(const OfficerJoined& joined) const {
        officer.name = joined.name;
        if (!joined.person.empty())
            officer.person = PersonId(normalized_person_id(joined.person.text));
        officer.hall = joined.hall;
        officer.section = joined.section;
        officer.left.reset();
    }
    void operator()(const OfficerMoved& moved) const {
        officer.hall = moved.hall;
        officer.section = moved.section;
    }
    void operator()(const OfficerPosted& posted) const { officer.posts = posted.posts; }
    void operator()(const OfficerQualified& qualified) const {
        officer.qualified = qualified.items;
    }
    void operator()(const OfficerAbsent& absent) const {
        officer.absent.push_back({absent.from, absent.to});
    }
    void operator()(const OfficerBack& back) const {
        std::erase_if(officer.absent, [&](const DaySpan& span) { return span.from >= back.on; });
        for (auto& span : officer.absent)
            if (covers(span, back.on)) span.to = Date{back.on.days - 1};
    }
    void operator()(const OfficerLeft& left) const { officer.left = left.from; }
    void operator()(const OfficerSubstitutes& substitutes) const {
        officer.substitutes.push_back({substitutes.colleague, {substitutes.from, substitutes.to}});
    }
    void operator()(const OfficerWeighted& weighted) const {
        officer.weight = std::min(weighted.weight, definition::most_weight);
    }
    void operator()(const OfficerSupervises& supervises) const {
        officer.supervisor = supervises.supervisor;
    }
    void operator()(const OfficerSeated& seated) const { officer.window = seated.window; }
    void operator()(const OfficerShifted& shifted) const { officer.shift = shifted.shift; }
    void operator()(const OfficerKeyed& keyed) const { officer.key = keyed.key; }
};

bool alike(const Officer& a, const Officer& b) {
    return a.name == b.name && a.person == b.person && a.hall == b.hall && a.section == b.section &&
           a.posts == b.posts && a.qualified == b.qualified && a.absent == b.absent &&
           a.substitutes == b.substitutes && a.left == b.left && a.supervisor == b.supervisor &&
           a.weight == b.weight && a.window == b.window && a.shift == b.shift && a.key == b.key;
}

Refusal no_hall(const HallId& hall, const Organization& organization) {
    return refuse(RefusalCode::unknown_hall,
                  fmt::format("the organization has no hall {}{}", hall.text,
                              nearby(hall.text, organization.halls)));
}

Refusal no_officer(const OfficerId& id, const Organization& organization) {
    return refuse(
        RefusalCode::unknown_officer,
        fmt::format("there is no officer {}{}", id.text, nearby(id.text, organization.officers)));
}

std::optional<Refusal> backwards(Date from, Date to) {
    if (from <= to) return {};
    return refuse(RefusalCode::field_invalid,
                  fmt::format("{} is before {}", to_string(to), to_string(from)));
}

/// Checks what is impossible, whoever asks for it.
struct Impossible {
    const Organization& organization;
    std::span<const ItemId> items;
    const OfficerId& id;
    const Officer* officer;  // nullptr: not there yet
    bool same_person;        // a second account of one person is intended

    [[nodiscard]] std::optional<Refusal> hall(const HallId& hall) const {
        const bool known = std::any_of(organization.halls.begin(), organization.halls.end(),
                                       [&](const auto& one) { return one.id == hall; });
        return known ? std::nullopt : std::optional(no_hall(hall, organization));
    }

    std::optional<Refusal> operator()(const OfficerJoined& joined) const {
        if (officer && !officer->left)
            return refuse(RefusalCode::nothing_changed,
                          fmt::format("{} is already in service", id.text));
        if (!definition::is_id(id.text))
            return refuse(RefusalCode::field_invalid,
                          fmt::format("`{}` cannot name an officer: a name has small letters and "
                                      "digits, joined by single -, . or _",
                                      id.text));
        if (joined.name.empty())
            return refuse(RefusalCode::field_missing, "an officer requires a name");
        if (auto refusal =
                refuse_citizen_id(organization, "the id of the human being", joined.person))
            return refusal;
        if (auto refusal = whose(PersonId(normalized_person_id(joined.person.text))))
            return refusal;
        return hall(joined.hall);
    }
    [[nodiscard]] std::optional<Refusal> whose(const PersonId& person) const {
        if (officer) {
            // Otherwise their earlier acts would no longer restrict their other accounts.
            if (person.empty() || person == officer->person) return {};
            return refuse(RefusalCode::field_invalid,
                          fmt::format("{} was the account of another person", id.text));
        }
        if (person.empty())
            return refuse(
                RefusalCode::field_missing,
                fmt::format("the account {} requires the id of its human being", id.text));
        for (const auto& other : organization.officers)
            if (other.person == person && !same_person)
                return refuse(RefusalCode::same_person,
                              fmt::format("{} is an account of the same human being; confirm if a "
                                          "second account is intended",
                                          other.id.text));
        return {};
    }
    std::optional<Refusal> operator()(const OfficerMoved& moved) const { return hall(moved.hall); }
    std::optional<Refusal> operator()(const OfficerPosted& posted) const {
        for (const auto& post : posted.posts)
            if (!organization.post(post))
                return refuse(RefusalCode::unknown_post,
                              fmt::format("the organization has no post {}{}", post.text,
                                          nearby(post.text, organization.posts)));
        return {};
    }
    std::optional<Refusal> operator()(const OfficerQualified& qualified) const {
        for (const auto& pattern : qualified.items) {
            Officer asked;
            asked.qualified = {pattern};
            const bool named = std::any_of(items.begin(), items.end(), [&](const ItemId& item) {
                return definition::qualified_for(asked, item);
            });
            if (!named)
                return refuse(RefusalCode::unknown_item,
                              fmt::format("the catalog has no item {}{}", pattern,
                                          nearby(pattern, items,
                                                 [](const ItemId& one) { return one.text; })));
        }
        return {};
    }
    std::optional<Refusal> operator()(const OfficerAbsent& absent) const {
        return backwards(absent.from, absent.to);
    }
    std::optional<Refusal> operator()(const OfficerBack&) const { return {}; }
    std::optional<Refusal> operator()(const OfficerLeft&) const { return {}; }
    std::optional<Refusal> operator()(const OfficerSubstitutes& substitutes) const {
        const auto* colleague = organization.officer(substitutes.colleague);
        if (!colleague) return no_officer(substitutes.colleague, organization);
        if (colleague->person == officer->person)
            return refuse(RefusalCode::field_invalid, "an officer cannot stand in for themselves");
        return backwards(substitutes.from, substitutes.to);
    }
    std::optional<Refusal> operator()(const OfficerWeighted& weighted) const {
        if (weighted.weight >= 1 && weighted.weight <= definition::most_weight) return {};
        return refuse(
            RefusalCode::field_invalid,
            fmt::format("a weight must be a whole number from 1 to {}", definition::most_weight));
    }
    std::optional<Refusal> operator()(const OfficerSupervises&) const { return {}; }
    std::optional<Refusal> operator()(const OfficerSeated& seated) const {
        if (seated.window.empty()) return {};
        const auto* window = organization.window(officer->hall, seated.window);
        if (!window)
            return refuse(RefusalCode::unknown_window,
                          fmt::format("the hall {} has no window {}", officer->hall.text,
                                      seated.window.text));
        if (definition::serves_at(organization, *officer, *window)) return {};
        return refuse(RefusalCode::not_on_post,
                      fmt::format("none of the posts of {} is served at the window {}", id.text,
                                  seated.window.text));
    }
    std::optional<Refusal> operator()(const OfficerShifted& shifted) const {
        if (shifted.shift.empty() || organization.shift(shifted.shift)) return {};
        return refuse(RefusalCode::unknown_shift,
                      fmt::format("the organization has no shift {}{}", shifted.shift.text,
                                  nearby(shifted.shift.text, organization.shifts)));
    }
    std::optional<Refusal> operator()(const OfficerKeyed& keyed) const {
        if (keyed.key.empty() || is_labelled_key(keyed.key)) return {};
        return refuse(RefusalCode::field_invalid, "the key is not a public key of Ed25519 or SM2");
    }
};

/// Returns two incompatible posts that the person nevertheless has: from all accounts, including
/// their own posts and those of colleagues for whom they stand in today or later.
std::optional<std::pair<PostId, PostId>> held_apart(const Organization& organization,
                                                    const PersonId& person, Date today) {
    std::vector<PostId> posts;
    const auto add = [&](const Officer& officer) {
        posts.insert(posts.end(), officer.posts.begin(), officer.posts.end());
    };
    for (const auto& officer : organization.officers) {
        if (officer.person != person || (officer.left && *officer.left <= today)) continue;
        add(officer);
        for (const auto& substitution : officer.substitutes)
            if (const auto* colleague = organization.officer(substitution.colleague);
                colleague && today <= substitution.days.to)
                add(*colleague);
    }
    return definition::posts_apart(organization, posts);
}

/// Refuses a change that gives the officer, or a colleague standing in for them, two incompatible
/// posts.
std::optional<Refusal> brought_together(const Organization& before, const Organization& after,
                                        const OfficerId& id, Date today) {
    for (const auto& officer : after.officers) {
        const bool concerned =
            officer.id == id || std::any_of(officer.substitutes.begin(), officer.substitutes.end(),
                                            [&](const auto& one) { return one.colleague == id; });
        if (!concerned || held_apart(before, officer.person, today)) continue;
        if (const auto both = held_apart(after, officer.person, today))
            return refuse(RefusalCode::posts_apart,
                          fmt::format("{} and {} are incompatible posts, and {} would hold both",
                                      both->first.text, both->second.text, officer.id.text));
    }
    return {};
}

/// Returns whether the change concerns only that hall: the officer's current and new hall.
bool concerns_only(const HallId& hall, const Officer* officer, const StaffChange& change) {
    if (officer && officer->hall != hall) return false;
    if (const auto* joined = std::get_if<OfficerJoined>(&change)) return joined->hall == hall;
    if (const auto* moved = std::get_if<OfficerMoved>(&change)) return moved->hall == hall;
    return true;
}

std::optional<Refusal> forbidden(const Organization& organization, const Officer* officer,
                                 const Ties& ties, const ChangeStaff& change, const Actor& actor,
                                 Date today) {
    if (actor.kind == Actor::Kind::engine || is_own_absence(organization, change, actor)) return {};
    if (auto refusal = refuse_supervision(organization, actor, today)) return refusal;
    const auto* supervisor = organization.officer(actor.officer);
    const auto concerned = person_after(organization, change.officer, change.change);
    if (concerned == supervisor->person)
        return refuse(RefusalCode::own_affair, "officers may not change what concerns themselves");
    if (ties.comes_from(actor.officer, concerned))
        return refuse(
            RefusalCode::own_affair,
            fmt::format("the account {} originates from the person whom the change concerns",
                        actor.officer.text));
    if (!concerns_only(supervisor->hall, officer, change.change))
        return refuse(RefusalCode::not_supervisor,
                      fmt::format("{} is a supervisor of the hall {} only", actor.officer.text,
                                  supervisor->hall.text));
    return {};
}

}  // namespace

void apply(Organization& organization, const StaffChanged& changed) {
    auto found = place_of(organization, changed.officer);
    if (found == organization.officers.end() || found->id != changed.officer) {
        if (!std::holds_alternative<OfficerJoined>(changed.change)) return;
        Officer fresh;
        fresh.id = changed.officer;
        fresh.person = PersonId(changed.officer.text);
        fresh.qualified = {"*"};
        found = organization.officers.insert(found, std::move(fresh));
    }
    std::visit(Changing{*found}, changed.change);
    const auto* window = organization.window(found->hall, found->window);
    if (!window || !definition::serves_at(organization, *found, *window)) found->window = {};
}

std::optional<Refusal> refuse_supervision(const Organization& organization, const Actor& actor,
                                          Date today) {
    if (actor.kind == Actor::Kind::engine) return {};
    if (actor.kind == Actor::Kind::applicant)
        return refuse(RefusalCode::not_supervisor, "applicants may not do this");
    const auto* supervisor = organization.officer(actor.officer);
    if (!supervisor) return no_officer(actor.officer, organization);
    if (definition::absent_on(*supervisor, today))
        return refuse(RefusalCode::absent,
                      fmt::format("{} is absent on {}", actor.officer.text, to_string(today)));
    if (!supervisor->supervisor)
        return refuse(RefusalCode::not_supervisor,
                      fmt::format("{} is not a supervisor", actor.officer.text));
    return {};
}

namespace {

std::optional<Refusal> unknown(const Organization& organization, const ChangeStaff& change) {
    if (organization.officer(change.officer) ||
        std::holds_alternative<OfficerJoined>(change.change))
        return {};
    return refuse(RefusalCode::unknown_officer,
                  fmt::format("there is no officer {}", change.officer.text));
}

/// Refuses a change that is impossible, whoever asks for it.
std::optional<Refusal> refuse_impossible(const Organization& organization,
                                         std::span<const ItemId> items, const ChangeStaff& change,
                                         Date today) {
    const auto* officer = organization.officer(change.officer);
    const Impossible impossible{organization, items, change.officer, officer, change.same_person};
    if (auto refusal = std::visit(impossible, change.change)) return refusal;
    auto after = organization;
    apply(after, {change.officer, change.change, change.reason});
    if (officer && alike(*officer, *after.officer(change.officer)))
        return refuse(RefusalCode::nothing_changed,
                      fmt::format("the change is already in effect for {}", change.officer.text));
    return brought_together(organization, after, change.officer, today);
}

}  // namespace

std::optional<Refusal> refuse_change(const Organization& organization,
                                     std::span<const ItemId> items, const Ties& ties,
                                     const ChangeStaff& change, const Actor& actor, Date today) {
    if (auto refusal = unknown(organization, change)) return refusal;
    const auto* officer = organization.officer(change.officer);
    if (auto refusal = forbidden(organization, officer, ties, change, actor, today)) return refusal;
    if (change.reason.empty())
        return refuse(RefusalCode::reason_required,
                      "a change of the organization requires a reason");
    return refuse_impossible(organization, items, change, today);
}

std::optional<Refusal> refuse_proposed(const Organization& organization,
                                       std::span<const ItemId> items, const Events& journal,
                                       const StaffProposal& proposal, Date today) {
    const auto* by = organization.officer(proposal.by);
    if (!by || !by->supervisor || (by->left && *by->left <= today))
        return refuse(
            RefusalCode::not_supervisor,
            fmt::format("{}, who made the proposal, is no longer a supervisor: decline it",
                        proposal.by.text));
    // The proposer was asked about accounts of the same person that existed at that time.
    const ChangeStaff change{proposal.officer, proposal.change, proposal.reason, true};
    if (const auto* joined = std::get_if<OfficerJoined>(&change.change))
        for (auto i = proposal.number; i < journal.size(); ++i) {
            const auto* since = std::get_if<StaffChanged>(&journal[i].what);
            const auto* other = since ? std::get_if<OfficerJoined>(&since->change) : nullptr;
            if (other && since->officer != change.officer &&
                normalized_person_id(other->person.text) ==
                    normalized_person_id(joined->person.text))
                return refuse(RefusalCode::same_person,
                              fmt::format("{} has since become an account of the same human being: "
                                          "decline the proposal",
                                          since->officer.text));
        }
    if (auto refusal = unknown(organization, change)) return refusal;
    return refuse_impossible(organization, items, change, today);
}

}  // namespace workflow::engine
