// The judge proves itself: each fault that was once found in the engine stands here in a trail that
// shows it, and the judge names it. The whole trail without the fault breaks nothing.

#include <catch2/catch.hpp>

#include <functional>

#include "actors.hpp"
#include "store/memory_store.hpp"

namespace workflow::testing::judge_test {

using namespace workflow::hostile;

namespace {

/// A case that was handled as it should be, from the window to the counter.
class Honest {
public:
    Honest() : engine_(catalog(), open_memory_store(), options()) {
        OpenCase application;
        application.item = ItemId("card");
        application.applicant = {PersonId("chen"), "陈晨", "person"};
        application.channel = "web";
        application.hall = HallId("north");
        application.fields = {{FieldId("id_number"), Value("1")},
                              {FieldId("years"), decimal_of(2)}};
        application.materials = {{MaterialId("photo"), MaterialForm::provided}};
        number = engine_.open(application, Actor::the_applicant()).value().number;
        complete("accept", "lin");
        complete("approve");
        for (int vote = 0; vote < 3; ++vote) complete("favour");
        done(engine_.supply(number, {{{FieldId("account"), Value("6222")}}, {}, {}}));
        complete("deliver", "wang");
        trail = *engine_.reader().trail(number);
    }

    /// The first event of the kind that the test takes.
    template <class What>
    std::size_t first(const std::function<bool(const What&)>& fits = [](const What&) {
        return true;
    }) const {
        for (std::size_t i = 0; i < trail.size(); ++i)
            if (const auto* what = std::get_if<What>(&trail[i].what); what && fits(*what)) return i;
        FAIL("there is no such event");
        return 0;
    }
    template <class What>
    What& of(std::size_t at) {
        return std::get<What>(trail[at].what);
    }
    /// Inserts an event before `at`, with the times of the event there.
    void insert(std::size_t at, EventPayload what, Actor actor) {
        Event event = trail[at];
        event.what = std::move(what);
        event.actor = std::move(actor);
        trail.insert(trail.begin() + static_cast<std::ptrdiff_t>(at), std::move(event));
    }
    [[nodiscard]] std::size_t completed(const char* outcome) const {
        return first<TaskCompleted>(
            [&](const TaskCompleted& done) { return done.outcome.text == outcome; });
    }

    CaseNumber number;
    Events trail;

private:
    Engine::Options options() {
        Engine::Options options;
        options.clock = [this] {
            now_.microseconds += 1'000'000;
            return now_;
        };
        return options;
    }
    template <class Answered>
    static void done(const Answered& answered) {
        INFO((answered ? "" : answered.refusal().message));
        REQUIRE(answered);
    }
    void complete(const char* outcome, const std::string& officer = {}) {
        const auto tasks = engine_.reader().show(number)->tasks;
        REQUIRE_FALSE(tasks.empty());
        CompleteTask act;
        act.task = tasks.front().task;
        act.outcome = OutcomeId(outcome);
        done(engine_.complete(number, act,
                              officer.empty() ? tasks.front().holder : OfficerId(officer)));
    }

