// What is held in memory whole has a bound of rows, told with the line that passes it.

#include "batch/input.hpp"
#include "calendar/local_clock.hpp"
#include "report/conform/foreign_log.hpp"
#include "report/office.hpp"
#include "report/reconcile/reconcile.hpp"
#include "support/catch.hpp"
#include "support/make_store.hpp"

namespace workflow::testing::bounds_test {

using testing::Office;

namespace {

std::string rows(const char* head, const char* row, int count) {
    std::string text = head;
    while (count-- > 0) text += row;
    return text;
}

}  // namespace

TEST_CASE("a ledger has at most so many rows") {
    const Office office;
    const auto store = make_store(office.path("other.db"));
    report::LedgerOptions options;
    CHECK(options.most_rows == bounds::ledger_rows);
    options.most_rows = 3;
    const auto compare = [&](int count) {
        std::ofstream(office.path("ledger.csv")) << rows("case\n", "x\n", count);
        return report::reconcile(office.catalog, *store, office.path("ledger.csv"), options).rows;
    };
    CHECK(compare(3) == 3);
    CHECK_THROWS_WITH(compare(4), Catch::Contains("ledger.csv:5: the ledger has more than 3 rows"));
}

TEST_CASE("an event log in CSV has at most so many events") {
    const Office office;
    const auto read = [&](int count) {
        std::ofstream(office.path("log.csv"))
            << rows("case,activity,time\n", "a,intake,2026-03-02\n", count);
        std::size_t deeds = 0;
        report::read_foreign_log(
            office.path("log.csv"), LocalClock(UtcOffset{480}),
            [&](const report::ForeignCase& found) { deeds += found.deeds.size(); }, 3);
        return deeds;
    };
    CHECK(read(3) == 3);
    CHECK_THROWS_WITH(read(4), Catch::Contains("log.csv:5: a log in CSV has at most 3 events"));
}

}  // namespace workflow::testing::bounds_test
