#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
#include <thread>
#include <workflow/workflow.hpp>

#include "support/make_store.hpp"
#include "support/standard_item.hpp"
#include "support/temporary_folder.hpp"

namespace workflow::testing::engine_test {

using testing::standard_application;
using testing::standard_texts;

namespace {

/// A hall with a clock of its own: 2026-03-02, a Monday, nine in the morning.
struct Hall {
    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", UtcOffset{480});
    std::uint64_t word = 0x9e3779b97f4a7c15;
    std::unique_ptr<Engine> engine;

    explicit Hall(std::unique_ptr<Store> store = open_store(":memory:"),
                  std::vector<Catalog::Text> texts = standard_texts(),
                  Engine::Options options = {}) {
        auto loaded = Catalog::load(texts);
        for (const auto& finding : loaded.diagnostics)
            UNSCOPED_INFO(finding.code << " " << finding.span.file << ":" << finding.span.line
                                       << " " << finding.message);
        REQUIRE(loaded.catalog);
        options.clock = [this] { return now; };
        options.entropy = [this] { return word *= 6364136223846793005u; };
        engine = std::make_unique<Engine>(*loaded.catalog, std::move(store), options);
    }

    CaseNumber open(const std::string& person = "1234", const CommandKey& key = {}) {
        return engine->open(standard_application(person), Actor::the_applicant(), key)
            .value()
            .number;
    }
    TaskView task(const CaseNumber& number) { return engine->reader().show(number)->tasks.at(0); }
    Expected<Answer> complete(const CaseNumber& number, const char* outcome, const OfficerId& by,
                              const char* reason = "") {
        CompleteTask completion;
        completion.task = task(number).task;
        completion.outcome = OutcomeId(outcome);
        completion.reason = reason;
        return engine->complete(number, completion, by);
    }
    void pass_days(int days) { now.microseconds += days * std::int64_t{86'400'000'000}; }
};

}  // namespace

TEST_CASE("a case goes from the window through review to the applicant") {
    Hall hall;
    const auto number = hall.open();
    CHECK(number.text == "420714001000-20260302-000001");
    REQUIRE(hall.complete(number, "accept", OfficerId("lin")));
    const auto reviewer = hall.task(number).holder;
    CHECK(!reviewer.empty());
    REQUIRE(hall.complete(number, "approve", reviewer));
    REQUIRE(hall.complete(number, "deliver", OfficerId("wang")));
    const auto detail = hall.engine->reader().show(number);
    CHECK(detail->view.status == "granted");
    CHECK(detail->tasks.empty());
    CHECK(detail->view.promised_due == date_of(2026, 3, 9));
    CHECK(detail->view.statutory_due == date_of(2026, 3, 30));
    CHECK(hall.engine->reader().trail(number)->size() == 10);
    CHECK(hall.engine->administration().verify().intact());
}

TEST_CASE("who accepted at the window is never drawn to review the case") {
    Hall hall;
    for (int i = 0; i < 50; ++i) {
        const auto number = hall.open(std::to_string(1000 + i));
        REQUIRE(hall.complete(number, "accept", OfficerId("sun")));
        CHECK(hall.task(number).holder != OfficerId("sun"));
    }
}

TEST_CASE("case numbers count from one each day and go on after a restart") {
    const testing::TemporaryFolder folder;
    {
        Hall hall(make_store((folder / "hall.db").string()));
        hall.open("1");
        CHECK(hall.open("2").text == "420714001000-20260302-000002");
    }
    Hall hall(make_store((folder / "hall.db").string()));
    CHECK(hall.open("3").text == "420714001000-20260302-000003");
    hall.pass_days(1);
    CHECK(hall.open("4").text == "420714001000-20260303-000001");
}

TEST_CASE("a refused application uses up no case number") {
    Hall hall;
    auto application = standard_application("1");
    application.fields.clear();
    CHECK(
        hall.engine->open(application, Actor::the_applicant()).refused(RefusalCode::field_missing));
    CHECK(hall.open("2").text == "420714001000-20260302-000001");
}

TEST_CASE("opening twice with one key opens one case and answers as before") {
    Hall hall;
    const CommandKey key("web-77");
    const auto first =
        hall.engine->open(standard_application("1"), Actor::the_applicant(), key).value();
    const auto again =
        hall.engine->open(standard_application("1"), Actor::the_applicant(), key).value();
    CHECK(again.repeated);
    CHECK(again.number == first.number);
    CHECK(again.version == first.version);
    CHECK(again.events == first.events);
    CHECK(hall.engine->reader().cases({}).size() == 1);
}

TEST_CASE("a key that was used for one application cannot open another") {
    Hall hall;
    const CommandKey key("web-77");
    REQUIRE(hall.engine->open(standard_application("1"), Actor::the_applicant(), key));
    CHECK(hall.engine->open(standard_application("2"), Actor::the_applicant(), key)
              .refused(RefusalCode::key_reused));
}

TEST_CASE("a command that expects an old version is refused with the current one") {
    Hall hall;
    const auto number = hall.open();
    Command command{WithdrawCase{"changed my mind"}, Actor::the_applicant(), {}, Version{1}, {}};
    const auto refused = hall.engine->perform(number, command);
    REQUIRE(refused.refused(RefusalCode::stale_version));
    CHECK(refused.refusal().current == hall.engine->reader().show(number)->view.version);
}

TEST_CASE("next hands the clerk the longest-waiting task of his window, once") {
    Hall hall;
    const auto first = hall.open("1");
    hall.now.microseconds += 1'000'000;
    const auto second = hall.open("2");
    CHECK(hall.engine->next(OfficerId("lin")).value().number == first);
    CHECK(hall.engine->next(OfficerId("lin")).value().number == first);
    CHECK(hall.engine->next(OfficerId("sun")).value().number == second);
    CHECK(hall.engine->next(OfficerId("wang")).refused(RefusalCode::nothing_to_do));
    CHECK(hall.engine->next(OfficerId("nobody")).refused(RefusalCode::unknown_officer));
}

TEST_CASE("next has nothing for an officer who is absent today, not even what they hold") {
    Hall hall;
    hall.open("1");
    REQUIRE(hall.engine->next(OfficerId("lin")));
    REQUIRE(hall.engine->administration().change_staff(
        {OfficerId("lin"), OfficerAbsent{*parse_date("2026-03-02"), *parse_date("2026-03-03")},
         "training"},
        Actor::the_engine()));
    CHECK(hall.engine->next(OfficerId("lin")).refused(RefusalCode::absent));
    hall.pass_days(2);
    CHECK(hall.engine->next(OfficerId("lin")));
}

TEST_CASE("nobody acts as the engine, in a unit of work of several acts either") {
    Hall hall;
    const auto number = hall.open("1");
    const Command command{WithdrawCase{"changed my mind"}, Actor::the_engine(), {}, {}, {}};
    CHECK(hall.engine->perform(number, command).refused(RefusalCode::not_entitled));
    hall.engine->transact([&](Engine::Session& session) {
        CHECK(session.perform(number, command).refused(RefusalCode::not_entitled));
    });
}

TEST_CASE("next with the same key claims nothing twice") {
    Hall hall;
    hall.open("1");
    hall.open("2");
    const auto first = hall.engine->next(OfficerId("lin"), CommandKey("n1")).value();
    const auto again = hall.engine->next(OfficerId("lin"), CommandKey("n1")).value();
    CHECK(first.number == again.number);
    TaskFilter hers;
    hers.holder = OfficerId("lin");
    CHECK(hall.engine->reader().tasks(hers).size() == 1);
}

TEST_CASE("a unit of work that throws leaves nothing behind") {
    Hall hall;
    CHECK_THROWS_AS(hall.engine->transact([](Engine::Session& session) {
        REQUIRE(session.open(standard_application("1"), Actor::the_applicant()));
        throw std::runtime_error("the caller changed its mind");
    }),
                    std::runtime_error);
    CHECK(hall.engine->reader().cases({}).empty());
    CHECK(hall.open("2").text == "420714001000-20260302-000001");
}

TEST_CASE("what time brings about is fired by advance, once") {
    Hall hall;
    const auto number = hall.open();
    REQUIRE(hall.complete(number, "supplement", OfficerId("lin")));
    CHECK(hall.engine->advance().timers == 0);
    hall.pass_days(60);
    const auto report = hall.engine->advance();
    CHECK(report.timers == 1);
    CHECK(hall.engine->reader().show(number)->view.status == "lapsed");
    CHECK(hall.engine->advance().cases == 0);
    CHECK(hall.engine->administration().verify().intact());
}

TEST_CASE("advance finds the tasks drawn for officers whose absence was entered afterwards") {
    const testing::TemporaryFolder folder;
    auto texts = standard_texts();
    auto& organization = texts[2].content;
    // With one of four absent the pool is still large enough.
    organization.insert(organization.find("  wang: {"),
                        "  wu: {name: 吴静, hall: north, posts: [reviewer]}\n");
    CaseNumber number;
    std::string holder;
    {
        Hall hall(make_store((folder / "hall.db").string()), texts);
        number = hall.open();
        REQUIRE(hall.complete(number, "accept", OfficerId("lin")));
        holder = hall.task(number).holder.text;
        CHECK(hall.engine->advance().draws == 0);
    }
    const auto at = organization.find("}", organization.find("  " + holder + ": {name"));
    organization.insert(at, ", absent: [{from: 2026-03-02, to: 2026-03-06}]");
    Hall hall(make_store((folder / "hall.db").string()), texts);
    CHECK(hall.engine->advance().draws == 1);
    CHECK(hall.task(number).holder.text != holder);
    CHECK(hall.engine->advance().draws == 0);
    CHECK(hall.engine->administration().verify().intact());
}

TEST_CASE("a running case keeps its revision when the definition changes") {
    const testing::TemporaryFolder folder;
    auto texts = standard_texts();
    CaseNumber old_case;
    {
        Hall hall(make_store((folder / "hall.db").string()), texts);
        old_case = hall.open("1");
    }
    auto& item = texts.back().content;
    item.replace(item.find("promised: 5"), 11, "promised: 3");
    item.replace(item.find("revision: 3"), 11, "revision: 4");
    Hall hall(make_store((folder / "hall.db").string()), texts);
    REQUIRE(hall.complete(old_case, "accept", OfficerId("lin")));
    CHECK(hall.engine->reader().show(old_case)->view.promised_due == date_of(2026, 3, 9));
    const auto new_case = hall.open("2");
    REQUIRE(hall.complete(new_case, "accept", OfficerId("lin")));
    CHECK(hall.engine->reader().show(new_case)->view.promised_due == date_of(2026, 3, 5));
    CHECK(hall.engine->reader().show(old_case)->revision == 3);
    CHECK(hall.engine->administration().verify().intact());
}

TEST_CASE("a running case keeps the decision it was opened with") {
    const testing::TemporaryFolder folder;
    auto texts = standard_texts();
    const std::string decision =
        "decision: extra.fee\ninputs: {copies: number}\nvalue: copies * 10\n";
    const std::string item =
        "item: copy\nrevision: 1\ntitle: A copy\nkind: instant\nuses: {extra: extra.fee}\n"
        "fields: {copies: {type: number, required: true}}\nstart: way\nsteps:\n  way:\n"
        "    choose:\n      - {when: extra(copies) > 15, to: window}\n"
        "      - {otherwise: printed}\n"
        "  window: {task: intake, post: general-window, outcomes: {pay: way}}\n"
        "  printed: {end: granted}\n";
    texts.push_back({"fee.yaml", decision});
    texts.push_back({"copy.yaml", item});
    OpenCase application;
    application.item = ItemId("copy");
    application.hall = HallId("north");
    application.fields = {{FieldId("copies"), decimal_of(2)}};
    CaseNumber old_case;
    {
        Hall hall(make_store((folder / "hall.db").string()), texts);
        old_case = hall.engine->open(application, Actor::the_applicant()).value().number;
    }
    auto& fee = texts[texts.size() - 2].content;
    fee.replace(fee.find("* 10"), 4, "* 1");
    auto& next = texts.back().content;
    next.replace(next.find("revision: 1"), 11, "revision: 2");
    Hall hall(make_store((folder / "hall.db").string()), texts);
    const auto new_case = hall.engine->open(application, Actor::the_applicant()).value().number;
    CHECK(hall.engine->reader().show(new_case)->view.status == "granted");
    REQUIRE(hall.complete(old_case, "pay", OfficerId("lin")));
    CHECK(hall.engine->reader().show(old_case)->view.status == "open");
    CHECK(hall.engine->administration().verify().intact());
}

TEST_CASE("callers on several threads share commits and each gets its own answer") {
    const testing::TemporaryFolder folder;
    Engine engine(*Catalog::load(standard_texts()).catalog,
                  make_store((folder / "hall.db").string()));
    std::vector<std::thread> callers;
    std::vector<std::vector<CaseNumber>> numbers(8);
    for (std::size_t t = 0; t < numbers.size(); ++t)
        callers.emplace_back([&, t] {
            for (int i = 0; i < 20; ++i)
                numbers[t].push_back(engine
                                         .open(standard_application(std::to_string(t * 100 + i)),
                                               Actor::the_applicant())
                                         .value()
                                         .number);
        });
    for (auto& caller : callers) caller.join();
    std::set<CaseNumber> all;
    for (const auto& own : numbers) all.insert(own.begin(), own.end());
    CHECK(all.size() == 160);
    CHECK(engine.administration().verify().cases == 160);
}

TEST_CASE("submitted commands are answered after they are durable, refusals too") {
    const testing::TemporaryFolder folder;
    Engine engine(*Catalog::load(standard_texts()).catalog,
                  make_store((folder / "hall.db").string()));
    std::atomic<int> opened = 0, refused = 0;
    for (int i = 0; i < 100; ++i) {
        auto application = standard_application(std::to_string(i));
        if (i % 10 == 0) application.fields.clear();
        engine.submit({}, {application, Actor::the_applicant(), {}, {}, {}},
                      [&](Expected<Answer> answer, std::exception_ptr failure) {
                          if (failure) return;
                          ++(answer ? opened : refused);
                      });
    }
    engine.drain();
    CHECK(opened == 90);
    CHECK(refused == 10);
    CHECK(engine.administration().verify().cases == 90);
}

TEST_CASE("two engines on one file see each other's work") {
    const testing::TemporaryFolder folder;
    const auto catalog = *Catalog::load(standard_texts()).catalog;
    Engine one(catalog, make_store((folder / "hall.db").string()));
    Engine two(catalog, make_store((folder / "hall.db").string()));
    const auto number = one.open(standard_application("1"), Actor::the_applicant()).value().number;
    REQUIRE(two.claim(number, TaskNumber{1}, OfficerId("lin")));
    CHECK(one.claim(number, TaskNumber{1}, OfficerId("sun")).refused(RefusalCode::already_claimed));
    const auto second = two.open(standard_application("2"), Actor::the_applicant()).value().number;
    const auto third = one.open(standard_application("3"), Actor::the_applicant()).value().number;
    CHECK(second != third);
}

TEST_CASE("a drawing's counts are the number of times each arrow was taken") {
    Hall hall;
    for (int i = 0; i < 3; ++i)
        REQUIRE(hall.complete(hall.open(std::to_string(i)), "accept", OfficerId("lin")));
    hall.open("9");
    const auto flows = hall.engine->reader().flows(ItemId("social-card.replace-lost"));
    std::uint64_t most = 0;
    for (const auto times : flows) most = std::max(most, times);
    CHECK(most == 3);
}

TEST_CASE("a case that is not there has no tasks") {
    Hall hall;
    hall.engine->transact(
        [&](Engine::Session& session) { CHECK(session.tasks(CaseNumber("no-such")).empty()); });
}

}  // namespace workflow::testing::engine_test
