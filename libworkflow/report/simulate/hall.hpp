#pragma once

/// The simulated hall: open cases, who works on what, and what comes next.

#include <deque>
#include <memory>
#include <queue>
#include <vector>

#include "../../definition/organization.hpp"
#include "../../engine/case_state.hpp"
#include "../../process/net.hpp"
#include "draws.hpp"
#include "hours.hpp"
#include "measure.hpp"

namespace workflow::report {

/// One replication of a scenario. The engine's `decide` and `apply` determine what happens in a
/// case; the hall only determines when, and which officer takes which task: their own that waits
/// longest, else the longest-waiting one at their posts, as the engine's `next` does.
class PlayedHall {
public:
    PlayedHall(const Catalog& catalog, const Scenario& scenario, unsigned replication);
    Run play();

private:
    using Cases = std::uint32_t;
    static constexpr std::size_t nobody = static_cast<std::size_t>(-1);

    struct OpenTask {
        TaskNumber number{};
        process::PlaceIndex place = process::none;
        std::size_t post = nobody;  ///< whose queue counts it; none yet if it is drawn
        Instant offered;
        std::size_t worker = nobody;  ///< who works on it now
        bool stuck = false;
    };
    struct Visit {
        process::PlaceIndex place = process::none;
        std::uint32_t times = 0;
    };
    struct Played {
        engine::Case c;
        std::size_t item = 0;
        std::vector<OpenTask> tasks;
        std::vector<Visit> visits;
        std::optional<Date> wake;  ///< the day for which it is in `wakes_`
        std::uint32_t commands = 0, answers = 0;
        bool answering = false;  ///< the applicant's answer is on its way
    };
    /// A task that waits, and since when.
    struct Waiting {
        Instant offered;
        Cases which = 0;
        TaskNumber task{};
    };
    struct Desk {
        const definition::Officer* officer = nullptr;
        std::vector<std::size_t> posts, queues;
        std::deque<Waiting> own;           ///< drawn for the officer, or handed to them
        std::vector<bool> there;           ///< by day, whether they are present
        const OpenHours* hours = nullptr;  ///< of their hall
        bool busy = false;
        std::uint32_t serial = 0;  ///< of what they work on
        Cases which = 0;
        TaskNumber task{};
        Instant idle_since, start;
        std::int64_t work = 0;
    };
    struct Next {
        enum class Kind : std::uint8_t { day, opening, finish, answer, wake };
        Instant at;
        std::uint64_t turn = 0;
        Kind kind = Kind::day;
        std::uint32_t which = 0, serial = 0;
        friend bool operator<(const Next& a, const Next& b) {
            return a.at != b.at ? a.at > b.at : a.turn > b.turn;  // the earliest on top
        }
    };

    void furnish();
    void furnish_desk(std::size_t officer);
    OpenCase application_of(const process::Process& process) const;
    std::vector<HallId> windows_of(std::size_t item) const;
    void draw_arrivals();
    void plan(Instant at, Next::Kind kind, std::uint32_t which = 0, std::uint32_t serial = 0);
    void happen(const Next& next);
    void day_begins(std::int64_t day);
    void arrive(const Arrival& arrival);
    void finish(std::size_t officer);
    void leave_lying(std::size_t officer, std::int64_t day);
    void advance(Cases which);
    void answer(Cases which);
    void end();

    /// Decides and applies; returns false if it is refused, because of `refusal_`.
    bool perform(Cases which, const Command& command);
    void follow(Cases which, const Event& event);
    void settle(Cases which);
    void offered(Cases which, const TaskOffered& offered);
    void hold(Cases which, TaskNumber number, const OfficerId& officer);
    void closed(Cases which, TaskNumber number);
    void ask_around();

    bool at_work(std::size_t officer) const;
    void seek_work(std::size_t officer);
    bool take_own(std::size_t officer);
    bool take_from_queues(std::size_t officer);
    void begin(std::size_t officer, Cases which, OpenTask& task);
    std::optional<Instant> finished_at(std::size_t officer, std::int64_t work) const;
    void stop(std::size_t officer);
    void end_task(std::size_t officer, Cases which, TaskNumber task);
    std::optional<TransitionIndex> choose(Cases which, process::PlaceIndex place,
                                          std::span<const TransitionIndex> refused) const;
    OpenTask* task_of(Cases which, TaskNumber number);
    /// Returns the task if `holder` can still take it (an empty name: if nobody holds it).
    OpenTask* waiting(const Waiting& entry, const OfficerId& holder);
    std::size_t officer_of(const OfficerId& id) const;
    std::size_t queue_of(std::size_t post, std::size_t hall, std::size_t item) const;
    std::size_t hall_of(const HallId& hall) const;
    std::size_t post_of(const PostId& post) const;
    const process::Process& process_of(Cases which) const {
        return *processes_[cases_[which]->item];
    }
    Duration service_of(const StepId& step) const;
    static std::uint32_t visits(const Played& played, process::PlaceIndex place);

    const Catalog& catalog_;
    const Scenario& scenario_;
    const definition::Organization organization_;  ///< draws from every officer who is present
    Draws draws_;
    std::vector<std::shared_ptr<const process::Process>> processes_;
    std::vector<const WorkingDays*> calendars_;
    std::vector<OpenCase> applications_;
    std::vector<std::vector<HallId>> windows_;  ///< of each item: the hall of each officer who
                                                ///< could take a case up first
    std::vector<PostId> posts_;                 ///< that the items' tasks use
    OpenHours hours_;               ///< the organization's: what arrivals and waits are counted in
    std::vector<OpenHours> lines_;  ///< the hours of no hall, and of each
    HallMeasure measure_;
    std::vector<Desk> desks_;  ///< by officer
    std::vector<std::deque<Waiting>> queues_;
    std::vector<std::vector<std::size_t>> at_queue_;  ///< officers, by queue
    std::vector<std::size_t> called_;                 ///< queues with something new
    std::vector<std::size_t> calling_;                ///< officers with something new of their own
    std::vector<std::size_t> passed_over_;  ///< by queue of the officer who looks for work
    std::vector<std::unique_ptr<Played>> cases_;
    std::vector<std::vector<Cases>> wakes_;  ///< by day
    std::vector<Arrival> arrivals_;
    std::priority_queue<Next> next_;
    std::uint64_t turn_ = 0;
    Instant now_;
    std::optional<Refusal> refusal_;
    std::uint64_t stuck_ = 0;
    std::string stuck_at_;
};

}  // namespace workflow::report
