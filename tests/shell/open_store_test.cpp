// How a store is opened by its name.

#include <workflow/workflow.hpp>

#include <catch2/catch.hpp>
#include <filesystem>

#include "support/temporary_folder.hpp"

namespace workflow::testing::open_store_test {

using Catch::Matchers::Contains;

TEST_CASE("a store that is not there is made only when that is asked for") {
    const TemporaryFolder folder;
    const auto file = (folder / "hall.db").string();
    CHECK_THROWS_AS(open_store(file), StoreError);
    CHECK_THROWS_WITH(open_store(file), Contains("there is no store at") && Contains("create"));
    CHECK_FALSE(std::filesystem::exists(file));
    CHECK(open_store(file, {.create = true})->counts().cases == 0);
    CHECK(open_store(file)->counts().cases == 0);
    CHECK(open_store(file, {.create = true})->counts().cases == 0);
}

TEST_CASE("a store in memory is made empty, and needs no leave") {
    CHECK(open_store(":memory:")->counts().cases == 0);
}

TEST_CASE("a store that is only read is never made") {
    const TemporaryFolder folder;
    const auto file = (folder / "hall.db").string();
    CHECK_THROWS_AS(open_store(file, {.create = true, .read_only = true}), StoreError);
    CHECK_FALSE(std::filesystem::exists(file));
}

}  // namespace workflow::testing::open_store_test
