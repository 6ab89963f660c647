// Hostile actors seek a chosen reviewer, a second duty, a foreign field, another's case, and what
// is kept from them. Whatever the engine lets them do is judged by rules that were written apart
// from it.
//
// WORKFLOW_SEQUENCES says how many sequences of acts (50,000); WORKFLOW_SEED starts at another one.

#include <catch2/catch.hpp>

#include <cstdlib>
#include <iostream>
#include <string>

#include "actors.hpp"
#include "support/sanitized.hpp"

namespace workflow::testing::hostile_test {

using namespace workflow::hostile;

namespace {

std::uint64_t given(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::stoull(text) : otherwise;
}

constexpr int acts = 30;

}  // namespace

TEST_CASE("no act of hostile actors breaks a promise") {
    const auto sequences = given("WORKFLOW_SEQUENCES", testing::sanitized ? 1'000 : 50'000);
    const auto first = given("WORKFLOW_SEED", 1);
    std::size_t done = 0;
    for (std::uint64_t i = 0; i < sequences; ++i) {
        Actors actors(first + i);
        for (int act = 0; act < acts; ++act) actors.act();
        done += actors.done();
        if (i % 100 == 0) CHECK(actors.engine().administration().verify().intact());
        if (actors.judge().broken().empty()) continue;
        std::string all;
        for (const auto& one : actors.judge().broken()) all += one + '\n';
        FAIL("seed " << first + i << "\n" << all << actors.tale() << actors.trails());
    }
    std::cout << sequences << " sequences of " << acts << " acts, " << done
              << " acts of cases done\n";
    CHECK(done > sequences * 5);
}

}  // namespace workflow::testing::hostile_test
