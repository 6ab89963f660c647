// The figures of ratings, worked out by hand.

#include <catch2/catch.hpp>

#include <workflow/engine.hpp>
#include <workflow/rating.hpp>

#include "crypto/digest.hpp"
#include "report/ratings/ratings.hpp"

namespace workflow::testing::ratings_test {

namespace {

constexpr const char* item = R"(item: card
title: 补卡
kind: instant
channels: [window, web]
start: intake
steps:
  intake: {task: intake, post: window, outcomes: {accept: issue}}
  issue: {task: issue, post: issuer, outcomes: {deliver: granted}}
  granted: {end: granted}
)";

constexpr const char* staff = R"(organization: small
title: 小厅
halls: {north: {title: 北厅, windows: {a01: {posts: [window]}, a02: {posts: [window]}}}}
posts:
  window: {duties: [intake]}
  issuer: {duties: [issue]}
officers:
  lin: {name: 林, hall: north, posts: [window], window: a01}
  sun: {name: 孙, hall: north, posts: [window]}
  wang: {name: 王, hall: north, posts: [issuer]}
  chief: {name: 主任, hall: north, posts: [window], supervisor: true}
)";

}  // namespace

TEST_CASE("ratings are counted by whom, where and when, and silence counts as nothing") {
    auto loaded =
        Catalog::load(std::vector<Catalog::Text>{{"item.yaml", item}, {"staff.yaml", staff}});
    REQUIRE(loaded.catalog);
    const auto secret = sha256("secret");
    auto now = *parse_instant("2026-03-02T09:00:00+08:00", {});
    auto store = open_store(":memory:");
    auto* const kept = store.get();  // the engine's, which is idle when the report reads
    Engine::Options options;
    options.clock = [&] { return now; };
    options.rating_secret = secret;
    Engine engine(*loaded.catalog, std::move(store), std::move(options));
    const auto open = [&](const char* hall) {
        OpenCase application;
        application.item = ItemId("card");
        application.applicant = {PersonId("p"), "", "person"};
        application.hall = HallId(hall);
        return engine.open(application, Actor::the_applicant()).value().number;
    };
    const auto work = [&](const CaseNumber& number, const char* window) {
        (void)engine
            .complete(number, {TaskNumber{1}, OutcomeId("accept"), {}, {}, {}}, OfficerId(window))
            .value();
        (void)engine
            .complete(number, {TaskNumber{2}, OutcomeId("deliver"), {}, {}, {}}, OfficerId("wang"))
            .value();
        return number;
    };
    const auto rate = [&](const CaseNumber& number, std::uint32_t task, int grade) {
        (void)engine
            .perform(number,
                     {RateCase{TaskNumber{task}, rating_token(secret, number, TaskNumber{task}),
                               static_cast<Grade>(grade), "words"},
                      Actor::the_applicant(),
                      {},
                      {},
                      {}})
            .value();
    };
    const auto first = work(open("north"), "lin");
    rate(first, 1, 5);
    rate(first, 2, 1);
    (void)engine.administration()
        .change_staff({OfficerId("lin"), OfficerSeated{WindowId("a02")}, "换窗口"},
                      Actor::the_engine())
        .value();
    const auto second = work(open("north"), "lin");
    rate(second, 1, 2);
    (void)engine
        .perform(second, {SetRatingAside{TaskNumber{1}, "another office was meant"},
                          Actor::of(OfficerId("chief")),
                          {},
                          {},
                          {}})
        .value();
    now = *parse_instant("2026-04-01T09:00:00+08:00", {});
    const auto third = work(open("north"), "sun");
    rate(third, 1, 3);
    const auto online = work(open(""), "lin");
    rate(online, 0, 4);

    report::CompareOptions wanted;
    wanted.today = *parse_date("2026-04-01");
    const auto all = report::ratings(*loaded.catalog, *kept, wanted);
    REQUIRE(all.officers.size() == 3);
    const auto& lin = all.officers[0];
    CHECK(lin.name == "lin");
    CHECK(lin.figures.invited == 2);
    CHECK(lin.figures.rated == 1);
    CHECK(lin.figures.set_aside == 1);
    CHECK(lin.figures.negative == 0);
    CHECK(lin.figures.mean() == 5.0);
    const auto& wang = all.officers[2];
    CHECK(wang.name == "wang");
    CHECK(wang.figures.invited == 3);
    CHECK(wang.figures.rated == 1);
    CHECK(wang.figures.negative == 1);
    REQUIRE(all.posts.size() == 2);
    CHECK(all.posts[0].name == "issuer");
    // By where he sat then, and not by where he sits now.
    REQUIRE(all.windows.size() == 2);
    CHECK(all.windows[0].name == "a01");
    CHECK(all.windows[0].figures.invited == 1);
    CHECK(all.windows[0].figures.mean() == 5.0);
    CHECK(all.windows[1].name == "a02");
    CHECK(all.windows[1].figures.set_aside == 1);
    REQUIRE(all.items.size() == 1);
    CHECK(all.items[0].figures.invited == 7);  // three cases at the hall, and one on line
    CHECK(all.items[0].figures.rated == 4);
    CHECK(all.items[0].figures.grades == 5 + 1 + 3 + 4);

    // They stand beside the figures of officers, items and halls.
    const auto beside = report::compare(*loaded.catalog, *kept, wanted);
    REQUIRE(beside.officers.size() == 3);
    CHECK(beside.officers[0].figures.grades.mean() == 5.0);
    CHECK(beside.officers[2].figures.grades.rated == 1);
    CHECK(beside.officers[2].figures.grades.negative == 1);
    REQUIRE(beside.items.size() == 1);
    CHECK(beside.items[0].figures.grades.rated == 4);
    CHECK(beside.items[0].figures.grades.sum == 5 + 1 + 3 + 4);
    REQUIRE(beside.halls.size() == 2);
    CHECK(beside.halls[0].figures.grades.mean() == 4.0);  // on line
    CHECK(beside.cases == 4);

    wanted.by = report::Grain::month;
    wanted.from = *parse_date("2026-04-01");
    const auto april = report::ratings(*loaded.catalog, *kept, wanted);
    REQUIRE(april.items.size() == 1);
    CHECK(report::name_of(april.items[0].period, report::Grain::month) == "2026-04");
    CHECK(april.items[0].figures.invited == 3);
    CHECK(to_string(*april.first) == "2026-04-01");
}

}  // namespace workflow::testing::ratings_test
