// A ledger kept on paper, entered afterwards, by the example that shows how.

#include "desk.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::paper_ledger_test {

namespace {

const std::filesystem::path example = WORKFLOW_SOURCE_DIR "/examples/paper-ledger";

}  // namespace

TEST_CASE("work on paper is traced as it was done, and what was kept apart wrongly is told") {
    auto loaded = Catalog::load(
        {std::filesystem::path(WORKFLOW_SOURCE_DIR "/definitions"), example / "definitions"});
    for (const auto& finding : loaded.diagnostics) UNSCOPED_INFO(render(finding));
    REQUIRE(loaded.diagnostics.empty());
    const testing::Folder folder;
    Engine engine(*loaded.catalog, open_store(":memory:"));
    BatchOptions options;
    options.rejected = folder.file("rejected.csv").string();
    const auto outcome = run_batch(engine, example / "ledger.yaml", options);
    if (const auto* mistakes = std::get_if<BatchMistakes>(&outcome))
        for (const auto& finding : mistakes->diagnostics) UNSCOPED_INFO(render(finding));
    REQUIRE(std::holds_alternative<BatchReport>(outcome));
    const auto& report = std::get<BatchReport>(outcome);
    using Counts = std::vector<std::pair<std::string, std::uint64_t>>;
    CHECK(report.read == 7);
    CHECK(report.done == 4);
    CHECK(report.rules == Counts{{"field_invalid", 1}, {"not_on_post", 1}, {"separated", 1}});
    const auto rejected = folder.read("rejected.csv");
    CHECK(rejected.find("T-004") != std::string::npos);
    CHECK(rejected.find(",review,separated,") != std::string::npos);
    CHECK(rejected.find(",issue,not_on_post,") != std::string::npos);

    std::map<std::string, int> statuses;
    for (const auto& view : engine.reader().cases({})) {
        ++statuses[view.status];
        const auto trail = *engine.reader().trail(view.number);
        for (const auto& event : trail) {
            CHECK(event.happened < event.recorded);  // entered later, and said to be
            if (const auto* done = std::get_if<TaskCompleted>(&event.what))
                CHECK(event.actor == Actor::of(done->officer));
        }
    }
    CHECK(statuses == std::map<std::string, int>{
                          {"granted", 1}, {"refused", 1}, {"not accepted", 1}, {"open", 3}});
    CHECK(engine.administration().verify().intact());
}

}  // namespace workflow::testing::paper_ledger_test
