// Personal data are read for a purpose that the organization names, and only so many cases an hour.

#include <catch2/catch.hpp>

#include "engine/apply.hpp"
#include "engine/visibility.hpp"
#include "support/hall.hpp"
#include "support/staff.hpp"

namespace workflow::testing::reading_test {

namespace {

const std::string purposes = R"(reading:
  purposes: {handling: 业务办理, complaint: 投诉核查}
  per hour: 3
)";

/// The test hall, in which nobody is shown personal data without saying why he reads them.
struct ReadingHall : Hall {
    ReadingHall() : Hall({hall_item, hall_staff + purposes}) { open(as("lin")); }

    HallAnswer read(const std::string& officer, std::string purpose = "handling") {
        return perform(ReadCase{std::move(purpose)}, as(officer.c_str()));
    }
    /// Is he shown who applies, and the number on his form?
    [[nodiscard]] bool shows(const std::string& reader) const {
        const auto* officer = definitions.organization.officer(OfficerId(reader));
        const auto today = definitions.organization.clock.day_of(facts.now);
        const auto visibility =
            engine::visibility_of(process, definitions.organization, c, *officer, today).value();
        engine::Redaction redact(process, visibility);
        const auto opened = std::get<CaseOpened>(redact(events.front())->what);
        const bool form =
            engine::shows_field(process, visibility, *process.field(FieldId("id_number")));
        CHECK(form == (opened.fields.front().second == Value("1234")));
        CHECK(form == (opened.applicant.name == "陈晨"));
        CHECK(form == (opened.applicant.person == PersonId("chen")));
        return form;
    }
};

}  // namespace

TEST_CASE("personal data are shown on the day on which somebody says why he reads them") {
    ReadingHall hall;
    CHECK_FALSE(hall.shows("lin"));
    const auto done = hall.read("lin").value();
    REQUIRE(done.size() == 1);
    CHECK(std::get<CaseRead>(done.front().what) == CaseRead{"handling"});
    CHECK(done.front().actor == as("lin"));
    CHECK(hall.shows("lin"));
    CHECK_FALSE(hall.shows("chief"));
    hall.on("2026-03-03");
    CHECK_FALSE(hall.shows("lin"));
    REQUIRE(hall.read("lin", "complaint"));
    CHECK(hall.shows("lin"));
}

TEST_CASE("a reader is shown the rest of a case without a purpose") {
    ReadingHall hall;
    hall.complete("intake", "accept", "lin").value();
    const auto* lin = hall.definitions.organization.officer(OfficerId("lin"));
    const auto visibility = engine::visibility_of(hall.process, hall.definitions.organization,
                                                  hall.c, *lin, day("2026-03-02"))
                                .value();
    CHECK_FALSE(visibility.personal);
    CHECK(engine::shows_field(hall.process, visibility, *hall.process.field(FieldId("copies"))));
    engine::Redaction redact(hall.process, visibility);
    for (const auto& event : hall.events) {
        const auto shown = redact(event);
        REQUIRE(shown);
        CHECK(shown->actor == event.actor);
    }
}

TEST_CASE("what is said with a rating is shown for a purpose, its grade without") {
    ReadingHall hall;
    hall.read("chief").value();
    const auto* chief = hall.definitions.organization.officer(OfficerId("chief"));
    Event rated;
    rated.what = CaseRated{TaskNumber{1}, Grade::dissatisfied, "王科长让我白跑一趟"};
    const auto comment = [&](const char* today) {
        const auto visibility = engine::visibility_of(hall.process, hall.definitions.organization,
                                                      hall.c, *chief, day(today))
                                    .value();
        const auto shown = engine::Redaction(hall.process, visibility)(rated).value();
        CHECK(std::get<CaseRated>(shown.what).grade == Grade::dissatisfied);
        return std::get<CaseRated>(shown.what).comment;
    };
    CHECK(comment("2026-03-02") == "王科长让我白跑一趟");
    CHECK(comment("2026-03-03") == engine::withheld);
}

TEST_CASE("a purpose that the organization does not name is none") {
    ReadingHall hall;
    for (const char* purpose : {"", "curiosity", "Handling"}) {
        const auto refused = hall.read("lin", purpose);
        REQUIRE(refused.refused(RefusalCode::purpose_required));
        CHECK(refused.refusal().message.find("handling, complaint") != std::string::npos);
    }
    CHECK_FALSE(hall.shows("lin"));
}

