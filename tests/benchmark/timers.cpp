// A storm of timers: everything that waits falls due at once, as after days of downtime.
//
//     bench_timers [CASES]
//
// The ratio is against the bare floor, which writes the same rows into the same SQLite, in
// alternation; the median of three rounds counts. CASES (100,000) may be 1000000.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include <workflow/workflow.hpp>

#include "../support/make_store.hpp"
#include "../support/standard_item.hpp"
#include "../support/temporary_folder.hpp"
#include "floor.hpp"
#include "recording_store.hpp"

using namespace workflow;
using workflow::benchmark::RecordingStore;
using workflow::testing::standard_application;
using workflow::testing::standard_texts;

namespace {

double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double resident_megabytes(const char* what) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(what)) return std::stod(line.substr(std::string(what).size())) / 1024;
    return 0;
}

/// A hall whose cases all wait for their applicants, until a day on which all of them have lapsed.
class Storm {
public:
    Storm(std::unique_ptr<Store> store, std::size_t cases)
        : engine_(*Catalog::load(standard_texts()).catalog, std::move(store), options()) {
        constexpr std::size_t a_commit = 1000;
        for (std::size_t done = 0; done < cases; done += a_commit)
            engine_.transact([&](Engine::Session& session) {
                for (std::size_t i = done; i < std::min(cases, done + a_commit); ++i)
                    wait(session, i);
            });
    }
    double blow() {
        now_ = *parse_instant("2026-06-30T09:00:00+08:00", {});
        AdvanceReport report;
        const auto seconds = seconds_of([&] { report = engine_.advance(); });
        fired_ = report.timers;
        return seconds;
    }
    [[nodiscard]] std::uint64_t fired() const { return fired_; }

private:
    Engine::Options options() {
        Engine::Options options;
        options.clock = [this] { return now_; };
        return options;
    }
    static void wait(Engine::Session& session, std::size_t i) {
        const auto opened =
            session.open(standard_application(std::to_string(i)), Actor::the_applicant()).value();
        CompleteTask supplement;
        supplement.task = TaskNumber{1};
        supplement.outcome = OutcomeId("supplement");
        (void)session.perform(opened.number, {supplement, Actor::of(OfficerId("lin")), {}, {}, {}})
            .value();
    }

    Instant now_ = *parse_instant("2026-03-02T09:00:00+08:00", {});
    Engine engine_;
    std::uint64_t fired_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    const auto cases = argc > 1 ? std::stoul(argv[1]) : 100'000UL;
    const testing::TemporaryFolder folder;
    int count = 0;
    const auto fresh = [&] { return folder / fmt::format("storm-{}.db", ++count).c_str(); };

    constexpr std::size_t recorded_cases = 50'000, a_commit = 1000;
    std::vector<Change> changes;
    std::size_t before = 0;
    {
        Storm storm(std::make_unique<RecordingStore>(testing::make_store(fresh().string()),
                                                     &changes, nullptr),
                    recorded_cases);
        before = changes.size();
        (void)storm.blow();
    }
    std::vector<double> ratios;
    for (int round = 0; round < 3; ++round) {
        Storm storm(testing::make_store(fresh().string()), recorded_cases);
        const auto own = storm.blow();
        ratios.push_back(own / benchmark::play_floor(fresh(), changes, a_commit, before));
    }
    std::sort(ratios.begin(), ratios.end());
    changes = {};
    const bool good = ratios[1] <= 2;
    fmt::print("{:<58} {:>9.2f}   <= 2       {}\n", "all timers due: engine time / floor time",
               ratios[1], good ? "ok" : "MISSED");
    std::fflush(stdout);

    Storm storm(testing::make_store(fresh().string()), cases);
    const auto resident = resident_megabytes("VmRSS:");
    const auto seconds = storm.blow();
    fmt::print("  {} timers in {:.1f} s: {:.0f} a second; memory grew by {:.0f} MB to {:.0f} MB\n",
               storm.fired(), seconds, static_cast<double>(storm.fired()) / seconds,
               std::max(0.0, resident_megabytes("VmRSS:") - resident),
               resident_megabytes("VmRSS:"));
    return good ? 0 : 1;
}
