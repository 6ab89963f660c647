// What every store promises about keys of persons, what is sealed under them, and who reads. See
// workflow/ports.hpp.

#include "contract/stores.hpp"

namespace workflow::testing::vault_test {

namespace {

const std::string zeros_too("\0key\xff\0", 6);

/// Adds or replaces in a unit of work of its own.
std::int64_t keep(Store& store, const PersonKeyRow& row) {
    store.begin();
    const auto id = store.put_person(row);
    store.commit();
    return id;
}

/// Opens a case with three events, of which `sealed` is sealed.
CaseKey open_sealed(Store& store, const std::string& number, std::vector<SealedRow> sealed) {
    return open_case(store, number,
                     [&](Change& change) {
                         add_events(change, 2);
                         change.sealed = std::move(sealed);
                     })
        .key;
}

}  // namespace

TEST_CASE("a person's key is found by number and by token") {
    ON_EVERY_STORE(store);
    CHECK_FALSE(store->person(1));
    CHECK_FALSE(store->person("li"));
    CHECK(keep(*store, {0, "li", zeros_too}) == 1);
    CHECK(keep(*store, {0, zeros_too, "wang's"}) == 2);
    CHECK(store->person(1) == PersonKeyRow{1, "li", zeros_too});
    CHECK(store->person("li") == store->person(1));
    CHECK(store->person(zeros_too) == PersonKeyRow{2, zeros_too, "wang's"});
    CHECK_FALSE(store->person(3));
    CHECK_FALSE(store->person("l"));
    CHECK_FALSE(store->person(""));
}

TEST_CASE("persons are listed by number, a page at a time") {
    ON_EVERY_STORE(store);
    for (int i = 1; i <= 7; ++i) keep(*store, {0, "token " + std::to_string(9 - i), "key"});
    std::vector<std::int64_t> seen;
    std::int64_t after = 0;
    while (true) {
        const auto page = store->persons(after, 3);
        for (const auto& row : page) {
            CHECK(row == store->person(row.id));
            seen.push_back(row.id);
        }
        if (page.size() < 3) break;
        after = page.back().id;
    }
    CHECK(seen == std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7});
    CHECK(store->persons(0, 0).empty());
}

TEST_CASE("a person's key is replaced") {
    ON_EVERY_STORE(store);
    keep(*store, {0, "li", "old"});
    keep(*store, {0, "wang", "other"});
    CHECK(keep(*store, {1, "li", "new and longer"}) == 1);
    CHECK(store->person("li") == PersonKeyRow{1, "li", "new and longer"});
    CHECK(keep(*store, {1, "li again", "new"}) == 1);
    CHECK(store->person(1) == PersonKeyRow{1, "li again", "new"});
    CHECK_FALSE(store->person("li"));
    CHECK(store->person("wang") == PersonKeyRow{2, "wang", "other"});
    CHECK(store->persons(0, 10).size() == 2);
}

TEST_CASE("an erased person is found by number only, and the number is not given anew") {
    ON_EVERY_STORE(store);
    keep(*store, {0, "li", "key"});
    keep(*store, {0, "wang", "key"});
    for (const std::int64_t id : {1, 2}) {
        keep(*store, {id, {}, {}});
        CHECK(store->person(id) == PersonKeyRow{id, {}, {}});
    }
    CHECK_FALSE(store->person("li"));
    CHECK_FALSE(store->person("wang"));
    CHECK_FALSE(store->person(""));
    CHECK(store->persons(0, 10) == std::vector<PersonKeyRow>{{1, {}, {}}, {2, {}, {}}});
    // Who comes again is somebody else.
    CHECK(keep(*store, {0, "wang", "key"}) == 3);
    CHECK(store->person("wang")->id == 3);
}

TEST_CASE("a key that cannot be put is refused, and its unit of work leaves nothing") {
    ON_EVERY_STORE(store);
    keep(*store, {0, "li", "key"});
    keep(*store, {0, "wang", "key"});
    const auto before = contents(*store);
    PersonKeyRow row;
    SECTION("there is no such person") {
        row = {9, "zhao", "key"};
    }
    SECTION("no person has a number below one") {
        row = {-1, "zhao", "key"};
    }
    SECTION("a new person has the token of another") {
        row = {0, "li", "key"};
    }
    SECTION("a person is given the token of another") {
        row = {2, "li", "key"};
    }
    store->begin();
    store->put_person({0, "sun", "key"});
    CHECK_THROWS_AS(store->put_person(row), StoreError);
    CHECK_THROWS_AS(store->commit(), StoreError);
    store->rollback();
    CHECK(contents(*store) == before);
    CHECK(keep(*store, {0, "zhao", "key"}) == 3);
}

