// Whoever is inside the engine's work does not call the engine: it would wait for itself.

#include <workflow/workflow.hpp>

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

#include "support/standard_item.hpp"

namespace workflow::testing::inside_test {

using Catch::Matchers::Contains;

namespace {

struct Hall {
    Engine engine{*Catalog::load(standard_texts()).catalog, open_store(":memory:")};

    CaseNumber open(int person) {
        return engine.open(standard_application(std::to_string(person)), Actor::the_applicant())
            .value()
            .number;
    }
    void submit(int person, std::function<void()> answered) {
        engine.submit(
            {}, {standard_application(std::to_string(person)), Actor::the_applicant(), {}, {}, {}},
            [answered = std::move(answered)](const Expected<Answer>&, const std::exception_ptr&) {
                answered();
            });
    }
};

}  // namespace

TEST_CASE("work in one unit is told to use its session when it calls the engine") {
    Hall hall;
    const auto number = hall.open(1);
    const auto inside = [&](auto call) { hall.engine.transact([&](Engine::Session&) { call(); }); };
    const auto told = Contains("use the session");
    CHECK_THROWS_AS(inside([&] { (void)hall.engine.reader().show(number); }), std::logic_error);
    CHECK_THROWS_WITH(inside([&] { (void)hall.engine.reader().cases({}); }), told);
    CHECK_THROWS_WITH(inside([&] { (void)hall.open(2); }), told);
    CHECK_THROWS_WITH(inside([&] { (void)hall.engine.next(OfficerId("lin")); }), told);
    CHECK_THROWS_WITH(inside([&] { hall.submit(2, [] {}); }), told);
    CHECK_THROWS_WITH(inside([&] { hall.engine.drain(); }), told);
    CHECK_THROWS_WITH(inside([&] { hall.engine.advance(); }), told);
    CHECK_THROWS_WITH(inside([&] { (void)hall.engine.administration().journal(); }), told);
    CHECK_THROWS_WITH(inside([&] { hall.engine.transact([](Engine::Session&) {}); }), told);
}

TEST_CASE("what the work had done is undone when it calls the engine, which then works on") {
    Hall hall;
    CHECK_THROWS_AS(hall.engine.transact([&](Engine::Session& session) {
        (void)session.open(standard_application("1"), Actor::the_applicant());
        (void)hall.engine.reader().cases({});
    }),
                    std::logic_error);
    CHECK(hall.engine.reader().cases({}).empty());
    (void)hall.open(2);
    CHECK(hall.engine.reader().cases({}).size() == 1);
}

TEST_CASE("work in one engine may call another engine, and not the first one through it") {
    Hall here, there;
    here.engine.transact([&](Engine::Session&) { (void)there.open(1); });
    CHECK(there.engine.reader().cases({}).size() == 1);
    CHECK_THROWS_AS(here.engine.transact([&](Engine::Session&) {
        there.engine.transact([&](Engine::Session&) { (void)here.open(2); });
    }),
                    std::logic_error);
}

TEST_CASE("an answer that calls the engine is told to pass it on, when everything is drained") {
    Hall hall;
    hall.submit(1, [&] { (void)hall.engine.reader().cases({}); });
    CHECK_THROWS_WITH(hall.engine.drain(), Contains("from another thread"));
    hall.submit(2, [&] { hall.submit(3, [] {}); });
    CHECK_THROWS_AS(hall.engine.drain(), std::logic_error);
    CHECK(hall.engine.reader().cases({}).size() == 2);
}

TEST_CASE(
    "the first exception of an answer is thrown by the next drain, and everybody is answered") {
    Hall hall;
    int answered = 0;
    for (int i = 0; i < 50; ++i)
        hall.submit(i, [&answered, i] {
            ++answered;
            if (i >= 10) throw std::runtime_error("answer " + std::to_string(i));
        });
    CHECK_THROWS_WITH(hall.engine.drain(), "answer 10");
    CHECK(answered == 50);
    CHECK_NOTHROW(hall.engine.drain());
    CHECK(hall.engine.reader().cases({}).size() == 50);
}

TEST_CASE("an exception of an answer does not reach a caller on whose thread it was given") {
    Hall hall;
    for (int i = 0; i < 20; ++i) {
        hall.submit(i, [] { throw std::runtime_error("not for others"); });
        CHECK_NOTHROW(hall.open(100 + i));
    }
    CHECK_THROWS_AS(hall.engine.drain(), std::runtime_error);
}

}  // namespace workflow::testing::inside_test
