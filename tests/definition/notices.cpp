// Several notices for one year: which of them holds.

#include <catch2/catch.hpp>

#include "definition/loader.hpp"

namespace workflow::testing::notices_test {

using namespace workflow::definition;

namespace {

const Text first{"first.yaml",
                 "calendar: china\nyear: 2020\nissued: 2019-11-21\n"
                 "holidays: [2020-01-24]\n"};
const Text longer{"longer.yaml",
                  "calendar: china\nyear: 2020\nissued: 2020-01-26\n"
                  "holidays: [2020-01-24, 2020-01-31]\n"};
const Text same_day{"same-day.yaml",
                    "calendar: china\nyear: 2020\nissued: 2020-01-26\n"
                    "revision: 2\nholidays: [2020-01-31]\n"};

std::vector<Date> holidays(const std::vector<Text>& texts) {
    Sources sources;
    DiagnosticSink findings(sources);
    auto loaded = load(texts, sources, findings);
    REQUIRE(findings.errors() == 0);
    REQUIRE(loaded.calendars.size() == 1);
    return loaded.calendars.front().notice.holidays;
}

}  // namespace

TEST_CASE("of several notices for a year the last one issued holds, however the files lie") {
    const std::vector<Date> lengthened{*date_of(2020, 1, 24), *date_of(2020, 1, 31)};
    CHECK(holidays({first, longer}) == lengthened);
    CHECK(holidays({longer, first}) == lengthened);
}

TEST_CASE("of notices of one day the higher revision holds") {
    const std::vector<Date> mended{*date_of(2020, 1, 31)};
    CHECK(holidays({first, same_day, longer}) == mended);
    CHECK(holidays({same_day, longer, first}) == mended);
}

}  // namespace workflow::testing::notices_test
