// The state of the hall, its calendar of events, and the run from the first day to the last.

#include "hall.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "../../shell/catalog_access.hpp"

namespace workflow::report {

using process::TaskActivity;

namespace {

std::vector<std::shared_ptr<const process::Process>> processes_of(const Catalog& catalog,
                                                                  const Scenario& scenario) {
    std::vector<std::shared_ptr<const process::Process>> processes;
    for (const auto& item : scenario.items) {
        processes.push_back(compiled(catalog).process(item));
        if (!processes.back())
            throw SimulationError(fmt::format("the catalog has no item {}", item.text));
    }
    if (processes.empty()) throw SimulationError("there is no item to simulate");
    if (compiled(catalog).organization().officers.empty())
        throw SimulationError("the definitions have no organization");
    return processes;
}

/// The simulation does not decide on small pools: a pool is drawn from regardless of its size.
definition::Organization drawing_from_all(definition::Organization organization) {
    organization.draw.minimum = 1;
    return organization;
}

bool does(const definition::Post& post, const TaskActivity& task) {
    return task.post.empty()
               ? std::find(post.duties.begin(), post.duties.end(), task.duty) != post.duties.end()
               : task.post == post.id;
}

std::vector<PostId> used_posts(const definition::Organization& organization,
                               const std::vector<std::shared_ptr<const process::Process>>& all) {
    std::vector<PostId> posts;
    for (const auto& post : organization.posts) {
        const auto used = [&](const auto& process) {
            return std::any_of(process->places.begin(), process->places.end(),
                               [&](const process::Place& place) {
                                   const auto* task = std::get_if<TaskActivity>(&place.activity);
                                   return task && does(post, *task);
                               });
        };
        if (std::any_of(all.begin(), all.end(), used)) posts.push_back(post.id);
    }
    return posts;
}

std::vector<std::string> names_of(const std::vector<PostId>& posts) {
    std::vector<std::string> names;
    for (const auto& post : posts) names.push_back(post.text);
    names.emplace_back("(nobody to draw)");
    return names;
}

/// Returns a value for a required field without a given value: sufficient for most checks.
Value any_value(const process::FieldInfo& field, Date today) {
    switch (field.type) {
        case definition::FieldType::string:
            // The format of an identity number, which most checks of texts require.
            return field.values.empty() ? Value(std::string("420600199001011234"))
                                        : Value(field.values.front());
        case definition::FieldType::number:
            return Value(*parse_decimal("1"));
        case definition::FieldType::boolean:
            return Value(true);
        case definition::FieldType::date:
            return Value(today);
        case definition::FieldType::strings:
            return Value(List{});
    }
    return {};
}

}  // namespace

PlayedHall::PlayedHall(const Catalog& catalog, const Scenario& scenario, unsigned replication)
    : catalog_(catalog),
      scenario_(scenario),
      organization_(drawing_from_all(compiled(catalog).organization())),
      draws_(scenario.seed, replication),
      processes_(processes_of(catalog, scenario)),
      posts_(used_posts(organization_, processes_)),
      hours_(hours_of(organization_, HallId(), compiled(catalog).calendar(*processes_.front()),
                      scenario)),
      measure_(hours_, scenario, names_of(posts_)) {
    furnish();
    draw_arrivals();
}

std::size_t PlayedHall::post_of(const PostId& post) const {
    return static_cast<std::size_t>(std::find(posts_.begin(), posts_.end(), post) - posts_.begin());
}

std::size_t PlayedHall::hall_of(const HallId& hall) const {
    const auto& halls = organization_.halls;
    const auto found = std::find_if(halls.begin(), halls.end(),
                                    [&](const definition::Hall& one) { return one.id == hall; });
    return found == halls.end() ? 0 : static_cast<std::size_t>(found - halls.begin()) + 1;
}

std::size_t PlayedHall::queue_of(std::size_t post, std::size_t hall, std::size_t item) const {
    return (post * (organization_.halls.size() + 1) + hall) * processes_.size() + item;
}

void PlayedHall::furnish() {
    const auto queues = posts_.size() * (organization_.halls.size() + 1) * processes_.size();
    queues_.resize(queues);
    at_queue_.resize(queues);
    lines_.push_back(hours_);
    for (const auto& hall : organization_.halls)
        lines_.push_back(hours_of(organization_, hall.id,
                                  compiled(catalog_).calendar(*processes_.front()), scenario_));
    desks_.resize(organization_.officers.size());
    for (std::size_t i = 0; i < desks_.size(); ++i) furnish_desk(i);
    wakes_.resize(static_cast<std::size_t>(scenario_.days) + 1);
    for (std::size_t i = 0; i < processes_.size(); ++i) {
        calendars_.push_back(&compiled(catalog_).calendar(*processes_[i]));
        applications_.push_back(application_of(*processes_[i]));
        windows_.push_back(applications_[i].channel == "window" ? windows_of(i)
                                                                : std::vector<HallId>());
    }
    for (const auto& [id, value] : scenario_.fields)
        if (std::none_of(processes_.begin(), processes_.end(), [&field = id](const auto& process) {
                return process->field(field).has_value();
            }))
            throw SimulationError(fmt::format("no simulated item has a field {}", id.text));
}

void PlayedHall::furnish_desk(std::size_t officer) {
    auto& desk = desks_[officer];
    desk.officer = &organization_.officers[officer];
    desk.hours = &lines_[hall_of(desk.officer->hall)];
    const auto& calendar = compiled(catalog_).calendar(*processes_.front());
    for (int day = 0; day < scenario_.days; ++day) {
        const Date date{scenario_.first.days + day};
        desk.there.push_back(!definition::absent_on(*desk.officer, date) &&
                             !definition::off_shift(organization_, *desk.officer, calendar, date));
    }
    for (const auto& id : desk.officer->posts) {
        const auto post = post_of(id);
        if (post == posts_.size()) continue;
        desk.posts.push_back(post);
        for (std::size_t item = 0; item < processes_.size(); ++item) {
            if (!definition::qualified_for(*desk.officer, scenario_.items[item])) continue;
            desk.queues.push_back(queue_of(post, 0, item));
            if (const auto hall = hall_of(desk.officer->hall); hall != 0)
                desk.queues.push_back(queue_of(post, hall, item));
        }
        for (std::int64_t day = scenario_.warm_up; day < scenario_.days; ++day)
            if (desk.there[static_cast<std::size_t>(day)])
                measure_.present(post, desk.hours->of_day(day));
    }
    for (const auto queue : desk.queues) at_queue_[queue].push_back(officer);
}

OpenCase PlayedHall::application_of(const process::Process& process) const {
    OpenCase application;
    application.item = process.item;
    if (!process.applicants.empty()) application.applicant.kind = process.applicants.front();
    const auto& channels = process.channels;
    if (!channels.empty() &&
        std::find(channels.begin(), channels.end(), "window") == channels.end())
        application.channel = channels.front();
    for (const auto& field : process.fields) {
        const auto given = std::find_if(scenario_.fields.begin(), scenario_.fields.end(),
                                        [&](const auto& entry) { return entry.first == field.id; });
        if (given != scenario_.fields.end())
            application.fields.push_back(*given);
        else if (field.required && !field.initial &&
                 field.origin == definition::FieldOrigin::applicant)
            application.fields.emplace_back(field.id, any_value(field, scenario_.first));
    }
    for (const auto& material : process.materials)
        application.materials.push_back({material.id, MaterialForm::provided});
    return application;
}

std::vector<HallId> PlayedHall::windows_of(std::size_t item) const {
    std::vector<HallId> halls;
    const auto& process = *processes_[item];
    const auto* task = process.task_at(process.start);
    if (task == nullptr) return halls;
    for (const auto& officer : organization_.officers) {
        const auto holds_it = [&](const PostId& id) {
            const auto* post = organization_.post(id);
            return post != nullptr && does(*post, *task);
        };
        if (definition::qualified_for(officer, scenario_.items[item]) &&
            std::any_of(officer.posts.begin(), officer.posts.end(), holds_it))
            halls.push_back(officer.hall);
    }
    return halls;
}

void PlayedHall::draw_arrivals() {
    const auto end = hours_.start_of_day(scenario_.days);
    for (const auto& arrival : scenario_.arrivals)
        if (arrival.at >= hours_.start_of_day(0) && arrival.at < end) arrivals_.push_back(arrival);
    const double a_day = hours_.open_day();
    for (std::size_t item = 0; item < scenario_.rates.size(); ++item) {
        const auto rate = scenario_.rates[item];
        if (rate <= 0) continue;
        if (rate * scenario_.days > 1e8)
            throw SimulationError(
                "more than 100 million arrivals: take fewer days or a lower rate");
        const auto name = number_of(scenario_.items[item].text);
        double open = 0;
        for (std::uint64_t i = 0;; ++i) {
            open += exponential(draws_.unit(Purpose::arrival, name, i, 0), a_day / rate);
            if (open >= static_cast<double>(hours_.total())) break;
            arrivals_.push_back({*hours_.after(static_cast<std::int64_t>(open)), item});
        }
    }
    std::stable_sort(arrivals_.begin(), arrivals_.end(),
                     [](const Arrival& a, const Arrival& b) { return a.at < b.at; });
}

void PlayedHall::plan(Instant at, Next::Kind kind, std::uint32_t which, std::uint32_t serial) {
    next_.push({at, turn_++, kind, which, serial});
}

Run PlayedHall::play() {
    const auto last = hours_.start_of_day(scenario_.days);
    plan(hours_.start_of_day(0), Next::Kind::day);
    std::size_t arrived = 0;
    for (;;) {
        const bool more = arrived < arrivals_.size();
        // A day begins before arrivals at its midnight.
        if (more && (next_.empty() || arrivals_[arrived].at < next_.top().at)) {
            now_ = arrivals_[arrived].at;
            arrive(arrivals_[arrived++]);
        } else {
            if (next_.empty() || next_.top().at >= last) break;
            const auto next = next_.top();
            next_.pop();
            now_ = next.at;
            happen(next);
        }
        ask_around();
    }
    now_ = last;
    end();
    auto run = measure_.finish(last);
    run.stuck = stuck_;
    run.stuck_at = stuck_at_;
    return run;
}

void PlayedHall::happen(const Next& next) {
    switch (next.kind) {
        case Next::Kind::day:
            day_begins(next.which);
            return;
        case Next::Kind::opening:
            for (std::size_t i = 0; i < desks_.size(); ++i) calling_.push_back(i);
            return;
        case Next::Kind::finish:
            if (desks_[next.which].busy && desks_[next.which].serial == next.serial)
                finish(next.which);
            return;
        case Next::Kind::answer:
            answer(next.which);
            return;
        case Next::Kind::wake:
            advance(next.which);
            return;
    }
}

void PlayedHall::day_begins(std::int64_t day) {
    if (day > 0) measure_.day_ends();
    // If several halls open at the same moment, everybody is called once.
    std::set<std::int64_t> openings;
    for (const auto& line : lines_)
        for (const auto opening : line.openings(day)) openings.insert(opening.microseconds);
    for (const auto opening : openings) plan({opening}, Next::Kind::opening);
    plan(hours_.start_of_day(day + 1), Next::Kind::day, static_cast<std::uint32_t>(day + 1));
    const Date today{scenario_.first.days + day};
    for (const auto which : std::exchange(wakes_[static_cast<std::size_t>(day)], {})) {
        if (!cases_[which] || cases_[which]->wake != today) continue;
        cases_[which]->wake.reset();
        advance(which);
    }
    for (std::size_t officer = 0; officer < desks_.size(); ++officer) leave_lying(officer, day);
}

/// If an officer is absent, the engine takes back what was drawn for them, and draws again.
void PlayedHall::leave_lying(std::size_t officer, std::int64_t day) {
    auto& desk = desks_[officer];
    if (desk.there[static_cast<std::size_t>(day)]) return;
    std::set<Cases> left;
    for (const auto& entry : desk.own) left.insert(entry.which);
    if (desk.busy) left.insert(desk.which);
    for (const auto which : left) advance(which);
}

void PlayedHall::end() {
    measure_.day_ends();
    const Date last{scenario_.first.days + scenario_.days};
    for (const auto& played : cases_) {
        if (!played) continue;
        measure_.left_open(played->c.opened, played->c.promised_due, played->c.statutory_due, last);
        // Without the tasks still waiting, an overloaded hall would appear to be fast.
        for (const auto& task : played->tasks)
            if (task.worker == nobody && !task.stuck)
                measure_.started(task.post, task.offered, now_);
    }
    for (const auto& desk : desks_)
        if (desk.busy)
            if (const auto* task = task_of(desk.which, desk.task))
                measure_.worked(task->post, desk.work, desk.start, now_, *desk.hours);
}

Run simulate(const Catalog& catalog, const Scenario& scenario, unsigned replication) {
    return PlayedHall(catalog, scenario, replication).play();
}

}  // namespace workflow::report
