// What every store promises about units of work and appending. See workflow/ports.hpp.

#include "contract/stores.hpp"

namespace workflow::testing::writing_test {

TEST_CASE("a committed change reads back as it was written") {
    ON_EVERY_STORE(store);
    Digest definition = digest_of(99);
    store->begin();
    auto change = opening(store->new_case(), "420714001000-20260302-000001", 3);
    change.row.steps = "opinions survey";
    change.row.statutory_due = Date{20530};
    change.row.promised_due = Date{20520};
    change.row.wake = Date{-3};
    change.events[1].body = std::string("\0\xff\x80 社保\0", 12);
    change.request = CommandKey("row-1");
    auto task = held_task(change.row.key, 1, "lin", 5);
    task.barred = " zhao 钱进 ";
    task.due = Date{20510};
    change.put = {task, waiting_task(change.row.key, 2, "reviewer", "", 6)};
    store->publish(definition, "item: a\n社保");
    store->append(change);
    store->commit();

    const auto row = store->find(change.row.number);
    REQUIRE(row);
    CHECK(same(*row, change.row));
    CHECK(same(*store->find(change.row.key), change.row));
    const auto events = store->events(change.row.key);
    REQUIRE(events.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(events[i].case_key == change.row.key);
        CHECK(events[i].sequence == i + 1);
        CHECK(events[i].body == change.events[i].body);
        CHECK(events[i].hash == change.events[i].hash);
    }
    CHECK(store->tasks_of(change.row.key) == change.put);
    const auto request = store->request(CommandKey("row-1"));
    REQUIRE(request);
    CHECK(request->case_key == change.row.key);
    CHECK(request->version == 3);
    CHECK(store->published(definition) == "item: a\n社保");
}

TEST_CASE("what is not there is answered with nothing") {
    ON_EVERY_STORE(store);
    CHECK_FALSE(store->find(CaseNumber("a-1")));
    CHECK_FALSE(store->find(CaseKey{1}));
    CHECK_FALSE(store->request(CommandKey("row-1")));
    CHECK_FALSE(store->published(digest_of(1)));
    CHECK_FALSE(store->last_number(""));
    CHECK_FALSE(store->next_held(OfficerId("lin")));
    CHECK(store->events(CaseKey{1}).empty());
    CHECK(store->tasks_of(CaseKey{1}).empty());
    CHECK(store->cases({}).empty());
    CHECK(store->tasks({}).empty());
    CHECK(store->due(Date{99999}, {}, 10).empty());
}

TEST_CASE("a unit of work sees its own writes") {
    ON_EVERY_STORE(store);
    store->begin();
    auto change = opening(store->new_case(), "a-1");
    change.put = {waiting_task(change.row.key, 1, "window", "", 1)};
    change.request = CommandKey("k");
    store->append(change);
    auto more = going_on(change.row);
    more.removed = {TaskNumber{1}};
    more.put = {held_task(change.row.key, 2, "lin", 2)};
    store->append(more);
    store->publish(digest_of(1), "text");
    CHECK(store->find(CaseNumber("a-1"))->version == 2);
    CHECK(store->events(change.row.key).size() == 2);
    CHECK(store->tasks_of(change.row.key) == more.put);
    CHECK(store->next_held(OfficerId("lin")) == more.put[0]);
    CHECK(store->request(CommandKey("k")));
    CHECK(store->published(digest_of(1)));
    CHECK(store->last_number("a-") == CaseNumber("a-1"));
    store->commit();
    CHECK(store->find(CaseNumber("a-1"))->version == 2);
}

TEST_CASE("a unit of work that is rolled back leaves nothing") {
    ON_EVERY_STORE(store);
    const auto old = open_case(*store, "a-1", [](Change& change) {
        change.row.wake = Date{5};
        change.put = {waiting_task(change.row.key, 1, "window", "", 1),
                      held_task(change.row.key, 2, "lin", 1)};
    });
    const auto before = contents(*store);

    store->begin();
    auto change = opening(store->new_case(), "a-2");
    change.request = CommandKey("k");
    change.row.wake = Date{4};
    change.put = {waiting_task(change.row.key, 1, "window", "", 0)};
    store->append(change);
    auto more = going_on(old);
    more.row.wake.reset();
    more.removed = {TaskNumber{1}};
    more.put = {held_task(old.key, 2, "sun", 1)};
    store->append(more);
    store->publish(digest_of(1), "text");
    store->rollback();

    CHECK(contents(*store) == before);
    CHECK_FALSE(store->request(CommandKey("k")));
    CHECK_FALSE(store->published(digest_of(1)));
    CHECK_FALSE(store->find(CaseNumber("a-2")));
    CHECK_FALSE(store->next_held(OfficerId("sun")));
    CHECK(store->next_held(OfficerId("lin")));
    const auto due = store->due(Date{5}, {}, 10);
    REQUIRE(due.size() == 1);
    CHECK(due[0].key == old.key);
    write(*store, {going_on(old)});
}

TEST_CASE("a change that does not go on from the case's version is refused and leaves nothing") {
    ON_EVERY_STORE(store);
    const auto row = open_case(*store, "a-1", [](Change& change) {
        add_events(change, 2);
        change.request = CommandKey("k");
    });
    const auto before = contents(*store);
    Change change;

    SECTION("the case has gone on meanwhile") {
        auto stale = row;
        stale.version = 2;
        change = going_on(stale);
    }
    SECTION("events are missing in between") {
        change = going_on(row);
        change.row.version = 5;
        change.events[0].sequence = 5;
    }
    SECTION("the version grows by more than the events") {
        change = going_on(row);
        change.row.version = 5;
    }
    SECTION("the version grows by less than the events") {
        change = going_on(row, 2);
        change.row.version = 4;
    }
    SECTION("the events are out of order") {
        change = going_on(row, 2);
        std::swap(change.events[0], change.events[1]);
    }
    SECTION("an event is another case's") {
        change = going_on(row);
        change.events[0].case_key = CaseKey{77};
    }
    SECTION("a task is another case's") {
        change = going_on(row);
        change.put = {waiting_task(CaseKey{77}, 1, "window", "", 1)};
    }
    SECTION("there is no such case") {
        auto nobody = row;
        nobody.key = CaseKey{77};
        change = going_on(nobody);
    }
    SECTION("the case is opened once more") {
        change = opening(row.key, "a-2");
    }
    SECTION("the number is another case's") {
        change = opening(CaseKey{77}, "a-1");
    }
    SECTION("it says to open a case that has events") {
        change = going_on(row);
        change.opened = true;
    }
    SECTION("it begins a case without opening it") {
        change = opening(CaseKey{77}, "a-2");
        change.opened = false;
    }
    SECTION("the request is there already") {
        change = opening(CaseKey{77}, "a-2");
        change.request = CommandKey("k");
    }

    store->begin();
    REQUIRE_THROWS_AS(store->append(change), StoreError);
    // Even a caller who commits all the same keeps nothing.
    CHECK_THROWS_AS(store->commit(), StoreError);
    store->rollback();
    CHECK(contents(*store) == before);
    write(*store, {going_on(row)});
}

TEST_CASE("after a write that failed, the good writes of its unit of work are not kept either") {
    ON_EVERY_STORE(store);
    store->begin();
    const auto good = opening(store->new_case(), "a-1");
    store->append(good);
    CHECK_THROWS_AS(store->append(opening(store->new_case(), "a-1")), StoreError);
    store->append(opening(store->new_case(), "a-2"));
    CHECK_THROWS_AS(store->commit(), StoreError);
    CHECK(store->counts().cases == 0);
}

TEST_CASE("a change may bring no events") {
    ON_EVERY_STORE(store);
    const auto row = open_case(*store, "a-1");
    auto change = going_on(row, 0);
    change.put = {waiting_task(row.key, 1, "window", "", 1)};
    write(*store, {change});
    CHECK(store->find(row.key)->version == 1);
    CHECK(store->tasks_of(row.key) == change.put);
}

TEST_CASE("what a case was opened with does not change later") {
    ON_EVERY_STORE(store);
    const auto row = open_case(*store, "a-1");
    auto change = going_on(row);
    change.row.number = CaseNumber("b-1");
    change.row.item = ItemId("other");
    change.row.definition = digest_of(1);
    change.row.hall = HallId("south");
    change.row.opened = Instant{1};
    change.row.status = "granted";
    write(*store, {change});
    const auto found = *store->find(row.key);
    CHECK(found.number == row.number);
    CHECK(found.item == row.item);
    CHECK(found.definition == row.definition);
    CHECK(found.hall == row.hall);
    CHECK(found.opened == row.opened);
    CHECK(found.status == "granted");
    CHECK(found.changed == change.row.changed);
    CHECK_FALSE(store->find(CaseNumber("b-1")));
}

TEST_CASE("a task that is put again takes the place of the old one") {
    ON_EVERY_STORE(store);
    const auto row = open_case(*store, "a-1", [](Change& change) {
        change.put = {waiting_task(change.row.key, 1, "window", "north", 1)};
    });
    const std::vector<PostId> window{PostId("window")};
    const auto anyone = [](const TaskRow&) { return true; };
    const auto waits = [&] {
        return store->next_claimable(OfficerId("sun"), window, HallId("north"), anyone);
    };
    REQUIRE(waits());

    auto claimed = going_on(row);
    claimed.put = {waiting_task(row.key, 1, "window", "north", 1)};
    claimed.put[0].holder = OfficerId("lin");
    write(*store, {claimed});
    CHECK_FALSE(waits());
    CHECK(store->next_held(OfficerId("lin")) == claimed.put[0]);
    CHECK(store->counts().tasks == 1);

    auto returned = going_on(claimed.row);
    returned.put = {waiting_task(row.key, 1, "window", "north", 1)};
    write(*store, {returned});
    CHECK(waits() == returned.put[0]);
    CHECK_FALSE(store->next_held(OfficerId("lin")));

    auto done = going_on(returned.row);
    done.removed = {TaskNumber{1}};
    write(*store, {done});
    CHECK_FALSE(waits());
    CHECK(store->counts().tasks == 0);
}

TEST_CASE("writing needs a unit of work, and units of work do not nest") {
    ON_EVERY_STORE(store);
    CHECK_THROWS_AS(store->new_case(), StoreError);
    CHECK_THROWS_AS(store->append(opening(CaseKey{1}, "a-1")), StoreError);
    CHECK_THROWS_AS(store->publish(digest_of(1), "text"), StoreError);
    CHECK_THROWS_AS(store->commit(), StoreError);
    store->rollback();
    CHECK(store->counts().cases == 0);

    store->begin();
    store->append(opening(store->new_case(), "a-1"));
    CHECK_THROWS_AS(store->begin(), StoreError);
    store->commit();
    CHECK(store->counts().cases == 1);
}

TEST_CASE("each new case has a key of its own, greater than those before") {
    ON_EVERY_STORE(store);
    const auto first = open_case(*store, "a-1").key;
    CHECK(first > CaseKey{0});
    store->begin();
    const auto second = store->new_case();
    const auto third = store->new_case();
    CHECK(second > first);
    CHECK(third > second);
    store->append(opening(third, "a-3"));
    store->append(opening(second, "a-2"));
    store->commit();
    store->begin();
    CHECK(store->new_case() > third);
    store->rollback();
}

TEST_CASE("nobody but itself writes to a fresh store") {
    ON_EVERY_STORE(store);
    open_case(*store, "a-1");
    CHECK_FALSE(store->begin());
    store->rollback();
    CHECK_FALSE(store->begin());
    store->commit();
}

TEST_CASE("the first text published under a digest stays") {
    ON_EVERY_STORE(store);
    store->begin();
    store->publish(digest_of(1), "first");
    store->publish(digest_of(1), "second");
    store->publish(digest_of(2), "");
    store->commit();
    CHECK(store->published(digest_of(1)) == "first");
    CHECK(store->published(digest_of(2)) == "");
}

}  // namespace workflow::testing::writing_test
