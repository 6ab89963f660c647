// With which outcomes an officer may end a task, before anything is done.

#include <workflow/workflow.hpp>

#include <algorithm>
#include <catch2/catch.hpp>

#include "support/standard_item.hpp"

namespace workflow::testing::outcomes_test {

namespace {

/// The standard hall, whose reviewers also find out what the card costs.
struct Hall {
    Engine engine{catalog(), open_store(":memory:")};
    CaseNumber number;

    static Catalog catalog() {
        auto texts = standard_texts();
        for (auto& text : texts) {
            const std::string fields = "  loss_reported: {type: boolean, default: false}\n";
            if (const auto at = text.content.find(fields); at != std::string::npos)
                text.content.insert(at, "  cost: {type: number, required: true, from: review}\n");
        }
        return *Catalog::load(texts).catalog;
    }
    explicit Hall(bool with_photo = true) {
        auto application = standard_application("1001");
        if (!with_photo) application.materials.clear();
        number = engine.open(application, Actor::the_applicant()).value().number;
    }
    TaskView task() { return engine.reader().show(number)->tasks.at(0); }
    Expected<std::vector<PossibleOutcome>> outcomes(const char* officer,
                                                    const CompletionDraft& draft = {}) {
        return engine.reader().outcomes(number, task().task, OfficerId(officer), draft);
    }
    PossibleOutcome outcome(const std::string& officer, const char* id,
                            const CompletionDraft& draft = {}) {
        for (auto& one : outcomes(officer.c_str(), draft).value())
            if (one.id == OutcomeId(id)) return one;
        FAIL("no outcome " << id);
        return {};
    }
    void accept() {
        CompleteTask accepted;
        accepted.task = task().task;
        accepted.outcome = OutcomeId("accept");
        REQUIRE(engine.complete(number, accepted, OfficerId("lin")));
    }
};

const CompletionDraft known_cost{{{FieldId("cost"), Value(decimal_of(20))}}, {}};

}  // namespace

TEST_CASE("an officer at the post may end a task with any outcome whose conditions hold") {
    Hall hall;
    const auto outcomes = hall.outcomes("lin").value();
    REQUIRE(outcomes.size() == 3);
    CHECK(outcomes[0].id == OutcomeId("accept"));
    for (const auto& outcome : outcomes) {
        INFO(outcome.id.text);
        CHECK(outcome.possible);
        CHECK_FALSE(outcome.refusal);
    }
    CHECK(hall.outcome("lin", "decline").requires_reason);
}

TEST_CASE("an outcome that lacks materials is not possible until the draft has them") {
    Hall hall(false);
    const auto accept = hall.outcome("lin", "accept");
    CHECK_FALSE(accept.possible);
    REQUIRE(accept.refusal);
    CHECK(accept.refusal->code == RefusalCode::materials_missing);
    CHECK(hall.outcome("lin", "supplement").possible);
    const CompletionDraft photo{{}, {{MaterialId("photo"), MaterialForm::provided}}};
    CHECK(hall.outcome("lin", "accept", photo).possible);
}

TEST_CASE("an outcome for which the officer must find something out needs it in the draft") {
    Hall hall;
    hall.accept();
    const auto reviewer = hall.task().holder.text;
    CHECK(hall.outcome(reviewer, "approve").refusal->code == RefusalCode::field_missing);
    CHECK(hall.outcome(reviewer, "approve", known_cost).possible);
}

TEST_CASE("the refusal of an outcome is the one that completing with it is answered") {
    Hall hall;
    hall.accept();
    const auto reviewer = hall.task().holder.text;
    const std::string other = reviewer == "zhao" ? "qian" : "zhao";
    for (const auto& officer : {reviewer, other, std::string("lin")})
        for (const auto& one : hall.outcomes(officer.c_str()).value()) {
            INFO(officer << ' ' << one.id.text);
            REQUIRE_FALSE(one.possible);
            const auto answer = hall.engine.complete(
                hall.number, {hall.task().task, one.id, "why", {}, {}}, OfficerId(officer));
            REQUIRE_FALSE(answer);
            CHECK(*one.refusal == answer.refusal());
        }
}

TEST_CASE("an outcome that is possible is then accepted, and asking has changed nothing") {
    Hall hall;
    hall.accept();
    const auto before = hall.engine.reader().trail(hall.number)->size();
    const auto reviewer = hall.task().holder.text;
    CHECK(hall.outcome(reviewer, "approve", known_cost).possible);
    CHECK(hall.engine.reader().trail(hall.number)->size() == before);
    CHECK(hall.engine.administration().verify().intact());
    CHECK(hall.engine.complete(hall.number,
                               {hall.task().task, OutcomeId("approve"), "", known_cost.fields, {}},
                               OfficerId(reviewer)));
}

TEST_CASE("there are no outcomes where there is no such officer, task or case, or it has ended") {
    Hall hall;
    const auto reader = hall.engine.reader();
    const OfficerId lin("lin");
    CHECK(hall.outcomes("nobody").refused(RefusalCode::unknown_officer));
    CHECK(reader.outcomes(hall.number, TaskNumber{9}, lin).refused(RefusalCode::unknown_task));
    CHECK(reader.outcomes(CaseNumber("x"), TaskNumber{1}, lin).refused(RefusalCode::unknown_case));
    REQUIRE(hall.engine.withdraw(hall.number, "no longer needed"));
    CHECK(reader.outcomes(hall.number, TaskNumber{1}, lin).refused(RefusalCode::case_ended));
}

}  // namespace workflow::testing::outcomes_test
