#include "sight.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace workflow::engine {

using definition::Officer;
using definition::Organization;
using process::Process;
using process::TaskActivity;

namespace {

/// Where one person stands in a case.
struct Standing {
    bool reviews = false;   ///< holds or did a task of a pool
    bool works = false;     ///< holds or did any task, or received the application
    bool may_take = false;  ///< a task waits at one of his posts
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
        for (const auto& done : case_.performed)
            standing_.works = standing_.works || is_he(done.officer);
        return std::move(standing_);
    }

private:
    [[nodiscard]] bool is_he(const OfficerId& id) const {
        if (id.empty()) return false;
        const auto* officer = organization_.officer(id);
        return id == reader_.id || (officer && officer->person == reader_.person);
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

/// The first day of the month of a day.
Date month_of(Date day) {
    const auto text = to_string(day);
    return *parse_date(text.substr(0, text.size() - 2) + "01");
}

}  // namespace

Expected<Sight> sight_of(const Process& process, const Organization& organization, const Case& c,
                         const Officer& reader, Date today) {
    if (const auto rule = c.parties().keep_out(reader.person))
        return Refusal{
            *rule, fmt::format("{} is a party to the case {}", reader.id.text, c.number.text), {}};
    const auto standing = Looking(process, organization, c, reader, today).run();
    const bool supervises = reader.supervisor && (c.hall.empty() || reader.hall == c.hall);
    if (!standing.works && !standing.may_take && !supervises)
        return Refusal{Rule::not_yours_to_read,
                       fmt::format("none of the posts of {} has to do with the case {}",
                                   reader.id.text, c.number.text),
                       {}};
    Sight sight;
    for (const auto& officer : organization.officers)
        if (officer.person == reader.person) sight.own.push_back(officer.id);
    sight.applicant = !standing.reviews || c.decided || c.end.has_value() ||
                      was_unsealed(c, sight.own, Sealed::applicant);
    sight.shown = standing.sees;
    sight.reviewers = c.end.has_value() || was_unsealed(c, sight.own, Sealed::reviewer);
    sight.personal = !organization.reading || has_read_on(c, sight.own, today);
    const bool rated = std::any_of(c.rateable.begin(), c.rateable.end(), [&](const auto& one) {
        return std::find(sight.own.begin(), sight.own.end(), one.officer) != sight.own.end();
    });
    sight.ratings = supervises && !rated;
    sight.month = month_of(today);
    return sight;
}

bool shows_field(const Process& process, const Sight& sight, std::size_t slot) {
    if (!process.fields[slot].personal) return true;
    return sight.personal && (sight.applicant || std::find(sight.shown.begin(), sight.shown.end(),
                                                           slot) != sight.shown.end());
}

bool Redaction::pooled(TaskNumber task) const {
    const auto found = pooled_.find(task);
    return found != pooled_.end() && found->second;
}

void Redaction::show(OfficerId& id, bool of_pool) const {
    if (id.empty() || std::find(sight_.own.begin(), sight_.own.end(), id) != sight_.own.end())
        return;
    // A blind reviewer is not told who else works on the case: the window knows the applicant.
    if (!sight_.applicant || (of_pool && !sight_.reviewers)) id = OfficerId(withheld);
}

void Redaction::show(FieldValues& fields) const {
    for (auto& [id, value] : fields)
        if (const auto slot = process_.field(id); slot && !shows_field(process_, sight_, *slot))
            value = Value(std::string(withheld));
}

struct Redaction::Hide {
    const Redaction& by;
    Event& event;

    void act_of(bool of_pool) const { by.show(event.actor.officer, of_pool); }
    [[nodiscard]] bool rating() const {
        return by.sight_.ratings || local_date(event.happened, event.offset) < by.sight_.month;
    }
    [[nodiscard]] bool words(std::string& text) const {
        if (event.actor.kind == Actor::Kind::applicant && !by.shows_applicant() && !text.empty())
            text = withheld;
        act_of(false);
        return true;
    }
    [[nodiscard]] bool comment(std::string& text) const {
        if (!by.shows_applicant() && !text.empty()) text = withheld;
        return rating();
    }

