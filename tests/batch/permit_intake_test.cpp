// The permit intake of a Dutch municipality, a real log, through the definition modelled on it.

#include <cstdlib>
#include <iostream>
#include <set>

#include "desk.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::permit_intake_test {

namespace {

const std::filesystem::path example = WORKFLOW_SOURCE_DIR "/examples/permit-intake";

/// The log, which is not part of this project; empty where it is not to be had.
std::filesystem::path log_file() {
    const char* given = std::getenv("WORKFLOW_SUITES");
    const auto suites = given ? std::filesystem::path(given)
                              : std::filesystem::path(WORKFLOW_SOURCE_DIR) / "../shared/suites";
    const auto file = suites / "event-logs" / "receipt.xes.gz";
    return std::filesystem::exists(file) ? file : std::filesystem::path();
}

std::unique_ptr<Engine> town_hall() {
    auto loaded = Catalog::load({example / "definitions"});
    for (const auto& finding : loaded.diagnostics) UNSCOPED_INFO(render(finding));
    REQUIRE(loaded.diagnostics.empty());
    return std::make_unique<Engine>(*loaded.catalog, open_store(":memory:"));
}

}  // namespace

TEST_CASE("the definitions of the permit intake load without a finding") {
    CHECK(town_hall()->catalog().items() == std::vector<ItemId>{ItemId("permit.intake")});
}

TEST_CASE("the municipality's own cases run on its own days by its own people") {
    const auto log = log_file();
    if (log.empty()) {
        std::cerr << "skipped: no receipt.xes.gz; set WORKFLOW_SUITES to the folder that holds "
                     "event-logs/\n";
        return;
    }
    const testing::Folder folder;
    const auto engine = town_hall();
    BatchOptions options;
    options.input = log.string();
    options.rejected = folder.file("rejected.csv").string();
    const auto outcome = run_batch(*engine, example / "permit-intake.yaml", options);
    if (const auto* mistakes = std::get_if<BatchMistakes>(&outcome))
        for (const auto& finding : mistakes->diagnostics) UNSCOPED_INFO(render(finding));
    REQUIRE(std::holds_alternative<BatchReport>(outcome));
    const auto& report = std::get<BatchReport>(outcome);

    // Counted in the log by an independent reading of it.
    using Counts = std::vector<std::pair<std::string, std::uint64_t>>;
    CHECK(report.read == 1434);
    CHECK(report.done == 1391);
    CHECK(report.rejected == 43);
    CHECK(report.statuses == Counts{{"granted", 1213}, {"not accepted", 16}, {"open", 162}});
    CHECK(report.rules == Counts{{"separated", 43}});
    const auto rejected = folder.read("rejected.csv");
    const auto count = [&](std::string_view text) {
        std::size_t times = 0;
        for (auto at = rejected.find(text); at != std::string::npos;
             at = rejected.find(text, at + 1))
            ++times;
        return times;
    };
    CHECK(count(",determine-document,separated,") == 23);
    CHECK(count(",determine-report,separated,") == 20);

    // What the officers did in the log, they did here, then and there: 8,477 of 8,577 events; the
    // rest come after what was refused, or have no place in the model.
    std::uint64_t acts = 0;
    std::set<std::string> officers;
    for (CaseFilter page;;) {
        const auto cases = engine->reader().cases(page);
        if (cases.empty()) break;
        page.after = cases.back().key;
        for (const auto& view : cases) {
            const auto trail = engine->reader().trail(view.number);
            for (const auto& event : *trail)
                if (const auto* done = std::get_if<TaskCompleted>(&event.what)) {
                    ++acts;
                    officers.insert(done->officer.text);
                }
        }
    }
    CHECK(acts == 8477);
    CHECK(officers.size() == 48);
    CHECK(engine->administration().verify().intact());
}

}  // namespace workflow::testing::permit_intake_test
