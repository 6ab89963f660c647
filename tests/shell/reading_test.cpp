// Who reads what personal data, and why: the trail says so, and the journal who wanted too much.

#include <catch2/catch.hpp>

#include <workflow/engine.hpp>

#include "engine/visibility.hpp"
#include "support/hall.hpp"

namespace workflow::testing::reading_test {

namespace {

constexpr const char* item = R"(item: pension.special
title: 特殊工种退休核准
kind: instant
fields:
  id_number: {type: string, required: true, personal: true}
  birth_date: {type: date, personal: true}
  years: {type: number, default: 8}
materials:
  authority: {title: 授权委托书, for: proxy}
start: intake
steps:
  intake: {task: intake, post: window, outcomes: {accept: {to: review, accepts: true}}}
  review: {task: review, pool: pass-through, sees: birth_date, outcomes: {approve: {to: granted, decides: true}}}
  granted: {end: granted}
)";

constexpr const char* staff = R"(organization: test-hall
title: 测试大厅
halls: {north: 北厅, west: {title: 西厅, utc_offset: '+06:00'}}
posts:
  window: {duties: [intake]}
  reviewer: {duties: [review]}
reading: {purposes: {handling: 业务办理, complaint: 投诉核查}, per hour: 3}
officers:
  lin: {name: 林芳, hall: north, posts: [window]}
  lin-evening: {name: 林芳, person: lin, hall: north, posts: [window]}
  lin-west: {name: 林芳, person: lin, hall: west, posts: [window]}
  sun: {name: 孙立, hall: north, posts: [window]}
  zhao: {name: 赵敏, hall: north, posts: [reviewer]}
  qian: {name: 钱进, hall: north, posts: [reviewer]}
)";

/// A hall with an engine of its own.
class Office {
public:
    Office() {
        auto loaded =
            Catalog::load(std::vector<Catalog::Text>{{"item.yaml", item}, {"staff.yaml", staff}});
        REQUIRE(loaded.catalog);
        Engine::Options options;
        options.clock = [this] { return now; };
        engine =
            std::make_unique<Engine>(*loaded.catalog, open_store(":memory:"), std::move(options));
    }

    CaseNumber open(const std::string& person = "chen") const {
        OpenCase application;
        application.item = ItemId("pension.special");
        application.applicant = {PersonId(person), "陈晨", "person"};
        application.hall = HallId("north");
        application.agent = Agent{PersonId("wu"), "吴明"};
        application.fields = {{FieldId("id_number"), Value("1234")},
                              {FieldId("birth_date"), Value(*parse_date("1966-03-01"))}};
        application.materials = {provided("authority")};
        return engine->open(application, as("lin"), CommandKey("key of " + person)).value().number;
    }
    std::vector<CaseNumber> open(int count) const {
        std::vector<CaseNumber> cases;
        for (int i = 0; i < count; ++i) cases.push_back(open("person " + std::to_string(i)));
        return cases;
    }
    Expected<workflow::Answer> read(const CaseNumber& number, const char* officer,
                                    const char* purpose = "handling") const {
        return engine->perform(number, {ReadCase{purpose}, as(officer), {}, {}, {}});
    }
    [[nodiscard]] std::string field(const CaseNumber& number, const char* reader,
                                    const char* name) const {
        const auto detail = engine->reader().seen_by(OfficerId(reader)).show(number).value();
        for (const auto& [id, value] : detail.fields)
            if (id == FieldId(name)) return to_string(value);
        return {};
    }
    [[nodiscard]] CaseOpened opened(const CaseNumber& number, const char* reader) const {
        return std::get<CaseOpened>(
            engine->reader().seen_by(OfficerId(reader)).trail(number).value().front().what);
    }
    [[nodiscard]] std::vector<ReadingStopped> stopped() const {
        std::vector<ReadingStopped> all;
        for (const auto& event : engine->administration().journal())
            if (const auto* what = std::get_if<ReadingStopped>(&event.what)) all.push_back(*what);
        return all;
    }
    void later(int minutes) { now.microseconds += minutes * std::int64_t{60'000'000}; }

    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", {});
    std::unique_ptr<Engine> engine;
};

