#include <bit>
#include <catch2/catch.hpp>
#include <random>

#include "process/satisfiability.hpp"

namespace workflow::testing::satisfiability_test {

// Who could play which part: the search against trying everything, on small problems.

using workflow::process::Authorization;
using workflow::process::RoleSet;
using workflow::process::smallest_conflict;
using workflow::process::Staffed;
using workflow::process::staffed;

namespace {

Authorization random_problem(std::mt19937_64& random, unsigned roles, unsigned persons,
                             unsigned may_percent, unsigned apart_percent) {
    Authorization problem;
    const auto happens = [&](unsigned percent) { return random() % 100 < percent; };
    for (unsigned p = 0; p < persons; ++p) {
        RoleSet may = 0;
        for (unsigned r = 0; r < roles; ++r)
            if (happens(may_percent)) may |= RoleSet{1} << r;
        problem.persons.push_back(may);
    }
    problem.apart.resize(roles);
    for (unsigned a = 0; a < roles; ++a)
        for (unsigned b = 0; b < a; ++b)
            if (happens(apart_percent)) {
                problem.apart[a] |= RoleSet{1} << b;
                problem.apart[b] |= RoleSet{1} << a;
            }
    return problem;
}

/// Everybody for every role, one after the other.
bool by_trying(const Authorization& problem, RoleSet roles, std::vector<RoleSet>& plays) {
    if (roles == 0) return true;
    const auto role = static_cast<std::size_t>(std::countr_zero(roles));
    const auto bit = RoleSet{1} << role;
    for (std::size_t person = 0; person < problem.persons.size(); ++person) {
        if (!(problem.persons[person] & bit) || (plays[person] & problem.apart[role])) continue;
        plays[person] |= bit;
        const bool all = by_trying(problem, roles & ~bit, plays);
        plays[person] &= ~bit;
        if (all) return true;
    }
    return false;
}

bool by_trying(const Authorization& problem, RoleSet roles) {
    std::vector<RoleSet> plays(problem.persons.size());
    return by_trying(problem, roles, plays);
}

}  // namespace

TEST_CASE("whether all parts can be played is what trying everything says", "[assignment]") {
    std::mt19937_64 random(20261124);
    int possible = 0;
    constexpr int problems = 100'000;
    for (int i = 0; i < problems; ++i) {
        const auto roles = static_cast<unsigned>(1 + random() % 6);
        const auto persons = static_cast<unsigned>(random() % 6);
        const auto problem =
            random_problem(random, roles, persons, static_cast<unsigned>(20 + random() % 70),
                           static_cast<unsigned>(random() % 100));
        const RoleSet all = (RoleSet{1} << roles) - 1;
        const bool can = by_trying(problem, all);
        possible += can ? 1 : 0;
        CAPTURE(i, roles, persons);
        REQUIRE(staffed(problem, all) == (can ? Staffed::yes : Staffed::no));
        if (i % 10 != 0) continue;
        const auto conflict = smallest_conflict(problem, all);
        REQUIRE((conflict == 0) == can);
        if (can) continue;
        // They cannot be played together, and no fewer cannot.
        REQUIRE_FALSE(by_trying(problem, conflict));
        for (RoleSet some = all; some != 0; some = (some - 1) & all)
            if (std::popcount(some) < std::popcount(conflict)) REQUIRE(by_trying(problem, some));
    }
    CHECK(possible > problems / 10);
    CHECK(possible < problems * 9 / 10);
}

TEST_CASE("three parts kept apart and two persons: the three are named, a fourth is not",
          "[assignment]") {
    // Roles 0 to 2 are apart from each other, role 3 from none.
    const Authorization problem{{0b1011, 0b1111}, {0b0110, 0b0101, 0b0011, 0}};
    CHECK(staffed(problem, 0b1111) == Staffed::no);
    CHECK(smallest_conflict(problem, 0b1111) == 0b0111);
    CHECK(staffed(problem, 0b1011) == Staffed::yes);
}

}  // namespace workflow::testing::satisfiability_test
