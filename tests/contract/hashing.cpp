// What every store promises about its hash. See workflow/ports.hpp.

#include "contract/stores.hpp"

namespace workflow::testing::hashing_test {

using Catch::Matchers::Contains;

TEST_CASE("a store that is made without saying by what it is hashed is hashed by SHA-256") {
    ON_EVERY_STORE(store);
    CHECK(store->hashing() == Hashing::sha256);
}

TEST_CASE("a store is hashed by what it was made with, in any unit of work") {
    const auto hashing = GENERATE(Hashing::sha256, Hashing::sm3);
    const TemporaryFolder folder;
    for (const bool in_memory : {true, false}) {
        const auto store = in_memory
                               ? open_memory_store(hashing)
                               : open_sqlite_store(folder / "hall.db", nullptr, 2000, hashing);
        CHECK(store->hashing() == hashing);
        open_case(*store, "a-1");
        CHECK(store->hashing() == hashing);
        store->begin();
        CHECK(store->hashing() == hashing);
        store->rollback();
        CHECK(store->hashing() == hashing);
    }
}

TEST_CASE("a store opened anew is hashed by what it was made with, and by nothing else") {
    const auto [made, other] = GENERATE(std::pair(Hashing::sha256, Hashing::sm3),
                                        std::pair(Hashing::sm3, Hashing::sha256));
    const TemporaryFolder folder;
    const auto file = folder / "hall.db";
    const auto open = [&](std::optional<Hashing> hashing) {
        return open_sqlite_store(file, nullptr, 2000, hashing);
    };
    open_case(*open(made), "a-1");
    CHECK(open({})->hashing() == made);
    CHECK(open(made)->hashing() == made);
    CHECK_THROWS_WITH(open(other), Contains("was created with " + std::string(to_string(made))));
    CHECK(open({})->hashing() == made);
    CHECK(open({})->counts().cases == 1);
}

}  // namespace workflow::testing::hashing_test