    bool operator()(CaseOpened& e) const {
        act_of(false);
        by.show(e.fields);
        if (by.shows_applicant()) return true;
        e.applicant.person = PersonId(withheld);
        e.applicant.name = withheld;
        if (e.agent) e.agent = Agent{PersonId(withheld), std::string(withheld)};
        if (by.sight_.applicant) return true;
        for (auto& person : e.recused) person = PersonId(withheld);
        e.about = {};
        return true;
    }
    bool operator()(TaskDrawn& e) const {
        if (by.sight_.reviewers || !by.pooled(e.task)) return true;
        by.show(e.officer, true);
        for (auto& officer : e.candidates) by.show(officer, true);
        for (auto& exclusion : e.excluded) by.show(exclusion.officer, true);
        by.show(e.last, true);
        // With the pool known from elsewhere, these would tell who was drawn.
        e.entropy = 0;
        e.figures.clear();
        return true;
    }
    bool operator()(TaskClaimed& e) const {
        act_of(by.pooled(e.task));
        by.show(e.officer, by.pooled(e.task));
        return true;
    }
    bool operator()(TaskHandedOver& e) const {
        const bool of_pool = by.pooled(e.task);
        act_of(of_pool);
        by.show(e.from, of_pool);
        by.show(e.to, of_pool);
        return true;
    }
    bool operator()(TaskCompleted& e) const {
        act_of(by.pooled(e.task));
        by.show(e.officer, by.pooled(e.task));
        by.show(e.fields);
        return true;
    }
    bool operator()(MaterialsSupplied& e) const {
        act_of(false);
        by.show(e.fields);
        return true;
    }
    bool operator()(CaseSampled& e) const {
        e.entropy = 0;
        return true;
    }
    bool operator()(RatingInvited& e) const {
        const auto officer = e.officer;
        by.show(e.officer, by.pooled(e.task));
        if (e.officer != officer) e.window = {};  // it would tell who sits there
        return true;
    }
    /// Words of the applicant's are as personal as his form.
    bool operator()(CaseWithdrawn& e) const { return words(e.reason); }
    bool operator()(CaseUrged& e) const { return words(e.reason); }
    bool operator()(CaseRated& e) const { return comment(e.comment); }
    bool operator()(RatingSupplemented& e) const { return comment(e.comment); }
    bool operator()(RatingSetAside&) const {
        act_of(false);
        return rating();
    }
    /// Who looks behind the seal, or reads, may be a reviewer.
    bool operator()(CaseUnsealed&) const {
        act_of(true);
        return true;
    }
    bool operator()(CaseRead&) const {
        act_of(true);
        return true;
    }
    template <class Other>
    bool operator()(Other&) const {
        act_of(false);
        return true;
    }
};

std::optional<Event> Redaction::operator()(const Event& event) {
    if (const auto* offered = std::get_if<TaskOffered>(&event.what))
        if (const auto step = process_.step(offered->step)) {
            const auto* task = process_.task_at(process_.steps[*step].at);
            pooled_[offered->task] = task && task->post.empty();
        }
    auto shown = event;
    if (!std::visit(Hide{*this, shown}, shown.what)) return {};
    // A key is the caller's and may be made of anything, as a row of a script's is; whoever ran the
    // script may be the reviewer, or have taken the application in.
    if (!shows_applicant()) shown.key = {};
    for (auto& origin : shown.batch) {
        show(origin.operated_by, true);
        if (!shows_applicant()) origin.row = withheld;
    }
    // A signature tells whose it is, and its digest can be tried with guesses at the form.
    if (!shows_applicant() || shown.actor != event.actor) shown.signatures.clear();
    // The store's number for a person tells which cases are his.
    if (!shows_applicant()) shown.sealed.clear();
    return shown;
}

}  // namespace workflow::engine
