// `next` in a large hall: how long it takes to give an officer his next task, beside the commit,
// when a thousand officers work and a million tasks wait.
//
//     bench_next [TASKS]          1,000,000 when not given; some two minutes and 1 GB in /tmp
//
// Goal: 100 microseconds beside the commit, at the median and for the slowest tenth. All cases are
// of one item, received in ten halls; a hundred officers sit at the windows of each, and every
// tenth application is the officers' own kin's: those are barred from it.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include <workflow/workflow.hpp>

#include "../support/make_store.hpp"
#include "../support/passing_store.hpp"
#include "../support/standard_item.hpp"
#include "floor.hpp"

using namespace workflow;
using Clock_ = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

namespace {

constexpr int halls = 10, officers_a_hall = 100;

std::string officer_name(int hall, int officer) {
    return fmt::format("h{}-o{:02}", hall, officer);
}

std::vector<Catalog::Text> texts() {
    auto all = testing::standard_texts();
    for (auto& text : all) {
        if (text.path != "organization.yaml") continue;
        std::string staff =
            "organization: large\ntitle: 大厅\nposts:\n"
            "  general-window: {duties: [intake]}\n  reviewer: {duties: [review]}\n"
            "  unified-window: {duties: [issue]}\nhalls:\n";
        std::string officers = "officers:\n";
        for (int hall = 0; hall < halls; ++hall) {
            staff += fmt::format("  h{}: 大厅{}\n", hall, hall);
            for (int i = 0; i < officers_a_hall; ++i) {
                const char* post = i < 70   ? "general-window"
                                   : i < 85 ? "reviewer"
                                            : "unified-window";
                officers += fmt::format("  {}: {{name: 某, hall: h{}, posts: [{}]}}\n",
                                        officer_name(hall, i), hall, post);
            }
        }
        text.content = staff + officers;
    }
    return all;
}

/// Tells the time that passes in the store's commits.
class TimedStore final : public testing::PassingStore {
public:
    using PassingStore::PassingStore;
    bool begin() override {
        return timed([&] { return PassingStore::begin(); });
    }
    void commit() override {
        timed([&] {
            PassingStore::commit();
            return true;
        });
    }
    double spent = 0;  ///< microseconds

private:
    template <class Work>
    bool timed(Work work) {
        const auto start = Clock_::now();
        const bool answer = work();
        spent += Microseconds(Clock_::now() - start).count();
        return answer;
    }
};

OpenCase application(std::size_t i) {
    auto one = testing::standard_application("p");
    const auto hall = i % halls;
    one.hall = HallId(fmt::format("h{}", hall));
    one.applicant.person =
        PersonId(i % 10 == 0 ? officer_name(static_cast<int>(hall), static_cast<int>(i / 10 % 70))
                             : fmt::format("p{}", i));
    return one;
}

}  // namespace

int main(int count, char** words) {
    const std::size_t tasks = count > 1 ? std::strtoull(words[1], nullptr, 10) : 1'000'000;
    const auto folder = std::filesystem::temp_directory_path() / "workflow-bench-next";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    auto loaded = Catalog::load(texts());
    if (!loaded.catalog) {
        for (const auto& finding : loaded.diagnostics) fmt::print("{}\n", finding.message);
        return 1;
    }
    auto store = std::make_unique<TimedStore>(testing::make_store((folder / "hall.db").string()));
    auto* const timed = store.get();
    {
        Engine engine(*loaded.catalog, std::move(store));
        for (std::size_t done = 0; done < tasks; done += 2000)
            engine.transact([&](Engine::Session& session) {
                for (std::size_t i = done; i < done + 2000 && i < tasks; ++i)
                    (void)session.open(application(i), Actor::the_applicant()).value();
            });
        std::vector<double> times;
        for (int round = 0; round < 3; ++round)
            for (int hall = 0; hall < halls; ++hall)
                for (int i = 0; i < 70; ++i) {
                    const OfficerId officer(officer_name(hall, i));
                    timed->spent = 0;
                    const auto start = Clock_::now();
                    const auto task = engine.next(officer).value();
                    times.push_back(Microseconds(Clock_::now() - start).count() - timed->spent);
                    CompleteTask done;
                    done.task = task.task;
                    done.outcome = OutcomeId("accept");
                    (void)engine.complete(task.number, done, officer);
                }
        std::sort(times.begin(), times.end());
        const auto at = [&](double share) {
            return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
        };
        fmt::print(
            "{} officers, {} open tasks: next takes {:.0f} us beside the commit (median), "
            "{:.0f} us at nine tenths, {:.0f} us at most; goal 100\n",
            halls * officers_a_hall, tasks, at(0.5), at(0.9), times.back());
    }
    std::filesystem::remove_all(folder);
}
