// What every store promises about the order of all events. See workflow/ports.hpp.

#include <limits>

#include "contract/stores.hpp"

namespace workflow::testing::order_test {

namespace {

constexpr auto all = std::numeric_limits<std::int64_t>::min();

std::string order(Store& store, std::int64_t after = all, std::size_t limit = 100) {
    std::string text;
    store.events_after(after, [&](const EventPlace& place) {
        text += std::to_string(place.position) + ":" +
                std::to_string(static_cast<std::int64_t>(place.case_key)) + "/" +
                std::to_string(place.sequence) + " ";
        CHECK(place.hash == digest_of(static_cast<std::uint64_t>(place.case_key), place.sequence));
        return --limit > 0;
    });
    return text;
}

}  // namespace

TEST_CASE("events stand in the order in which they were appended, over all cases") {
    ON_EVERY_STORE(store);
    CHECK(order(*store).empty());
    auto first = open_case(*store, "a-1", [](Change& change) { add_events(change, 1); });
    const auto second = open_case(*store, "a-2");
    write(*store, {going_on(first, 2), going_on(second)});
    CHECK(order(*store) == "1:1/1 2:1/2 3:2/1 4:1/3 5:1/4 6:2/2 ");
    CHECK(order(*store, 0) == order(*store));
    CHECK(order(*store, 4) == "5:1/4 6:2/2 ");
    CHECK(order(*store, 6).empty());
    CHECK(order(*store, all, 2) == "1:1/1 2:1/2 ");
    // Reading can be broken off and begun anew.
    CHECK_THROWS_AS(
        store->events_after(all, [](const EventPlace&) -> bool { throw std::logic_error("no"); }),
        std::logic_error);
    CHECK(order(*store, 5) == "6:2/2 ");
}

TEST_CASE("what is rolled back takes its places with it") {
    ON_EVERY_STORE(store);
    const auto row = open_case(*store, "a-1");
    store->begin();
    store->append(going_on(row, 3));
    CHECK(order(*store) == "1:1/1 2:1/2 3:1/3 4:1/4 ");
    store->rollback();
    CHECK(order(*store) == "1:1/1 ");
    write(*store, {going_on(row)});
    CHECK(order(*store) == "1:1/1 2:1/2 ");
}

}  // namespace workflow::testing::order_test
