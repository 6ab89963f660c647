#include "visibility.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace workflow::engine {

using definition::Officer;
using definition::Organization;
using process::Process;
using process::TaskActivity;

namespace {

/// The relation of one person to a case.
struct Standing {
    bool reviews = false;   ///< holds or did a task of a pool
    bool works = false;     ///< holds or did any task, or received the application
    bool may_take = false;  ///< a task waits at one of their posts
    std::vector<std::uint16_t> sees;
};

class Looking {
public:
    Looking(const Process& process, const Organization& organization, const Case& c,
            const Officer& reader, Date today)
        : process_(process),
          organization_(organization),
          case_(c),
          reader_(reader),
          posts_(definition::posts_on(organization, reader, today)) {}

    Standing run() {
        for (const auto& task : case_.tasks) {
            const auto& activity = *process_.task_at(task.place);
            if (is_he(task.holder)) involve(activity);
            if (task.holder.empty() && !activity.post.empty()) consider(activity);
        }
        for (const auto& last : case_.last_performers)
            if (is_he(last.officer)) involve(*process_.task_at(last.place));
        for (const auto& done : case_.performed) {
            if (!is_he(done.officer)) continue;
            standing_.works = true;
            // Includes officers who returned or lost a pool's task: if filed again, the matter may
            // reach them.
            standing_.reviews = standing_.reviews || (done.members & members_of_pools()) != 0;
        }
        return std::move(standing_);
    }

private:
    [[nodiscard]] bool is_he(const OfficerId& id) const {
        if (id.empty()) return false;
        const auto* officer = organization_.officer(id);
        return id == reader_.id || (officer && officer->person == reader_.person);
    }
    /// Returns the members of separated groups that only tasks of pools perform.
    [[nodiscard]] process::MemberMask members_of_pools() const {
        process::MemberMask pools = 0, posts = 0;
        for (const auto& place : process_.places)
            if (const auto* task = std::get_if<TaskActivity>(&place.activity))
                (task->post.empty() ? pools : posts) |= task->members;
        return pools & ~posts;
    }
    void involve(const TaskActivity& activity) {
        standing_.works = true;
        if (!activity.post.empty()) return;
        standing_.reviews = true;
        standing_.sees.insert(standing_.sees.end(), activity.sees.begin(), activity.sees.end());
    }
    void consider(const TaskActivity& activity) {
        const bool here = case_.hall.empty() || case_.anywhere || reader_.hall == case_.hall;
        const bool on_post = std::find(posts_.begin(), posts_.end(), activity.post) != posts_.end();
        standing_.may_take =
            standing_.may_take || (here && on_post && qualified_for(reader_, process_.item));
    }

    const Process& process_;
    const Organization& organization_;
    const Case& case_;
    const Officer& reader_;
    std::vector<PostId> posts_;
    Standing standing_;
};

bool was_unsealed(const Case& c, const std::vector<OfficerId>& own, Sealed what) {
    return std::any_of(c.unsealed.begin(), c.unsealed.end(), [&](const Unsealing& unsealing) {
        return unsealing.what == what &&
               std::find(own.begin(), own.end(), unsealing.officer) != own.end();
    });
}

bool has_read_on(const Case& c, const std::vector<OfficerId>& own, Date day) {
    return std::any_of(c.readings.begin(), c.readings.end(), [&](const Reading& reading) {
        return reading.day == day &&
               std::find(own.begin(), own.end(), reading.officer) != own.end();
    });
}

/// Returns the first day of the month.
Date month_of(Date day) {
    const auto text = to_string(day);
    return *parse_date(text.substr(0, text.size() - 2) + "01");
}

}  // namespace

bool Visibility::is_own(const OfficerId& id) const {
    return std::find(own.begin(), own.end(), id) != own.end();
}

bool reviews(const Process& process, const Organization& organization, const Case& c,
             const Officer& officer) {
    return Looking(process, organization, c, officer, Date{}).run().reviews;
}

Expected<Visibility> visibility_of(const Process& process, const Organization& organization,
                                   const Case& c, const Officer& reader, Date today) {
    if (const auto rule = c.parties().keep_out(reader.person))
        return Refusal{
            *rule, fmt::format("{} is a party to the case {}", reader.id.text, c.number.text), {}};
    const auto standing = Looking(process, organization, c, reader, today).run();
    const bool supervises = reader.supervisor && (c.hall.empty() || reader.hall == c.hall);
    if (!standing.works && !standing.may_take && !supervises)
        return Refusal{RefusalCode::not_yours_to_read,
                       fmt::format("none of the posts of {} is involved in the case {}",
                                   reader.id.text, c.number.text),
                       {}};
    Visibility visibility;
    for (const auto& officer : organization.officers)
        if (officer.person == reader.person) visibility.own.push_back(officer.id);
    visibility.applicant = !standing.reviews || (c.decided && !panel_open(process, c)) ||
                           was_unsealed(c, visibility.own, Sealed::applicant);
    visibility.shown = standing.sees;
    visibility.reviewers =
        (c.end.has_value() && c.decided) || was_unsealed(c, visibility.own, Sealed::reviewer);
    visibility.oversees = supervises && visibility.applicant;
    visibility.personal = !organization.reading || has_read_on(c, visibility.own, today);
    const bool rated = std::any_of(c.rateable.begin(), c.rateable.end(),
                                   [&](const auto& one) { return visibility.is_own(one.officer); });
    visibility.ratings = supervises && !rated;
    visibility.month = month_of(today);
    return visibility;
}

bool shows_field(const Process& process, const Visibility& visibility, std::size_t slot) {
    if (!process.fields[slot].personal) return true;
    return visibility.personal &&
           (visibility.applicant || std::find(visibility.shown.begin(), visibility.shown.end(),
                                              slot) != visibility.shown.end());
}

}  // namespace workflow::engine