TEST_CASE("the same purpose on the same day is in the trail already") {
    ReadingHall hall;
    REQUIRE(hall.read("lin").value().size() == 1);
    hall.later(60);
    CHECK(hall.read("lin").value().empty());
    CHECK(hall.read("lin", "complaint").value().size() == 1);
    CHECK(hall.read("chief").value().size() == 1);
    hall.on("2026-03-03");
    CHECK(hall.read("lin").value().size() == 1);
    CHECK(hall.c.readings.size() == 3);
}

TEST_CASE("whoever has nothing to do with the case does not read it") {
    ReadingHall hall;
    CHECK(hall.read("wang").refused(RefusalCode::not_yours_to_read));
    CHECK(hall.read("nobody").refused(RefusalCode::unknown_officer));
    CHECK(hall.read("he").refused(RefusalCode::absent));
    CHECK(hall.perform(ReadCase{"handling"}, Actor::the_applicant())
              .refused(RefusalCode::not_entitled));
    CHECK(
        hall.perform(ReadCase{"handling"}, Actor::the_engine()).refused(RefusalCode::not_entitled));
    hall.c.applicant = PersonId("lin");
    CHECK(hall.read("lin").refused(RefusalCode::applicant_is_officer));
}

TEST_CASE("where no purposes are named any word is one, and nothing is kept back without") {
    Hall hall;
    hall.open(as("lin"));
    const auto* lin = hall.definitions.organization.officer(OfficerId("lin"));
    CHECK(engine::visibility_of(hall.process, hall.definitions.organization, hall.c, *lin,
                                day("2026-03-02"))
              .value()
              .personal);
    hall.facts.reads = [](const OfficerId&, Instant) { return 1'000'000; };
    CHECK(hall.perform(ReadCase{""}, as("lin")).refused(RefusalCode::purpose_required));
    CHECK(hall.perform(ReadCase{"核对"}, as("lin")));
}

TEST_CASE("a case is read after its end, too") {
    ReadingHall hall;
    hall.withdraw();
    REQUIRE(hall.status() == "withdrawn");
    CHECK(hall.read("lin"));
    CHECK(hall.shows("lin"));
}

TEST_CASE("a reading is not entered later, and does not keep what happened before from it") {
    ReadingHall hall;
    const auto before = hall.facts.now;
    hall.later(120);
    Command reading{ReadCase{"handling"}, as("lin"), {}, {}, before};
    CHECK(hall.perform(reading).refused(RefusalCode::time_out_of_order));
    reading.happened = hall.facts.now;
    REQUIRE(hall.perform(reading));
    hall.later(5);
    CHECK(hall.perform({CompleteTask{hall.task("intake"), OutcomeId("accept"), {}, {}, {}},
                        as("lin"),
                        {},
                        {},
                        Instant{before.microseconds + 60'000'000}}));
}

TEST_CASE("within an hour a person reads so many cases, from whatever account") {
    ReadingHall hall;
    std::map<std::string, std::uint32_t> begun;
    Instant asked{};
    hall.facts.reads = [&](const OfficerId& officer, Instant since) {
        asked = since;
        return begun[officer.text];
    };
    begun = {{"ma", 1}, {"ma-evening", 1}, {"lin", 3}};
    REQUIRE(hall.read("ma"));
    // An hour ago is no longer within the hour.
    CHECK(asked.microseconds == hall.facts.now.microseconds - 3'600'000'000 + 1);
    begun["ma-evening"] = 2;
    const auto refused = hall.read("ma", "complaint");
    REQUIRE(refused.refused(RefusalCode::reading_exhausted));
    CHECK(refused.refusal().message.find('3') != std::string::npos);
    // What he reads already he may go on with.
    CHECK(hall.read("ma"));
    hall.definitions.organization.reading->per_hour.reset();
    CHECK(hall.read("ma", "complaint"));
}

TEST_CASE("a case that was read comes out of its trail as it was") {
    ReadingHall hall;
    hall.read("lin").value();
    hall.complete("intake", "accept", "lin").value();
    hall.read(hall.holder("review")).value();
    hall.on("2026-03-03");
    hall.read("lin").value();
    const auto again = engine::replay(hall.process, hall.events);
    CHECK(again == hall.c);
    CHECK(again.readings.size() == 2);
    auto unread = hall.c;
    unread.readings.pop_back();
    CHECK(engine::canonical(unread) != engine::canonical(again));
}

}  // namespace workflow::testing::reading_test
