// What the cases of one person and item leave to the next one, and the store's own secret for
// draws.

#include <catch2/catch.hpp>

#include "contract/stores.hpp"
#include "crypto/digest.hpp"

namespace workflow::testing::matters_test {

TEST_CASE("a matter keeps the day of its first case since it was decided, and how often it was") {
    ON_EVERY_STORE(store);
    const auto matter = sha256("chen, card"), other = sha256("wu, card");
    const Date monday{20'000}, tuesday{20'001};
    CHECK_FALSE(store->matter(matter));
    const auto row = open_case(*store, "a-1", [&](Change& change) {
        change.matters = {{matter, monday}, {other, tuesday}};
    });
    CHECK(store->matter(matter) == MatterRow{matter, monday, 0});
    open_case(*store, "a-2", [&](Change& change) { change.matters = {{matter, tuesday}}; });
    CHECK(store->matter(matter) == MatterRow{matter, monday, 0});
    auto decided = going_on(row);
    decided.matters = {{matter, {}}};
    store->begin();
    store->append(decided);
    CHECK(store->matter(matter) == MatterRow{matter, {}, 1});
    store->rollback();
    CHECK(store->matter(matter) == MatterRow{matter, monday, 0});
    write(*store, {decided});
    open_case(*store, "a-3", [&](Change& change) { change.matters = {{matter, tuesday}}; });
    CHECK(store->matter(matter) == MatterRow{matter, tuesday, 1});

    const auto first = store->matters({}, 1);
    REQUIRE(first.size() == 1);
    const auto rest = store->matters(first.front().matter, 10);
    REQUIRE(rest.size() == 1);
    CHECK(first.front().matter.bytes < rest.front().matter.bytes);
    CHECK(store->matters(rest.front().matter, 10).empty());
}

TEST_CASE("a store keeps one secret for draws, with the unit of work that makes it") {
    ON_EVERY_STORE(store);
    CHECK_FALSE(store->draw_key());
    store->begin();
    store->put_draw_key(sha256("lost"));
    store->rollback();
    CHECK_FALSE(store->draw_key());
    store->begin();
    store->put_draw_key(sha256("kept"));
    store->commit();
    CHECK(store->draw_key() == sha256("kept"));
    store->begin();
    CHECK_THROWS_AS(store->put_draw_key(sha256("another")), StoreError);
    store->rollback();
    CHECK(store->draw_key() == sha256("kept"));
}

}  // namespace workflow::testing::matters_test
