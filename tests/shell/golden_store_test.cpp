// What an earlier release has written means the same today: tests/golden has a store of each.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <workflow/engine.hpp>

#include "base/text_file.hpp"
#include "process/net.hpp"
#include "shell/catalog_access.hpp"
#include "support/catch.hpp"
#include "support/make_store.hpp"
#include "support/temporary_folder.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::golden_store_test {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> golden_stores() {
    std::vector<fs::path> all;
    for (const auto& entry : fs::directory_iterator(WORKFLOW_SOURCE_DIR "/tests/golden"))
        if (entry.is_directory()) all.push_back(entry.path());
    std::sort(all.begin(), all.end());
    return all;
}

Catalog catalog_of(const fs::path& golden) {
    const auto loaded = Catalog::load({golden / "definitions"});
    for (const auto& one : loaded.diagnostics) UNSCOPED_INFO(one.message);
    REQUIRE(loaded.catalog);
    return *loaded.catalog;
}

std::vector<CaseView> all_cases(Engine& engine) {
    std::vector<CaseView> rows;
    CaseFilter filter;
    for (;;) {
        const auto page = engine.reader().cases(filter);
        if (page.empty()) return rows;
        rows.insert(rows.end(), page.begin(), page.end());
        filter.after = page.back().key;
    }
}

/// Returns one line for each case: status, version, open tasks and fields.
std::string told(Engine& engine) {
    std::ostringstream out;
    for (const auto& row : all_cases(engine)) {
        const auto shown = engine.reader().show(row.number).value();
        out << row.number.text << ' ' << shown.view.status << ' ' << number(shown.view.version);
        for (const auto& task : shown.tasks)
            out << " [" << number(task.task) << ' ' << task.step.text << ' ' << task.holder.text
                << ' ' << (task.due ? to_string(*task.due) : "") << ']';
        for (const auto& [field, value] : shown.fields)
            out << ' ' << field.text << '=' << to_string(value);
        out << '\n';
    }
    return out.str();
}

}  // namespace

TEST_CASE("a store of an earlier release verifies, and its cases stand where they stood") {
    for (const auto& golden : golden_stores()) {
        INFO(golden);
        const TemporaryFolder folder;
        const std::string file = folder / "hall.db";
        fs::copy_file(golden / "hall.sqlite", file);
        Engine engine(catalog_of(golden), make_store(file), {});
        const auto verified = engine.administration().verify();
        CHECK(verified.intact());
        CHECK(verified.cases > 50);
        const auto now = told(engine);
        if (std::getenv("WORKFLOW_APPROVE") != nullptr) std::ofstream(golden / "cases.txt") << now;
        CHECK(now == read_text_file(golden / "cases.txt", 1U << 20));
    }
}

TEST_CASE("the open cases of an earlier release go on to their ends") {
    for (const auto& golden : golden_stores()) {
        INFO(golden);
        const TemporaryFolder folder;
        const std::string file = folder / "hall.db";
        fs::copy_file(golden / "hall.sqlite", file);
        // Late enough for every armed timer.
        Instant now = start_of(*parse_date("2031-12-01"), UtcOffset{480});
        Engine::Options options;
        options.clock = [&] { return now; };
        Engine engine(catalog_of(golden), make_store(file), options);
        const auto open = [&] {
            std::size_t count = 0;
            for (const auto& row : all_cases(engine)) count += row.status == "open";
            return count;
        };
        const auto before = open();
        CHECK(before >= 10);
        const auto fired = engine.advance().timers;
        for (const auto& row : all_cases(engine))
            static_cast<void>(engine.withdraw(row.number, "不办了"));
        for (const auto& row : all_cases(engine))
            for (int act = 0; act < 20; ++act)
                engine.transact([&](Engine::Session& session) {
                    for (const auto& task : session.tasks(row.number)) {
                        const auto officers = session.eligible(row.number, task.task);
                        if (officers.empty()) continue;
                        const auto process = compiled(engine.catalog()).process(row.item);
                        const auto* activity =
                            process->task_at(process->steps[*process->step(task.step)].at);
                        CompleteTask done;
                        done.task = task.task;
                        done.outcome =
                            process
                                ->transitions[activity->outcomes[static_cast<std::size_t>(act) %
                                                                 activity->outcomes.size()]]
                                .outcome;
                        done.reason = "依据材料";
                        static_cast<void>(session.perform(
                            row.number, {done, Actor::of(officers.front()), {}, {}, {}}));
                        return;
                    }
                });
        CHECK(fired > 0);
        CHECK(open() < before / 2);
        CHECK(engine.administration().verify().intact());
    }
}

}  // namespace workflow::testing::golden_store_test