const std::string kept_back = '"' + std::string(engine::withheld) + '"';

}  // namespace

TEST_CASE("without a purpose nothing personal is shown, and with one the trail says who reads") {
    Office office;
    const auto number = office.open();
    CHECK(office.field(number, "lin", "id_number") == kept_back);
    CHECK(office.field(number, "lin", "years") == "8");
    const auto kept = office.opened(number, "lin");
    CHECK(kept.applicant.person == PersonId(engine::withheld));
    CHECK(kept.applicant.name == engine::withheld);
    CHECK(kept.agent->name == engine::withheld);
    CHECK(kept.agent->person == PersonId(engine::withheld));
    CHECK(office.engine->reader().seen_by(OfficerId("lin")).trail(number)->front().key.empty());

    REQUIRE(office.read(number, "lin"));
    CHECK(office.field(number, "lin", "id_number") == "\"1234\"");
    CHECK(office.opened(number, "lin").applicant.name == "陈晨");
    CHECK(office.opened(number, "lin").agent->name == "吴明");
    // Another officer has said nothing; the same person's other account is the same person's.
    CHECK(office.field(number, "sun", "id_number") == kept_back);
    CHECK(office.field(number, "lin-evening", "id_number") == "\"1234\"");
    const auto trail = *office.engine->reader().trail(number);
    CHECK(trail.back().what == EventPayload(CaseRead{"handling"}));
    CHECK(trail.back().actor == as("lin"));
    CHECK(office.engine->administration().verify().intact());
}

TEST_CASE("a purpose is good for its day") {
    Office office;
    const auto number = office.open();
    const auto count = [&] { return office.engine->reader().trail(number)->size(); };
    REQUIRE(office.read(number, "lin"));
    const auto before = count();
    const auto again = office.read(number, "lin").value();
    CHECK(again.events.empty());
    CHECK(workflow::number(again.version) == before);
    CHECK(count() == before);
    office.later(24 * 60);
    CHECK(office.field(number, "lin", "id_number") == kept_back);
    REQUIRE(office.read(number, "lin"));
    CHECK(count() == before + 1);
    CHECK(office.field(number, "lin", "id_number") == "\"1234\"");
}

TEST_CASE("the day is the case's, wherever its reader sits") {
    Office office;
    const auto number = office.open();
    office.now = *parse_instant("2026-03-03T01:00:00+08:00", {});
    REQUIRE(office.read(number, "lin-west"));
    CHECK(office.field(number, "lin-west", "id_number") == "\"1234\"");
    office.later(22 * 60 + 30);
    CHECK(office.field(number, "lin-west", "id_number") == "\"1234\"");
    office.later(60);
    CHECK(office.field(number, "lin-west", "id_number") == kept_back);
}

TEST_CASE("a blind reviewer is shown what his task sees for a purpose, and nothing else") {
    Office office;
    const auto number = office.open();
    const auto detail = *office.engine->reader().show(number);
    CompleteTask accept;
    accept.task = detail.tasks.at(0).task;
    accept.outcome = OutcomeId("accept");
    REQUIRE(office.engine->complete(number, accept, OfficerId("sun")));
    const auto reviewer = office.engine->reader().show(number)->tasks.at(0).holder.text;
    CHECK(office.field(number, reviewer.c_str(), "birth_date") == kept_back);
    CHECK(office.field(number, reviewer.c_str(), "years") == "8");
    REQUIRE(office.read(number, reviewer.c_str()));
    CHECK(office.field(number, reviewer.c_str(), "birth_date") == "@\"1966-03-01\"");
    CHECK(office.field(number, reviewer.c_str(), "id_number") == kept_back);
    CHECK(office.opened(number, reviewer.c_str()).applicant.name == engine::withheld);
    // To others it is no secret that somebody reads, nor why; who does is one.
    const auto trail = office.engine->reader().seen_by(OfficerId("sun")).trail(number).value();
    CHECK(trail.back().what == EventPayload(CaseRead{"handling"}));
    CHECK(trail.back().actor.officer == OfficerId(engine::withheld));
}

