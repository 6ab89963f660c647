// A batch that is killed at any moment, and run again.
//
// WORKFLOW_KILLS (200): how often.  WORKFLOW_SEED: plays a failing run again.

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <map>
#include <random>
#include <thread>

#include "batch/desk.hpp"
#include "support/make_store.hpp"

namespace workflow::testing::kill_test {

using testing::Folder;
using testing::standard_row;

namespace {

constexpr int row_count = 120;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

std::string rows() {
    static const char* const findings[] = {"", "", "", "photo missing", "not ours"};
    static const char* const verdicts[] = {"", "", "return", "", "never", "", "reject"};
    std::string text = testing::standard_header;
    for (int i = 0; i < row_count; ++i)
        text += i % 17 == 9 ? "broken\n"
                            : standard_row(std::to_string(1000 + i), findings[i % 5],
                                           verdicts[i % 7], i % 2 == 0 ? "" : "too late");
    return text;
}

Catalog catalog() {
    auto loaded = Catalog::load(testing::standard_texts());
    return *loaded.catalog;
}

BatchOptions options(unsigned jobs) {
    BatchOptions chosen;
    chosen.rows_a_commit = 4;
    chosen.jobs = jobs;
    return chosen;
}

/// By applicant: how the case stands and how many events it has. The draws differ from run to run,
/// and nothing else may.
using Standing = std::map<std::string, std::string>;

/// Fails the test when an applicant has two cases, or the trail is broken.
Standing standing_of(const Folder& folder) {
    Engine engine(catalog(), make_store(folder.file("hall.db").string()));
    const auto report = engine.administration().verify();
    CHECK(report.intact());
    Standing standing;
    for (const auto& view : engine.reader().cases({})) {
        const auto trail = *engine.reader().trail(view.number);
        const auto& opened = std::get<CaseOpened>(trail.front().what);
        const auto [place, fresh] = standing.try_emplace(
            opened.applicant.person.text,
            view.status + " " + view.steps + " " + std::to_string(number(view.version)));
        CHECK(fresh);
    }
    return standing;
}

/// Rejected rows without the case's number, which holds the day of the run.
std::string reasons(const Folder& folder) {
    return folder.read("script.rejected.csv");
}

/// A process of its own, as the program is one. Never returns.
[[noreturn]] void work_through(const Folder& folder, const Catalog& definitions, unsigned jobs) {
    int code = 1;
    try {
        Engine engine(definitions, make_store(folder.file("hall.db").string()));
        const auto outcome = run_batch(engine, folder.file("script.yaml"), options(jobs));
        code = std::holds_alternative<BatchReport>(outcome) ? 0 : 2;
    } catch (...) {
        code = 3;
    }
    _exit(code);
}

struct Prepared {
    Folder folder;
    Prepared() {
        folder.write("rows.csv", rows());
        folder.write("script.yaml", testing::standard_script);
    }
};

}  // namespace

TEST_CASE("a batch that is killed at any moment loses no row and does none twice") {
    const auto kills = from_environment("WORKFLOW_KILLS", 200);
    const auto seed = from_environment("WORKFLOW_SEED", std::random_device()());
    INFO("WORKFLOW_SEED=" << seed);
    std::mt19937_64 random(seed);
    const auto definitions = catalog();

    Prepared whole;
    const auto began = std::chrono::steady_clock::now();
    {
        Engine engine(definitions, make_store(whole.folder.file("hall.db").string()));
        const auto outcome = run_batch(engine, whole.folder.file("script.yaml"), options(1));
        REQUIRE(std::holds_alternative<BatchReport>(outcome));
        REQUIRE(std::get<BatchReport>(outcome).rejected > 10);
    }
    const auto lasts = std::chrono::duration_cast<std::chrono::microseconds>(
                           std::chrono::steady_clock::now() - began)
                           .count();
    const auto wanted = standing_of(whole.folder);
    const auto wanted_reasons = reasons(whole.folder);
    REQUIRE(wanted.size() > 100);

    std::uint64_t killed = 0, stores = 0;
    while (killed < kills) {
        const Prepared prepared;
        const auto& folder = prepared.folder;
        ++stores;
        // At most so many kills before the store is let be, so that it comes to its end.
        const auto most = 1 + random() % 12;
        for (std::uint64_t on_this = 0;; ++on_this) {
            const auto child = fork();
            REQUIRE(child >= 0);
            if (child == 0) work_through(folder, definitions, random() % 2 == 0 ? 1 : 2);
            int status = 0;
            if (on_this < most && killed < kills) {
                // A resumed run is quicker: half of the moments lie early.
                const auto span = static_cast<std::uint64_t>(lasts) >> (random() % 4);
                std::this_thread::sleep_for(std::chrono::microseconds(random() % (span + 1)));
                kill(child, SIGKILL);
            }
            REQUIRE(waitpid(child, &status, 0) == child);
            if (WIFEXITED(status)) {
                REQUIRE(WEXITSTATUS(status) == 0);
                break;
            }
            REQUIRE(WTERMSIG(status) == SIGKILL);
            ++killed;
            // What is there after a kill is whole, though not all of it.
            if (killed % 8 == 0) CHECK(standing_of(folder).size() <= wanted.size());
        }
        CHECK(standing_of(folder) == wanted);
        CHECK(reasons(folder) == wanted_reasons);
        CHECK(!std::filesystem::exists(folder.file(".script.rejected.csv.workflow-part")));
    }
    WARN(killed << " kills on " << stores << " stores of " << row_count << " rows");
}

}  // namespace workflow::testing::kill_test
