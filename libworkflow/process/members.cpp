#include "members.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace workflow::process {

using definition::Branch;
using definition::Step;

namespace {

constexpr std::size_t most_members = 64;

void collect_names(const std::vector<Step>& steps, std::set<std::string>& names) {
    for (const auto& step : steps) {
        names.insert(step.id.text);
        if (const auto* task = std::get_if<definition::TaskStep>(&step.kind))
            names.insert(task->duty.text);
        if (const auto* parallel = std::get_if<definition::ParallelStep>(&step.kind))
            for (const auto& branch : parallel->branches) collect_names(branch.steps, names);
        if (const auto* stage = std::get_if<definition::StageStep>(&step.kind))
            collect_names(stage->body.steps, names);
    }
}

void check_known(const definition::SeparatedGroup& group, const std::set<std::string>& known,
                 DiagnosticSink& findings) {
    const std::vector<std::string> names(known.begin(), known.end());
    for (const auto& member : group.members) {
        if (known.count(member) != 0) continue;
        const auto near = nearest(member, names);
        findings.add("unknown-member", group.mark,
                     fmt::format("`{}` is neither a duty nor a step of this item", member),
                     did_you_mean(near));
    }
}

void check_posts(const definition::SeparatedGroup& group,
                 const definition::Organization& organization, DiagnosticSink& findings) {
    for (const auto& post : organization.posts) {
        std::vector<std::string> both;
        for (const auto& duty : post.duties)
            if (std::find(group.members.begin(), group.members.end(), duty.text) !=
                group.members.end())
                both.push_back(duty.text);
        if (both.size() < 2) continue;
        auto& finding = findings.add(
            "duties-kept-apart", group.mark,
            fmt::format("`{}` and `{}` are kept apart here, and the post `{}` has both duties",
                        both[0], both[1], post.id.text));
        findings.relate(finding, post.mark, "the post is here");
    }
}

}  // namespace

void name_members(const definition::Item& item, const definition::Organization* organization,
                  Process& process, DiagnosticSink& findings) {
    std::vector<definition::SeparatedGroup> groups{{{"intake", "review", "issue"}, item.mark}};
    std::set<std::string> known{"intake", "review", "issue"};
    collect_names(item.steps, known);
    if (organization)
        for (const auto& post : organization->posts)
            for (const auto& duty : post.duties) known.insert(duty.text);
    for (const auto& group : item.separated) {
        check_known(group, known, findings);
        if (organization) check_posts(group, *organization, findings);
        groups.push_back(group);
    }

    for (const auto& group : groups)
        for (const auto& member : group.members)
            if (process.member(member) == 0) {
                if (process.members.size() == most_members) {
                    findings.add(
                        "too-many-members", group.mark,
                        fmt::format("more than {} duties and steps are kept apart", most_members));
                    return;
                }
                process.members.push_back(member);
            }
    process.conflicts.assign(process.members.size(), 0);
    for (const auto& group : groups) {
        MemberMask all = 0;
        for (const auto& member : group.members) all |= process.member(member);
        for (std::size_t bit = 0; bit < process.members.size(); ++bit)
            if (all >> bit & 1) process.conflicts[bit] |= all & ~(MemberMask{1} << bit);
    }
}

}  // namespace workflow::process