    Instant now_ = *parse_instant("2026-03-02T09:00:00+08:00", {});
    Engine engine_;
};

/// What the judge says of it, `kind` of the first line.
std::string judged(const Honest& hall) {
    Judge judge;
    judge.read(hall.number, hall.trail);
    if (judge.broken().empty()) return "";
    return judge.broken().front().substr(0, judge.broken().front().find(':'));
}

}  // namespace

TEST_CASE("an honest trail breaks no promise") {
    CHECK(judged(Honest()).empty());
}

TEST_CASE("the judge sees who writes a field that is not theirs") {
    Honest hall;
    SECTION("the applicant at opening") {
        hall.of<CaseOpened>(0).fields.emplace_back("finding", Value("fine"));
    }
    SECTION("the applicant between decision and payment") {
        hall.of<MaterialsSupplied>(hall.first<MaterialsSupplied>())
            .fields.emplace_back("years", decimal_of(30));
    }
    SECTION("a reviewer with the approval") {
        hall.of<TaskCompleted>(hall.completed("approve"))
            .fields.emplace_back("years", decimal_of(30));
    }
    SECTION("an expert with the vote") {
        hall.of<TaskCompleted>(hall.completed("favour"))
            .fields.emplace_back("finding", Value("fine"));
    }
    SECTION("the window after acceptance, or without saying that it corrects") {
        hall.of<TaskCompleted>(hall.completed("accept"))
            .fields.emplace_back("id_number", Value("2"));
    }
    CHECK(judged(hall) == "foreign_field");
}

TEST_CASE("the judge sees a computed value that is not what the rule says") {
    Honest hall;
    for (auto& [field, value] : hall.of<TaskCompleted>(hall.completed("accept")).fields)
        if (field.text == "fee") value = decimal_of(9999);
    CHECK(judged(hall) == "computed");
}

TEST_CASE("the judge sees who performs two duties, or acts in their own case") {
    Honest hall;
    SECTION("the window hands over") {
        auto& event = hall.trail[hall.completed("deliver")];
        event.actor = Actor::of(OfficerId("lin"));
        std::get<TaskCompleted>(event.what).officer = OfficerId("lin");
        CHECK(judged(hall) == "second_duty");
    }
    SECTION("under another account of the same human being") {
        auto& drawn = hall.of<TaskDrawn>(hall.first<TaskDrawn>());
        drawn.officer = OfficerId("lin-two");
        drawn.candidates.push_back(drawn.officer);
        CHECK(judged(hall) == "second_duty");
    }
    SECTION("one expert votes twice") {
        const auto first = hall.completed("favour");
        const auto vote = hall.of<TaskCompleted>(first);
        for (auto at = first + 1; at < hall.trail.size(); ++at)
            if (auto* drawn = std::get_if<TaskCompleted>(&hall.trail[at].what);
                drawn && drawn->outcome.text == "favour") {
                drawn->officer = vote.officer;
                hall.trail[at].actor = Actor::of(vote.officer);
            }
        CHECK(judged(hall) == "chosen");
    }
    SECTION("the applicant is the officer") {
        hall.of<CaseOpened>(0).applicant.person = PersonId("lin");
        CHECK(judged(hall) == "own_case");
    }
    SECTION("one runs a script that accepts and hands over") {
        for (const auto* outcome : {"accept", "deliver"})
            hall.trail[hall.completed(outcome)].batch = {
                BatchOrigin{OfficerId("deputy"), {}, "row", ""}};
        CHECK(judged(hall) == "second_duty");
    }
}

TEST_CASE("the judge sees who shapes the draw") {
    Honest hall;
    const auto at = hall.first<TaskDrawn>();
    auto& drawn = hall.of<TaskDrawn>(at);
    SECTION("nobody but the chosen one is left") {
        hall.insert(at, RecusalAsked{OfficerId("rev-a"), PersonId("rev-a"), "kin", "said so"},
                    Actor::of(OfficerId("rev-a")));
        auto& narrow = hall.of<TaskDrawn>(at + 1);
        const auto chosen = narrow.officer.text == "rev-a" ? OfficerId("rev-b") : narrow.officer;
        narrow.officer = chosen;
        narrow.candidates = {chosen, OfficerId("rev-c")};
        CHECK(judged(hall) == "narrowed");
    }
    SECTION("somebody is left out as recused, whom nobody has recused") {
        drawn.excluded.push_back(
            {OfficerId("rev-a"), static_cast<std::uint8_t>(RefusalCode::recused)});
        CHECK(judged(hall) == "narrowed");
    }
    SECTION("another one does what was drawn") {
        drawn.officer = drawn.officer.text == "rev-a" ? OfficerId("rev-b") : OfficerId("rev-a");
        CHECK(judged(hall) == "chosen");
    }
    SECTION("the same matter, filed again, comes to another reviewer") {
        Judge judge;
        judge.read(hall.number, Events(hall.trail.begin(), hall.trail.begin() + 6));
        auto again = hall.trail;
        auto& other = std::get<TaskDrawn>(again[at].what);
        REQUIRE(other.candidates.size() >= 3);
        other.officer =
            other.officer == other.candidates[0] ? other.candidates[1] : other.candidates[0];
        judge.read(CaseNumber("again"), Events(again.begin(), again.begin() + 6));
        REQUIRE_FALSE(judge.broken().empty());
        CHECK(judge.broken().front().starts_with("chosen"));
    }
}

TEST_CASE("the judge sees who acts for another") {
    Honest hall;
    const auto at = hall.completed("accept");
    SECTION("an officer withdraws without the applicant's word") {
        hall.insert(at, CaseWithdrawn{"", {}, ""}, Actor::of(OfficerId("rev-a")));
    }
    SECTION("a supervisor of another hall reassigns") {
        hall.insert(
            at,
            TaskHandedOver{
                TaskNumber{1}, TaskHandedOver::Way::reassigned, {}, OfficerId("lin"), "because"},
            Actor::of(OfficerId("far-chief")));
    }
    SECTION("the applicant withdraws after the decision") {
        hall.insert(hall.completed("deliver"), CaseWithdrawn{"", {}, ""}, Actor::the_applicant());
    }
    SECTION("an officer of another hall completes") {
        auto& event = hall.trail[hall.completed("deliver")];
        event.actor = Actor::of(OfficerId("kong"));
        std::get<TaskCompleted>(event.what).officer = OfficerId("kong");
    }
    CHECK(judged(hall) == "foreign_act");
}

TEST_CASE("the judge sees that one person alone decides what needs two") {
    Honest hall;
    const auto at = hall.completed("accept");
    const auto chief = Actor::of(OfficerId("chief"));
    SECTION("a recusal by who asked for it") {
        hall.insert(at, RecusalAsked{OfficerId("rev-a"), PersonId("rev-a"), "kin", "x"}, chief);
        hall.insert(at + 1, RecusalDecided{OfficerId("rev-a"), true, ""}, chief);
    }
    SECTION("a seal opened by who asked for it") {
        hall.insert(at, UnsealAsked{Sealed::reviewer, "audit", "x"}, chief);
        hall.insert(at + 1, CaseUnsealed{Sealed::reviewer, "x", OfficerId("chief")}, chief);
    }
    SECTION("a seal opened though nobody asked") {
        hall.insert(at, CaseUnsealed{Sealed::reviewer, "x", OfficerId("lin")}, chief);
    }
    CHECK(judged(hall) == "second_person");
}

TEST_CASE("the judge sees one supervisor weigh the dice") {
    Honest hall;
    Event event = hall.trail.front();
    event.actor = Actor::of(OfficerId("chief"));
    event.what = StaffChanged{OfficerId("rev-a"), OfficerWeighted{5}, "because", 0};
    Judge judge;
    judge.read_journal({event});
    REQUIRE(judge.broken().size() == 1);
    CHECK(judge.broken().front().starts_with("second_person"));
}

TEST_CASE("the judge counts the votes") {
    Honest hall;
    for (auto& event : hall.trail)
        if (auto* done = std::get_if<TaskCompleted>(&event.what);
            done && done->outcome.text == "favour" && done->task != TaskNumber{3})
            done->outcome = OutcomeId("against");
    CHECK(judged(hall) == "votes");
}

TEST_CASE("the judge sees an id that is written in another way") {
    Honest hall;
    hall.of<CaseOpened>(0).applicant.person = PersonId("chen ");
    CHECK(judged(hall) == "identity");
}

}  // namespace workflow::testing::judge_test
