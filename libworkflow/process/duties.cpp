#include "duties.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace workflow::process {

using definition::Officer;
using definition::Organization;

std::optional<RefusalCode> Parties::keep_out(const PersonId& person) const {
    if (!applicant.empty() && person == applicant) return RefusalCode::applicant_is_officer;
    if (std::find(others.begin(), others.end(), person) != others.end())
        return RefusalCode::recused;
    return {};
}

Separation::Separation(const Process& process, const Organization& organization,
                       std::span<const Performance> done, Parties parties, MemberMask members)
    : parties_(parties) {
    const auto conflicts = process.conflicts_of(members);
    if (conflicts == 0) return;
    for (const auto& performance : done) {
        if ((performance.members & conflicts) == 0) continue;
        const auto* officer = organization.officer(performance.officer);
        kept_.push_back({&performance.officer, officer ? &officer->person : nullptr});
    }
}

std::optional<RefusalCode> Separation::operator()(const Officer& officer) const {
    if (const auto rule = parties_.keep_out(officer.person)) return rule;
    for (const auto& kept : kept_)
        // Known officers are compared by person: one account stands for one person.
        if (kept.person ? *kept.person == officer.person
                        : kept.officer->text == officer.person.text || *kept.officer == officer.id)
            return RefusalCode::separated;
    return {};
}

std::optional<RefusalCode> separation(const Process& process, const Organization& organization,
                                      std::span<const Performance> done, Parties parties,
                                      const Officer& officer, MemberMask members) {
    return Separation(process, organization, done, parties, members)(officer);
}

Eligibility::Eligibility(const Process& process, const TaskActivity& task,
                         const Organization& organization, const HallId& hall, Date day)
    : item_(&process.item),
      organization_(&organization),
      section_(task.among == definition::Among::section ? &process.section : nullptr),
      hall_(task.post.empty() || hall.empty() ? nullptr : &hall),
      day_(day) {
    for (const auto& post : organization.posts) {
        if (!task.post.empty() && post.id != task.post) continue;
        if (std::find(post.duties.begin(), post.duties.end(), task.duty) != post.duties.end())
            posts_.push_back(&post.id);
    }
}

const PostId* Eligibility::among(const std::vector<PostId>& posts) const {
    for (const auto& held : posts)
        for (const auto* post : posts_)
            if (held == *post) return post;
    return nullptr;
}

const PostId* Eligibility::colleagues(const definition::Substitution& substitution) const {
    const auto* colleague = organization_->officer(substitution.colleague);
    return colleague ? among(colleague->posts) : nullptr;
}

const PostId* Eligibility::post(const Officer& officer) const {
    if (hall_ && officer.hall != *hall_) return nullptr;
    if (const auto* own = among(officer.posts)) return own;
    for (const auto& substitution : officer.substitutes)
        if (covers(substitution.days, day_))
            if (const auto* post = colleagues(substitution)) return post;
    return nullptr;
}

bool Eligibility::ever(const Officer& officer) const {
    if (hall_ && officer.hall != *hall_) return false;
    return among(officer.posts) != nullptr ||
           std::any_of(
               officer.substitutes.begin(), officer.substitutes.end(),
               [&](const definition::Substitution& one) { return colleagues(one) != nullptr; });
}

std::optional<RefusalCode> Eligibility::kept_out(const Officer& officer) const {
    if (!definition::qualified_for(officer, *item_)) return RefusalCode::not_qualified;
    if (section_ && officer.section != *section_) return RefusalCode::other_section;
    if (!present(officer, day_)) return RefusalCode::absent;
    return {};
}

bool present(const Officer& officer, Date day) {
    return !definition::absent_on(officer, day);
}

Expected<PostId> post_for(const Process& process, const TaskActivity& task,
                          const Organization& organization, const Officer& officer,
                          const HallId& hall, Date day) {
    const Eligibility eligible(process, task, organization, hall, day);
    const auto* post = eligible.post(officer);
    if (!post)
        return Refusal{
            RefusalCode::not_on_post,
            fmt::format("{} is on no post with the duty {} here", officer.id.text, task.duty.text),
            {}};
    if (const auto rule = eligible.kept_out(officer)) {
        if (*rule == RefusalCode::not_qualified)
            return Refusal{
                *rule,
                fmt::format("{} is not qualified for {}", officer.id.text, process.item.text),
                {}};
        if (*rule == RefusalCode::other_section)
            return Refusal{
                *rule,
                fmt::format("{} does not work in the section {}", officer.id.text, process.section),
                {}};
        return Refusal{
            *rule, fmt::format("{} is absent on {}", officer.id.text, to_string(day)), {}};
    }
    return *post;
}

}  // namespace workflow::process
