// `report officers` over many cases: seconds and memory, beside the goal for a million.
//
//     bench_report [CASES [KEPT.db]]
//
// Makes a store first, unless KEPT.db is there; then reads it twice, each time in a process of its
// own. KEPT.db stays.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "report/compare/compare.hpp"
#include "store/sqlite_store.hpp"
#include "support/made_trail.hpp"

using namespace workflow;
using namespace workflow::testing;
using Clock_ = std::chrono::steady_clock;

namespace {

double since(Clock_::time_point start) {
    return std::chrono::duration<double>(Clock_::now() - start).count();
}

/// Reads in a child, so that its memory is its own.
void measure(const Catalog& catalog, const std::filesystem::path& file) {
    const auto child = fork();
    if (child == 0) {
        const auto store = open_sqlite_store(file);
        const auto start = Clock_::now();
        report::CompareOptions options;
        options.today = *parse_date("2026-12-31");
        const auto report = report::compare(catalog, *store, options);
        const auto seconds = since(start);
        struct rusage used {};
        getrusage(RUSAGE_SELF, &used);
        const auto processor =
            static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
            static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
        std::printf("%llu cases, %llu events: %.2f s (%.2f s of processor), %.0f MB, %zu flags\n",
                    static_cast<unsigned long long>(report.cases),
                    static_cast<unsigned long long>(report.events), seconds, processor,
                    static_cast<double>(used.ru_maxrss) / 1024, report.flags.size());
        std::fflush(stdout);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
}

}  // namespace

int main(int count, char** words) {
    MadeTrail made;
    made.cases = count > 1 ? std::strtoull(words[1], nullptr, 10) : 100'000;
    made.items = 12;
    made.reviewers = 60;
    made.days = 340;
    made.in_pool = [](std::size_t item, std::size_t officer) { return officer % 4 == item % 4; };
    made.pace = [](std::size_t, std::size_t officer) { return officer == 7 ? 4.0 : 2.0; };
    const bool kept = count > 2;
    const auto file = kept ? std::filesystem::path(words[2])
                           : std::filesystem::temp_directory_path() /
                                 ("workflow-bench-report-" + std::to_string(getpid()) + ".db");
    const auto loaded = Catalog::load(made_texts(made.items, made.reviewers));
    if (!loaded.catalog) return 1;
    if (!std::filesystem::exists(file)) {
        const auto start = Clock_::now();
        const auto store = open_sqlite_store(file);
        TrailMaker(made, *loaded.catalog, *store).write();
        std::printf("made in %.0f s, %.0f MB\n", since(start),
                    static_cast<double>(std::filesystem::file_size(file)) / 1e6);
        std::fflush(stdout);
    }
    for (int round = 0; round < 2; ++round) measure(*loaded.catalog, file);
    std::printf("goal at 1,000,000 cases: 3 s, 500 MB\n");
    if (!kept)
        for (const char* more : {"", "-wal", "-shm", "-lock"})
            std::filesystem::remove(file.string() + more);
    return 0;
}