TEST_CASE("the answer to an act shows personal data for a purpose only") {
    Office office;
    const auto number = office.open();
    CompleteTask accept;
    accept.task = TaskNumber{1};
    accept.outcome = OutcomeId("accept");
    accept.fields = {{FieldId("id_number"), Value("5678")}};
    const auto whole = office.engine->complete(number, accept, OfficerId("sun")).value();
    const auto given = [&] {
        const auto shown = office.engine->reader().seen_by(OfficerId("sun")).answer(whole);
        return find<TaskCompleted>(shown.events)->fields.at(0).second;
    };
    CHECK(given() == Value(std::string(engine::withheld)));
    REQUIRE(office.read(number, "sun"));
    CHECK(given() == Value("5678"));
}

TEST_CASE("whoever has nothing to do with a case does not read it, whatever for") {
    Office office;
    const auto number = office.open();
    CHECK(office.read(number, "zhao").refused(RefusalCode::not_yours_to_read));
    CHECK(office.read(CaseNumber("x"), "lin").refused(RefusalCode::unknown_case));
    CHECK(office.read(number, "lin", "curiosity").refused(RefusalCode::purpose_required));
    CHECK_FALSE(find<CaseRead>(*office.engine->reader().trail(number)));
}

TEST_CASE("who has read as many cases as he may within an hour reads no more until it is over") {
    Office office;
    const auto cases = office.open(5);
    for (int i = 0; i < 3; ++i) {
        REQUIRE(office.read(cases[static_cast<std::size_t>(i)], "lin"));
        office.later(10);
    }
    CHECK(office.read(cases[3], "lin").refused(RefusalCode::reading_exhausted));
    CHECK(office.field(cases[3], "lin", "id_number") == kept_back);
    for (int i = 0; i < 3; ++i) CHECK_FALSE(office.read(cases[4], "lin"));
    // The person has other accounts, and others have hours of their own.
    CHECK(office.read(cases[3], "lin-evening").refused(RefusalCode::reading_exhausted));
    CHECK(office.read(cases[3], "sun"));
    CHECK(office.read(cases[0], "lin"));  // which he reads already
    const std::vector<ReadingStopped> told{{OfficerId("lin"), 3}, {OfficerId("lin-evening"), 3}};
    CHECK(office.stopped() == told);

    office.later(30);  // the first was begun an hour ago
    CHECK(office.read(cases[3], "lin"));
    CHECK(office.read(cases[4], "lin").refused(RefusalCode::reading_exhausted));
    CHECK(office.stopped() == told);
    office.later(10);
    CHECK(office.read(cases[4], "lin-evening"));
    CHECK(office.engine->administration().verify().intact());
}

TEST_CASE("the journal says anew each hour who wants to read more than he may") {
    Office office;
    const auto cases = office.open(8);
    for (std::size_t i = 0; i < 3; ++i) REQUIRE(office.read(cases[i], "lin"));
    CHECK_FALSE(office.read(cases[3], "lin"));
    office.later(60);
    for (std::size_t i = 3; i < 6; ++i) REQUIRE(office.read(cases[i], "lin"));
    CHECK_FALSE(office.read(cases[6], "lin"));
    CHECK_FALSE(office.read(cases[7], "lin"));
    CHECK(office.stopped().size() == 2);
}

TEST_CASE("a note that somebody was stopped is kept with what else his unit of work does") {
    Office office;
    const auto cases = office.open(4);
    office.engine->transact([&](Engine::Session& session) {
        for (const auto& number : cases)
            (void)session.perform(number, {ReadCase{"handling"}, as("lin"), {}, {}, {}});
    });
    CHECK(office.stopped().size() == 1);
    CHECK(find<CaseRead>(*office.engine->reader().trail(cases[2])));
    CHECK_FALSE(find<CaseRead>(*office.engine->reader().trail(cases[3])));
}

}  // namespace workflow::testing::reading_test
