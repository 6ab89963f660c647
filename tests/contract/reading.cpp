// What every store promises about lists and queues. See workflow/ports.hpp.

#include "contract/stores.hpp"

namespace workflow::testing::reading_test {

namespace {

std::string numbers(const std::vector<CaseRow>& rows) {
    std::string all;
    for (const auto& row : rows) all += (all.empty() ? "" : " ") + row.number.text;
    return all;
}

bool anyone(const TaskRow&) {
    return true;
}

const std::vector<PostId> window_and_reviewer{PostId("window"), PostId("reviewer")};

/// A case a task, in this order, so that the first has the smallest key.
void offer(Store& store, std::vector<TaskRow> tasks) {
    std::uint32_t serial = 0;
    for (auto& task : tasks)
        open_case(store, "t-" + std::to_string(++serial), [&](Change& change) {
            task.case_key = change.row.key;
            change.put = {task};
        });
}

std::int64_t offered(const std::optional<TaskRow>& task) {
    return task ? task->offered.microseconds : -1;
}

}  // namespace

TEST_CASE("the last number is the greatest that begins with the prefix") {
    ON_EVERY_STORE(store);
    for (const auto* number : {"a-20260302-0002", "a-20260302-0010", "a-20260302-0001",
                               "a-20260303-0001", "b-20260302-0099", "a", "社-1"})
        open_case(*store, number);
    CHECK(store->last_number("a-20260302-") == CaseNumber("a-20260302-0010"));
    CHECK(store->last_number("a-") == CaseNumber("a-20260303-0001"));
    CHECK(store->last_number("a") == CaseNumber("a-20260303-0001"));
    CHECK(store->last_number("b-20260302-0099") == CaseNumber("b-20260302-0099"));
    CHECK(store->last_number("社") == CaseNumber("社-1"));
    CHECK_FALSE(store->last_number("a-20260301-"));
    CHECK_FALSE(store->last_number("c"));
}

TEST_CASE("the last event is the one that was appended last, of whatever case") {
    ON_EVERY_STORE(store);
    CHECK_FALSE(store->last_event());
    const auto one = open_case(*store, "a-1");
    const auto two = open_case(*store, "a-2");
    CHECK(store->last_event()->case_key == two.key);
    const auto again = going_on(one, 2);
    write(*store, {again});
    CHECK(store->last_event()->case_key == one.key);
    CHECK(store->last_event()->sequence == again.row.version);
    CHECK(store->last_event()->hash == again.events.back().hash);
    CHECK(store->last_event()->body == again.events.back().body);
}

TEST_CASE("events are the case's own, in order") {
    ON_EVERY_STORE(store);
    auto one = open_case(*store, "a-1");
    auto two = open_case(*store, "a-2");
    for (int round = 0; round < 4; ++round) {
        auto first = going_on(one, 2);
        auto second = going_on(two);
        write(*store, {first, second});
        one = first.row;
        two = second.row;
    }
    const auto events = store->events(one.key);
    REQUIRE(events.size() == 9);
    for (std::uint32_t i = 0; i < 9; ++i) {
        CHECK(events[i].sequence == i + 1);
        CHECK(events[i].hash == digest_of(static_cast<std::uint64_t>(one.key), i + 1));
    }
    CHECK(store->events(two.key).size() == 5);
}

TEST_CASE("cases are found by item, status, hall and due day") {
    ON_EVERY_STORE(store);
    const auto file = [&](const char* number, const char* item, const char* status,
                          const char* hall, std::optional<Date> statutory,
                          std::optional<Date> promised) {
        open_case(*store, number, [&](Change& change) {
            change.row.item = ItemId(item);
            change.row.status = status;
            change.row.hall = HallId(hall);
            change.row.statutory_due = statutory;
            change.row.promised_due = promised;
        });
    };
    file("a-1", "card", "open", "north", Date{100}, Date{50});
    file("a-2", "card", "granted", "", Date{60}, {});
    file("a-3", "permit", "open", "north", {}, {});
    file("a-4", "permit", "open", "south", {}, Date{70});

    const auto found = [&](auto edit) {
        CaseFilter filter;
        edit(filter);
        return numbers(store->cases(filter));
    };
    CHECK(found([](CaseFilter&) {}) == "a-1 a-2 a-3 a-4");
    CHECK(found([](CaseFilter& f) { f.item = ItemId("permit"); }) == "a-3 a-4");
    CHECK(found([](CaseFilter& f) { f.status = "open"; }) == "a-1 a-3 a-4");
    CHECK(found([](CaseFilter& f) { f.hall = HallId("north"); }) == "a-1 a-3");
    CHECK(found([](CaseFilter& f) { f.hall = HallId(); }) == "a-2");
    CHECK(found([](CaseFilter& f) { f.due_by = Date{60}; }) == "a-1 a-2");
    CHECK(found([](CaseFilter& f) { f.due_by = Date{59}; }) == "a-1");
    CHECK(found([](CaseFilter& f) { f.due_by = Date{49}; }).empty());
    CHECK(found([](CaseFilter& f) {
              f.due_by = Date{200};
              f.status = "open";
              f.item = ItemId("permit");
          }) == "a-4");
    CHECK(found([](CaseFilter& f) { f.limit = 0; }).empty());
}

TEST_CASE("pages of cases hold each case once, by key") {
    ON_EVERY_STORE(store);
    std::string all;
    for (int i = 0; i < 23; ++i) {
        const auto number = "a-" + std::to_string(i);
        open_case(*store, number);
        all += (all.empty() ? "" : " ") + number;
    }
    CaseFilter filter;
    filter.limit = 5;
    std::vector<CaseRow> seen;
    while (true) {
        const auto page = store->cases(filter);
        CHECK(page.size() <= 5);
        seen.insert(seen.end(), page.begin(), page.end());
        if (page.size() < 5) break;
        filter.after = page.back().key;
    }
    CHECK(numbers(seen) == all);
}

TEST_CASE("tasks are found by holder, post and item, and by page") {
    ON_EVERY_STORE(store);
    std::vector<TaskRow> all;
    for (int i = 0; i < 4; ++i)
        open_case(*store, "a-" + std::to_string(i), [&](Change& change) {
            const auto key = change.row.key;
            change.put = {waiting_task(key, 1, "window", "north", 1), held_task(key, 2, "lin", 2),
                          held_task(key, 3, i % 2 ? "lin" : "sun", 3)};
            change.put[2].item = ItemId("other");
            all.insert(all.end(), change.put.begin(), change.put.end());
        });
    const auto found = [&](auto edit) {
        TaskFilter filter;
        edit(filter);
        return store->tasks(filter);
    };
    const auto those = [&](auto wanted) {
        std::vector<TaskRow> rows;
        for (const auto& row : all)
            if (wanted(row)) rows.push_back(row);
        return rows;
    };
    CHECK(found([](TaskFilter&) {}) == all);
    CHECK(found([](TaskFilter& f) { f.holder = OfficerId("lin"); }) ==
          those([](const TaskRow& row) { return row.holder.text == "lin"; }));
    CHECK(found([](TaskFilter& f) { f.holder = OfficerId(); }) ==
          those([](const TaskRow& row) { return row.holder.empty(); }));
    CHECK(found([](TaskFilter& f) { f.post = PostId("window"); }) ==
          those([](const TaskRow& row) { return row.post.text == "window"; }));
    CHECK(found([](TaskFilter& f) { f.item = ItemId("other"); }) ==
          those([](const TaskRow& row) { return row.item.text == "other"; }));
    CHECK(found([](TaskFilter& f) {
              f.item = ItemId("other");
              f.holder = OfficerId("sun");
          }).size() == 2);

    TaskFilter filter;
    filter.limit = 5;
    std::vector<TaskRow> seen;
    while (true) {
        const auto page = store->tasks(filter);
        seen.insert(seen.end(), page.begin(), page.end());
        if (page.size() < 5) break;
        filter.after = page.back().case_key;
        filter.after_task = page.back().task;
    }
    CHECK(seen == all);
    for (const auto& row : all) {
        const auto own = store->tasks_of(row.case_key);
        CHECK(own.size() == 3);
        CHECK(std::find(own.begin(), own.end(), row) != own.end());
    }
}

TEST_CASE("an officer's next held task is the one that has waited longest") {
    ON_EVERY_STORE(store);
    offer(*store,
          {held_task({}, 1, "lin", 30), held_task({}, 1, "lin", 10), held_task({}, 1, "linda", 5),
           held_task({}, 1, "lin", 10), waiting_task({}, 1, "window", "", 1)});
    const auto next = store->next_held(OfficerId("lin"));
    REQUIRE(next);
    CHECK(next->offered == Instant{10});
    CHECK(store->find(next->case_key)->number.text == "t-2");  // of two alike, the older case
    CHECK(offered(store->next_held(OfficerId("linda"))) == 5);
    CHECK_FALSE(store->next_held(OfficerId("sun")));
    CHECK_FALSE(store->next_held(OfficerId()));
}

TEST_CASE("tasks that come first are next, however long the others wait") {
    ON_EVERY_STORE(store);
    const auto first = [](TaskRow row) {
        row.comes_first = true;
        return row;
    };
    offer(*store, {waiting_task({}, 1, "window", "north", 1),
                   first(waiting_task({}, 1, "window", "north", 9)),
                   first(waiting_task({}, 1, "reviewer", "", 8)), held_task({}, 1, "lin", 2),
                   first(held_task({}, 1, "lin", 7)), first(held_task({}, 1, "lin", 6))});
    CHECK(offered(store->next_held(OfficerId("lin"))) == 6);
    CHECK(offered(store->next_claimable(OfficerId("sun"), window_and_reviewer, HallId("north"),
                                        anyone)) == 8);
    CHECK(offered(store->next_claimable(OfficerId("sun"), {{PostId("window")}}, HallId("north"),
                                        anyone)) == 9);
}

TEST_CASE("the tasks that an officer holds are counted") {
    ON_EVERY_STORE(store);
    offer(*store, {held_task({}, 1, "lin", 30), held_task({}, 1, "linda", 5),
                   held_task({}, 1, "lin", 10), waiting_task({}, 1, "window", "", 1)});
    CHECK(store->held(OfficerId("lin")) == 2);
    CHECK(store->held(OfficerId("linda")) == 1);
    CHECK(store->held(OfficerId("sun")) == 0);
    CHECK(store->held(OfficerId()) == 0);
}

TEST_CASE("whose turn it was is kept by queue, with the unit of work that says so") {
    ON_EVERY_STORE(store);
    CHECK(store->last_turn("card/review").empty());
    const auto row = open_case(*store, "a-1", [](Change& change) {
        change.turns = {{"card/review", OfficerId("lin")}, {"card/issue", OfficerId("ma")}};
    });
    CHECK(store->last_turn("card/review") == OfficerId("lin"));
    auto next = going_on(row);
    next.turns = {{"card/review", OfficerId("sun")}};
    store->begin();
    store->append(next);
    CHECK(store->last_turn("card/review") == OfficerId("sun"));
    store->rollback();
    CHECK(store->last_turn("card/review") == OfficerId("lin"));
    write(*store, {next});
    CHECK(store->last_turn("card/review") == OfficerId("sun"));
    CHECK(store->last_turn("card/issue") == OfficerId("ma"));
}

TEST_CASE("an officer's next claimable task is the longest waiting over all his posts") {
    ON_EVERY_STORE(store);
    const auto next = [&](const char* hall, const char* officer = "lin") {
        return offered(
            store->next_claimable(OfficerId(officer), window_and_reviewer, HallId(hall), anyone));
    };
    SECTION("at one of his posts, in his hall or anywhere") {
        offer(*store,
              {waiting_task({}, 1, "issuer", "north", 1), waiting_task({}, 1, "window", "south", 2),
               waiting_task({}, 1, "window", "north", 5), waiting_task({}, 1, "reviewer", "", 4)});
        CHECK(next("north") == 4);
        CHECK(next("south") == 2);
        CHECK(next("") == 4);
        CHECK_FALSE(store->next_claimable(OfficerId("lin"), {}, HallId("north"), anyone));
    }
    SECTION("nobody holds it") {
        auto held = waiting_task({}, 1, "window", "north", 1);
        held.holder = OfficerId("lin");
        offer(*store, {held, waiting_task({}, 1, "window", "north", 2)});
        CHECK(next("north") == 2);
    }
    SECTION("he is not barred from it") {
        auto barred = waiting_task({}, 1, "window", "north", 1);
        barred.barred = " sun lin ";
        auto other = waiting_task({}, 1, "window", "north", 2);
        other.barred = " linda ";
        offer(*store, {barred, other});
        CHECK(next("north", "lin") == 2);
        CHECK(next("north", "sun") == 2);
        CHECK(next("north", "linda") == 1);
        CHECK(next("north", "lind") == 1);
    }
    SECTION("the caller agrees to it") {
        offer(*store,
              {waiting_task({}, 1, "window", "north", 1), waiting_task({}, 1, "window", "north", 2),
               waiting_task({}, 1, "reviewer", "", 3)});
        const auto from = [&](std::int64_t least) {
            return offered(store->next_claimable(
                OfficerId("lin"), window_and_reviewer, HallId("north"),
                [&](const TaskRow& row) { return row.offered.microseconds >= least; }));
        };
        CHECK(from(1) == 1);
        CHECK(from(2) == 2);
        CHECK(from(3) == 3);
        CHECK(from(4) == -1);
    }
    SECTION("of two alike, the older case comes first") {
        offer(*store, {waiting_task({}, 1, "window", "north", 7),
                       waiting_task({}, 1, "window", "north", 7)});
        const auto task =
            store->next_claimable(OfficerId("lin"), window_and_reviewer, HallId("north"), anyone);
        REQUIRE(task);
        CHECK(store->find(task->case_key)->number.text == "t-1");
    }
    SECTION("what the caller throws passes through, and the store goes on") {
        offer(*store, {waiting_task({}, 1, "window", "north", 1)});
        CHECK_THROWS_AS(
            store->next_claimable(OfficerId("lin"), window_and_reviewer, HallId("north"),
                                  [](const TaskRow&) -> bool { throw std::logic_error("no"); }),
            std::logic_error);
        open_case(*store, "a-1");
        CHECK(next("north") == 1);
    }
}

TEST_CASE("due cases come by wake day, then key") {
    ON_EVERY_STORE(store);
    const auto wakes = [&](const char* number, std::optional<Date> day) {
        return open_case(*store, number, [&](Change& change) { change.row.wake = day; });
    };
    const auto a1 = wakes("a-1", Date{30});
    wakes("a-2", Date{10});
    wakes("a-3", {});
    const auto a4 = wakes("a-4", Date{10});
    wakes("a-5", Date{-1});
    CHECK(numbers(store->due(Date{10}, {}, 10)) == "a-5 a-2 a-4");
    CHECK(numbers(store->due(Date{9}, {}, 10)) == "a-5");
    CHECK(numbers(store->due(Date{30}, {}, 10)) == "a-5 a-2 a-4 a-1");
    CHECK(numbers(store->due(Date{30}, {}, 2)) == "a-5 a-2");
    const auto a2 = store->find(CaseNumber("a-2"))->key;
    CHECK(numbers(store->due(Date{30}, std::pair{Date{10}, a2}, 10)) == "a-4 a-1");
    CHECK(numbers(store->due(Date{30}, std::pair{Date{10}, a4.key}, 10)) == "a-1");
    CHECK(numbers(store->due(Date{20}, std::pair{Date{10}, a4.key}, 10)).empty());

    auto asleep = going_on(a1);
    asleep.row.wake.reset();
    auto later = going_on(a4);
    later.row.wake = Date{40};
    write(*store, {asleep, later});
    CHECK(numbers(store->due(Date{99}, {}, 10)) == "a-5 a-2 a-4");
}

TEST_CASE("the counts are those of the rows") {
    ON_EVERY_STORE(store);
    const auto row = open_case(*store, "a-1", [](Change& change) {
        add_events(change, 4);
        change.put = {held_task(change.row.key, 1, "lin", 1), held_task(change.row.key, 2, "", 1)};
    });
    open_case(*store, "a-2");
    auto counts = store->counts();
    CHECK(counts.cases == 2);
    CHECK(counts.events == 6);
    CHECK(counts.tasks == 2);
    auto change = going_on(row);
    change.removed = {TaskNumber{2}};
    write(*store, {change});
    counts = store->counts();
    CHECK(counts.events == 7);
    CHECK(counts.tasks == 1);
}

}  // namespace workflow::testing::reading_test
