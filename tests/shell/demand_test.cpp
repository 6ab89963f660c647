// Nobody is turned away without a reply (零拒绝, R26): the demand desk takes up whatever fits no
// item, a panel studies it, and whoever is called by appointment is not called before.

#include <catch2/catch.hpp>

#include <filesystem>

#include <workflow/engine.hpp>

#include "workflow_paths.hpp"

namespace workflow::testing::demand_test {

namespace {

struct City {
    City() {
        auto loaded =
            Catalog::load(std::vector<std::filesystem::path>{WORKFLOW_SOURCE_DIR "/definitions"});
        REQUIRE(loaded.catalog);
        Engine::Options options;
        options.clock = [this] { return now; };
        engine =
            std::make_unique<Engine>(*loaded.catalog, open_store(":memory:"), std::move(options));
    }
    Expected<Answer> act(const CaseNumber& number, const TaskView& task, const char* outcome,
                         const OfficerId& officer) {
        return engine->complete(number, {task.task, OutcomeId(outcome), "looked into", {}, {}},
                                officer);
    }
    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", {});
    std::unique_ptr<Engine> engine;
};

}  // namespace

TEST_CASE("what fits no item is taken up, studied by two and answered") {
    City city;
    OpenCase unknown;
    unknown.item = ItemId("nothing.of.that-kind");
    const auto refused = city.engine->open(unknown, Actor::the_applicant());
    REQUIRE(refused.refused(RefusalCode::unknown_item));
    CHECK(refused.refusal().message.find("taken up as a demand") != std::string::npos);

    const auto taken =
        city.engine->demand("a file of 1983 cannot be found", {PersonId("p"), "张三", "person"},
                            "window", HallId("central"), Actor::of(OfficerId("lin-fang")));
    REQUIRE(taken);
    const auto number = taken->number;
    auto detail = *city.engine->reader().show(number);
    CHECK(detail.view.item == ItemId("service-desk.demand"));
    REQUIRE(city.act(number, detail.tasks.at(0), "register", OfficerId("lin-fang")));
    detail = *city.engine->reader().show(number);
    REQUIRE(detail.tasks.size() == 2);
    CHECK(detail.tasks[0].holder != detail.tasks[1].holder);
    const std::vector<TaskView> panel = detail.tasks;
    for (const auto& task : panel) REQUIRE(city.act(number, task, "advised", task.holder));
    detail = *city.engine->reader().show(number);
    REQUIRE(detail.tasks.size() == 1);
    const auto answering = detail.tasks[0].holder;
    for (const auto& task : panel) CHECK(task.holder != answering);
    REQUIRE(city.act(number, detail.tasks[0], "solved", answering));
    CHECK(city.engine->reader().show(number)->view.status == "answered");
}

TEST_CASE("a demand whose answer is late is told, again and again until it is answered") {
    City city;
    const auto number = city.engine
                            ->demand("x", {PersonId("p"), "", "person"}, "window",
                                     HallId("central"), Actor::of(OfficerId("lin-fang")))
                            .value()
                            .number;
    auto detail = *city.engine->reader().show(number);
    REQUIRE(city.act(number, detail.tasks.at(0), "register", OfficerId("lin-fang")));
    city.now = *parse_instant("2026-03-09T09:00:00+08:00", {});
    const auto told = city.engine->advance();
    CHECK(told.limits >= 2);       // both members of the panel
    CHECK(told.escalations >= 2);  // to the head
    city.now = *parse_instant("2026-04-09T09:00:00+08:00", {});
    city.engine->advance();
    CHECK(city.engine->reader().show(number)->statutory_passed);
    CHECK(city.engine->reader().show(number)->view.status == "open");
}

TEST_CASE("next calls nobody before his appointment, and who comes first before others") {
    City city;
    const auto open = [&](const char* person, const char* mode, const char* appointment) {
        OpenCase application;
        application.item = ItemId("social-card.replace-lost");
        application.applicant = {PersonId(person), "", "person"};
        application.hall = HallId("central");
        application.fields = {{FieldId("id_number"), Value("420600199001011001")}};
        application.mode = ModeId(mode);
        if (appointment) application.appointment = parse_instant(appointment, {});
        return city.engine->open(application, Actor::the_applicant()).value().number;
    };
    const auto booked = open("p1", "by-appointment", "2026-03-02T10:00:00+08:00");
    const OfficerId lin("lin-fang"), he("he-jing"), luo("luo-min");
    CHECK(city.engine->next(lin).refused(RefusalCode::nothing_to_do));
    const auto usual = open("p2", "", nullptr);
    city.now.microseconds += 60'000'000;
    const auto elderly = open("p3", "priority", nullptr);
    CHECK(city.engine->next(lin).value().number == elderly);
    CHECK(city.engine->next(he).value().number == usual);
    city.now = *parse_instant("2026-03-02T10:00:00+08:00", {});
    CHECK(city.engine->next(luo).value().number == booked);
    CHECK(city.engine->administration().verify().intact());
}

TEST_CASE("what was done on a phone is sent later, twice, and after the case has moved on") {
    // On site and without a line: each act has its time, its key and the version that it saw.
    City city;
    OpenCase application;
    application.item = ItemId("social-card.replace-lost");
    application.applicant = {PersonId("p"), "", "person"};
    application.hall = HallId("central");
    application.channel = "mobile";
    application.mode = ModeId("on-site");
    application.fields = {{FieldId("id_number"), Value("420600199001011001")}};
    application.materials = {{MaterialId("photo"), MaterialForm::provided},
                             {MaterialId("commitment"), MaterialForm::committed}};
    const auto done_at = *parse_instant("2026-03-02T08:10:00+08:00", {});
    CaseNumber number;
    for (int sent = 0; sent < 2; ++sent)
        city.engine->transact([&](Engine::Session& session) {
            number =
                session.open(application, Actor::the_applicant(), CommandKey("phone-1"), done_at)
                    .value()
                    .number;
        });
    CHECK(city.engine->reader().cases({}).size() == 1);
    const auto seen = city.engine->reader().show(number)->view.version;
    Command accept{CompleteTask{TaskNumber{1}, OutcomeId("accept"), {}, {}, {}},
                   Actor::of(OfficerId("zheng-shuang")),  // of another hall: the mode allows it
                   CommandKey("phone-2"), seen, *parse_instant("2026-03-02T08:20:00+08:00", {})};
    const auto first = city.engine->perform(number, accept).value();
    CHECK(first.events.front().happened < first.events.front().recorded);
    CHECK(city.engine->perform(number, accept).value().repeated);
    accept.key = CommandKey("phone-3");
    CHECK(city.engine->perform(number, accept).refused(RefusalCode::stale_version));
    CHECK(city.engine->administration().verify().intact());
}

}  // namespace workflow::testing::demand_test