TEST_CASE("keys, what is sealed and readings go with a unit of work that is rolled back") {
    ON_EVERY_STORE(store);
    keep(*store, {0, "li", "key"});
    keep(*store, {0, "wang", "key"});
    const auto key = open_sealed(*store, "a-1", {{1, 1, "box"}});
    write(*store, {[&] {
        auto change = going_on(*store->find(key));
        change.reads = {{OfficerId("lin"), Instant{5}}};
        return change;
    }()});
    const auto before = contents(*store);

    store->begin();
    CHECK(store->put_person({0, "zhao", "key"}) == 3);
    store->put_person({1, {}, {}});
    store->put_person({2, "li", "rather a long key"});  // the token that has just come free
    CHECK(store->person("li")->id == 2);
    CHECK(store->person("zhao")->id == 3);
    auto change = going_on(*store->find(key));
    change.sealed = {{change.row.version, 1, "more"}, {change.row.version, 2, "yet more"}};
    change.reads = {{OfficerId("lin"), Instant{5}}, {OfficerId("lin"), Instant{6}}};
    store->append(change);
    CHECK(store->sealed(key).size() == 3);
    CHECK(store->reads(OfficerId("lin"), Instant{0}) == 2);
    CHECK(store->cases_of_person(2, CaseKey{}, 10) == std::vector{key});
    store->rollback();

    CHECK(contents(*store) == before);
    CHECK(store->person("li")->id == 1);
    CHECK_FALSE(store->person("zhao"));
    CHECK(store->reads(OfficerId("lin"), Instant{0}) == 1);
    CHECK(store->cases_of_person(1, CaseKey{}, 10) == std::vector{key});
    CHECK(store->cases_of_person(2, CaseKey{}, 10).empty());
    CHECK(keep(*store, {0, "zhao", "key"}) == 3);
}

TEST_CASE("what is sealed of a case comes by event, then person") {
    ON_EVERY_STORE(store);
    CHECK_FALSE(store->has_sealed());
    const auto one = open_sealed(
        *store, "a-1", {{3, 1, "c"}, {1, 9, zeros_too}, {1, 2, "a"}, {2, 2, std::string()}});
    const auto two = open_sealed(*store, "a-2", {{1, 1, "other"}});
    CHECK(store->sealed(one) ==
          std::vector<SealedRow>{{1, 2, "a"}, {1, 9, zeros_too}, {2, 2, ""}, {3, 1, "c"}});
    CHECK(store->sealed(two) == std::vector<SealedRow>{{1, 1, "other"}});
    CHECK(store->sealed(CaseKey{77}).empty());
    CHECK(store->has_sealed());
}

TEST_CASE("of one event nothing is sealed of the same person twice") {
    ON_EVERY_STORE(store);
    const auto key = open_sealed(*store, "a-1", {{1, 1, "box"}});
    auto change = going_on(*store->find(key));
    change.sealed = {{1, 1, "another"}};
    CHECK_THROWS_AS(write(*store, {change}), StoreError);
    CHECK(store->sealed(key) == std::vector<SealedRow>{{1, 1, "box"}});
    CHECK(store->find(key)->version == 3);
}

TEST_CASE("the cases of a person are paged by key, each of them once") {
    ON_EVERY_STORE(store);
    std::vector<CaseKey> all;
    for (int i = 0; i < 7; ++i) {
        const auto number = "a-" + std::to_string(i);
        all.push_back(open_sealed(*store, number, {{1, 5, "a"}, {2, 5, "b"}, {2, 6, "c"}}));
        open_sealed(*store, number + "-other", {{1, 4, "a"}, {1, 6, "b"}});
    }
    std::vector<CaseKey> seen;
    CaseKey after{};
    while (true) {
        const auto page = store->cases_of_person(5, after, 3);
        CHECK(page.size() <= 3);
        seen.insert(seen.end(), page.begin(), page.end());
        if (page.size() < 3) break;
        after = page.back();
    }
    CHECK(seen == all);
    CHECK(store->cases_of_person(6, CaseKey{}, 100).size() == 14);
    CHECK(store->cases_of_person(1, CaseKey{}, 100).empty());
}

TEST_CASE("an officer's readings are counted from a moment on") {
    ON_EVERY_STORE(store);
    const auto lin = OfficerId("lin");
    CHECK(store->reads(lin, Instant{0}) == 0);
    const auto one = open_case(*store, "a-1", [&](Change& change) {
        change.reads = {{lin, Instant{10}}, {OfficerId("linda"), Instant{30}}};
    });
    open_case(*store, "a-2", [&](Change& change) {
        change.reads = {{lin, Instant{10}}, {lin, Instant{-3}}};
    });
    auto again = going_on(one, 0);
    again.reads = {{lin, Instant{20}}, {lin, Instant{10}}};  // the second is known
    write(*store, {again});
    CHECK(store->reads(lin, Instant{-4}) == 4);
    CHECK(store->reads(lin, Instant{10}) == 3);
    CHECK(store->reads(lin, Instant{11}) == 1);
    CHECK(store->reads(lin, Instant{20}) == 1);
    CHECK(store->reads(lin, Instant{21}) == 0);
    CHECK(store->reads(OfficerId("linda"), Instant{0}) == 1);
    CHECK(store->reads(OfficerId(), Instant{0}) == 0);
}

TEST_CASE("a person's key is put inside a unit of work only") {
    ON_EVERY_STORE(store);
    CHECK_THROWS_AS(store->put_person({0, "li", "key"}), StoreError);
    keep(*store, {0, "li", "key"});
    CHECK_THROWS_AS(store->put_person({1, {}, {}}), StoreError);
    CHECK(store->person("li") == PersonKeyRow{1, "li", "key"});
}

}  // namespace workflow::testing::vault_test
