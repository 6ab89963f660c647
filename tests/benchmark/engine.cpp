// The engine against the bare floor: the same SQLite, rows, indexes and hash chain, and nothing
// else.
//
//     bench_engine [--million] [--workflow PATH --item FILE]
//
// Every figure is a ratio within this run, measured in alternation; the median of the rounds
// counts.

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>
#include <workflow/workflow.hpp>

#include "../support/make_store.hpp"
#include "../support/standard_item.hpp"
#include "floor.hpp"
#include "recording_store.hpp"

using namespace workflow;
using workflow::benchmark::RecordingStore;
using Seconds = std::chrono::duration<double>;
using workflow::testing::standard_application;
using workflow::testing::standard_texts;

namespace {

double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return Seconds(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

class Folder {
public:
    Folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "workflow-bench-XXXXXX").string();
        path_ = mkdtemp(pattern.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    std::filesystem::path fresh(const char* name) {
        return path_ / fmt::format("{}-{}.db", name, ++count_);
    }

private:
    std::filesystem::path path_;
    int count_ = 0;
};

const Catalog& catalog() {
    static const Catalog loaded = *Catalog::load(standard_texts()).catalog;
    return loaded;
}

/// The next command of a standard case, given what the last one answered.
std::optional<Command> next_command(const Answer& answer) {
    for (auto event = answer.events.rbegin(); event != answer.events.rend(); ++event) {
        const auto* offered = std::get_if<TaskOffered>(&event->what);
        if (!offered) continue;
        CompleteTask completion;
        completion.task = offered->task;
        OfficerId by;
        if (offered->step.text == "intake") {
            completion.outcome = OutcomeId("accept");
            by = OfficerId("lin");
        } else if (offered->step.text == "issue") {
            completion.outcome = OutcomeId("deliver");
            by = OfficerId("wang");
        } else {
            completion.outcome = OutcomeId("approve");
            for (const auto& other : answer.events)
                if (const auto* drawn = std::get_if<TaskDrawn>(&other.what)) by = drawn->officer;
        }
        return Command{completion, Actor::of(by), {}, {}, {}};
    }
    return {};
}

Command application(std::size_t i) {
    return {standard_application(std::to_string(i)), Actor::the_applicant(), {}, {}, {}};
}

struct Verdict {
    int failed = 0;
    void ratio(const char* what, double measured, double limit, bool at_least = false) {
        const bool good = at_least ? measured >= limit : measured <= limit;
        failed += good ? 0 : 1;
        fmt::print("{:<58} {:>9.2f}   {} {:<7} {}\n", what, measured, at_least ? ">=" : "<=", limit,
                   good ? "ok" : "MISSED");
        std::fflush(stdout);
    }
    static void note(const std::string& text) {
        fmt::print("  {}\n", text);
        std::fflush(stdout);
    }
};

double one_by_one(Engine& engine, std::size_t cases) {
    return seconds_of([&] {
        for (std::size_t i = 0; i < cases; ++i) {
            auto answer = engine.perform({}, application(i)).value();
            while (auto command = next_command(answer))
                answer = engine.perform(answer.number, *command).value();
        }
    });
}

double in_batches(Engine& engine, std::size_t cases, std::size_t a_commit) {
    return seconds_of([&] {
        for (std::size_t done = 0; done < cases; done += a_commit)
            engine.transact([&](Engine::Session& session) {
                for (std::size_t i = done; i < std::min(cases, done + a_commit); ++i) {
                    auto answer = session.perform({}, application(i)).value();
                    while (auto command = next_command(answer))
                        answer = session.perform(answer.number, *command).value();
                }
            });
    });
}

/// `callers` threads, each with `flight` commands under way at any time; a caller sends a case's
/// next command when the last one has been answered.
double in_flight(Engine& engine, std::size_t callers, std::size_t flight, std::size_t cases) {
    return seconds_of([&] {
        std::vector<std::thread> threads;
        for (std::size_t t = 0; t < callers; ++t)
            threads.emplace_back([&, t] {
                std::mutex mutex;
                std::condition_variable arrived;
                std::vector<Answer> answers;
                const auto answered = [&](Expected<Answer> answer,
                                          const std::exception_ptr& failure) {
                    if (failure || !answer) std::abort();
                    const std::lock_guard lock(mutex);
                    answers.push_back(std::move(answer).value());
                    if (answers.size() == 1) arrived.notify_one();
                };
                const std::size_t own = cases / callers;
                std::size_t opened = 0, ended = 0;
                for (; opened < std::min(flight, own); ++opened)
                    engine.submit({}, application(t * own + opened), answered);
                while (ended < own) {
                    std::vector<Answer> now;
                    {
                        std::unique_lock lock(mutex);
                        arrived.wait(lock, [&] { return !answers.empty(); });
                        now.swap(answers);
                    }
                    for (const auto& answer : now) {
                        if (auto command = next_command(answer)) {
                            engine.submit(answer.number, std::move(*command), answered);
                        } else {
                            ++ended;
                            if (opened < own)
                                engine.submit({}, application(t * own + opened++), answered);
                        }
                    }
                }
                engine.drain();
            });
        for (auto& thread : threads) thread.join();
    });
}

/// What `work` writes, in the order it writes it: rows of many cases under way at once lie
/// otherwise than those of one case after the other, for the floor as for the engine.
std::vector<Change> record(Folder& folder, const std::function<void(Engine&)>& work) {
    std::vector<Change> changes;
    Engine engine(catalog(), std::make_unique<RecordingStore>(
                                 testing::make_store(folder.fresh("record")), &changes, nullptr));
    work(engine);
    return changes;
}

void durable_figures(Verdict& verdict, Folder& folder) {
    constexpr std::size_t few = 300, many = 10'000, rounds = 5;
    const auto changes = record(folder, [](Engine& engine) { in_batches(engine, many, 1000); });
    const auto flown = record(folder, [](Engine& engine) { in_flight(engine, 4, 25, many); });
    const std::size_t commands = changes.size() / many;
    const std::span few_changes(changes.data(), few * commands);
    std::size_t events = 0;
    for (const auto& change : few_changes) events += change.events.size();
    Verdict::note(fmt::format("standard case: {} commands, {} events", commands, events / few));

    std::vector<double> single, batch, anchored, verified, sealed, group, gain, lone;
    double single_rate = 0, group_rate = 0, batch_rate = 0, floor_rate = 0, group_size = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        double own = 0, bare = 0;
        {
            Engine engine(catalog(), testing::make_store(folder.fresh("single")));
            own = one_by_one(engine, few);
        }
        bare = benchmark::play_floor(folder.fresh("floor"), few_changes, 1);
        single.push_back(own / bare);
        const double one_rate = few / own;
        single_rate = std::max(single_rate, one_rate);

        double taking = 0;
        {
            const auto file = folder.fresh("batch");
            Engine engine(catalog(), testing::make_store(file));
            own = in_batches(engine, many, 1000);
            const auto store = testing::make_store(file);
            const auto signer = pem_signer("bench", new_signing_key(system_entropy()));
            taking = seconds_of(
                [&] { (void)take_checkpoint(*store, signer, system_clock()(), {}, nullptr); });
            TrailReport report;
            const auto verifying = seconds_of([&] { report = engine.administration().verify(); });
            verified.push_back(static_cast<double>(report.events) / verifying / 1e6);
        }
        bare = benchmark::play_floor(folder.fresh("floor"), changes, 1000 * commands);
        batch.push_back(own / bare);
        anchored.push_back((own + taking) / bare);
        {
            // Each case of another person, so that each makes a key.
            Engine::Options options;
            options.vault.emplace();
            Engine engine(catalog(), testing::make_store(folder.fresh("vault")),
                          std::move(options));
            sealed.push_back(in_batches(engine, many, 1000) / own);
        }
        batch_rate = std::max(batch_rate, many / own);
        floor_rate = std::max(floor_rate, many / bare);

        std::uint64_t commits = 0;
        {
            Engine engine(catalog(),
                          std::make_unique<RecordingStore>(
                              testing::make_store(folder.fresh("group")), nullptr, &commits));
            own = in_flight(engine, 4, 25, many);
        }
        group_size = static_cast<double>(changes.size()) / static_cast<double>(commits);
        bare = benchmark::play_floor(folder.fresh("floor"), flown,
                                     static_cast<std::size_t>(group_size + 0.5));
        group.push_back(own / bare);
        group_rate = std::max(group_rate, many / own);
        gain.push_back(many / own / one_rate);
        {
            Engine engine(catalog(), testing::make_store(folder.fresh("lone")));
            own = in_flight(engine, 1, 100, many);
        }
        lone.push_back(own / bare);
    }
    verdict.ratio("one commit a command: engine time / floor time", median(single), 1.15);
    Verdict::note(fmt::format("{:.0f} cases/s", single_rate));
    verdict.ratio("1,000 cases a commit: engine time / floor time", median(batch), 1.5);
    Verdict::note(fmt::format("{:.0f} cases/s, floor {:.0f}", batch_rate, floor_rate));
    verdict.ratio("the same, then the tree and a checkpoint", median(anchored), 1.5);
    Verdict::note(fmt::format("with a vault {:.2f} times the time of without one", median(sealed)));
    verdict.ratio("trail verify: million events a second", median(verified), 1, true);
    verdict.ratio("100 commands in flight: rate / one-by-one rate", median(gain), 5, true);
    verdict.ratio("100 in flight from 4 threads: engine time / floor time", median(group), 1.3);
    verdict.ratio("100 in flight from 1 thread: engine time / floor time", median(lone), 1.3);
    Verdict::note(fmt::format("{:.0f} cases/s, {:.1f} commands a commit", group_rate, group_size));
}

/// Median seconds of `next` for one clerk among `cases` open cases.
double next_among(std::size_t cases, Folder& folder) {
    Engine engine(catalog(), testing::make_store(folder.fresh("next")));
    for (std::size_t done = 0; done < cases; done += 1000)
        engine.transact([&](Engine::Session& session) {
            for (std::size_t i = 0; i < 1000; ++i)
                (void)session.perform({}, application(done + i)).value();
        });
    std::vector<double> times;
    for (int i = 0; i < 400; ++i) {
        std::optional<TaskView> task;
        times.push_back(seconds_of([&] { task = engine.next(OfficerId("lin")).value(); }));
        CompleteTask completion;
        completion.task = task->task;
        completion.outcome = OutcomeId("accept");
        (void)engine.complete(task->number, completion, OfficerId("lin")).value();
    }
    return median(times);
}

double resident_megabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

/// Runs `work` in a process of its own and hands back the two numbers it answers.
std::pair<double, double> apart(const std::function<std::pair<double, double>()>& work) {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    const auto child = fork();
    if (child == 0) {
        const auto numbers = work();
        if (write(ends[1], &numbers, sizeof numbers) != sizeof numbers) _exit(1);
        _exit(0);
    }
    close(ends[1]);
    std::pair<double, double> numbers{0, 0};
    if (read(ends[0], &numbers, sizeof numbers) != sizeof numbers) std::abort();
    close(ends[0]);
    waitpid(child, nullptr, 0);
    return numbers;
}

void open_case_figures(Verdict& verdict, Folder& folder, bool million) {
    const std::size_t many = million ? 1'000'000 : 100'000;
    const auto measure = [&](std::size_t cases) {
        return apart([&] {
            const auto seconds = next_among(cases, folder);
            return std::pair{seconds, resident_megabytes()};
        });
    };
    const auto small = measure(10'000);
    const auto large = measure(many);
    verdict.ratio(fmt::format("next among {} open cases / among 10,000", many).c_str(),
                  large.first / small.first, 1.3);
    Verdict::note(fmt::format("{:.0f} us and {:.0f} us, commit included", large.first * 1e6,
                              small.first * 1e6));
    verdict.ratio(fmt::format("memory with {} open cases, MB", many).c_str(), large.second, 100);
}

void start_figures(Verdict& verdict, Folder& folder, const std::string& program,
                   const std::string& item) {
    std::vector<double> cold;
    for (int i = 0; i < 21; ++i)
        cold.push_back(apart([&] {
                           return std::pair{seconds_of([&] {
                                                const auto loaded = Catalog::load(standard_texts());
                                                Engine engine(*loaded.catalog,
                                                              open_store(":memory:"));
                                            }),
                                            0.0};
                       }).first);
    verdict.ratio("cold start: catalog of one item and engine, ms", median(cold) * 1e3, 5);
    const auto file = folder.fresh("start");
    { const Engine engine(catalog(), testing::make_store(file)); }
    cold.clear();
    for (int i = 0; i < 21; ++i)
        cold.push_back(
            seconds_of([&] { const Engine engine(catalog(), testing::make_store(file)); }));
    Verdict::note(fmt::format("opening an existing SQLite store: {:.2f} ms", median(cold) * 1e3));
    if (program.empty()) return;
    std::vector<double> whole;
    for (int i = 0; i < 21; ++i)
        whole.push_back(seconds_of([&] {
            const auto child = fork();
            if (child == 0) {
                if (!std::freopen("/dev/null", "w", stdout)) _exit(1);
                execl(program.c_str(), program.c_str(), "validate", item.c_str(), nullptr);
                _exit(127);
            }
            int status = 0;
            waitpid(child, &status, 0);
            if (status != 0) std::abort();
        }));
    verdict.ratio("workflow validate of one item, whole process, ms", median(whole) * 1e3, 20);
}

}  // namespace

int main(int argc, char** argv) {
    bool million = false;
    std::string program, item;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--million") million = true;
        if (argument == "--workflow" && i + 1 < argc) program = argv[++i];
        if (argument == "--item" && i + 1 < argc) item = argv[++i];
    }
    Folder folder;
    Verdict verdict;
    start_figures(verdict, folder, program, item);
    // Before what fills this process's memory: the children that are measured inherit it.
    open_case_figures(verdict, folder, million);
    durable_figures(verdict, folder);
    return verdict.failed == 0 ? 0 : 1;
}
