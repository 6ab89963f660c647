// What follows a negative rating: a case of its own, in which the officer who was rated takes no
// part, and which ends with a reply.

#include <catch2/catch.hpp>

#include <filesystem>

#include <workflow/engine.hpp>
#include <workflow/rating.hpp>

#include "crypto/digest.hpp"
#include "shell/catalog_access.hpp"
#include "support/xorshift.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::rating_test {

namespace {

/// The shipped definitions at work, with a secret for ratings.
class Bureau {
public:
    Bureau() {
        auto loaded =
            Catalog::load(std::vector<std::filesystem::path>{WORKFLOW_SOURCE_DIR "/definitions"});
        REQUIRE(loaded.catalog);
        Engine::Options options;
        options.clock = [this] { return now; };
        options.rating_secret = secret;
        engine =
            std::make_unique<Engine>(*loaded.catalog, open_store(":memory:"), std::move(options));
    }
    /// A case accepted by `window` at the central hall.
    CaseNumber accepted(const std::string& person, const char* window) {
        OpenCase application;
        application.item = ItemId("social-card.replace-lost");
        application.applicant = {PersonId(person), "张三", "person"};
        application.hall = HallId("central");
        application.fields = {{FieldId("id_number"), Value("420600199001011001")}};
        application.materials = {{MaterialId("photo"), MaterialForm::provided},
                                 {MaterialId("commitment"), MaterialForm::committed}};
        const auto opened = engine->open(application, Actor::the_applicant());
        if (!opened) throw std::runtime_error(opened.refusal().message);
        const auto done = engine->complete(
            opened->number, {TaskNumber{1}, OutcomeId("accept"), {}, {}, {}}, OfficerId(window));
        if (!done) throw std::runtime_error(done.refusal().message);
        return opened->number;
    }
    Expected<Answer> rate(const CaseNumber& number, Grade grade, const char* key = "") {
        return engine->perform(
            number, {RateCase{TaskNumber{1}, rating_token(secret, number, TaskNumber{1}), grade,
                              "waited for an hour"},
                     Actor::the_applicant(),
                     CommandKey(key),
                     {},
                     {}});
    }
    Digest secret = sha256("secret");
    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", {});
    std::unique_ptr<Engine> engine;
};

}  // namespace

TEST_CASE("a negative rating opens a case of its own, a good one does not") {
    Bureau bureau;
    const auto number = bureau.accepted("p1", "lin-fang");
    const auto answer = bureau.rate(number, Grade::dissatisfied).value();
    REQUIRE(answer.opened.size() == 1);
    const auto trail = *bureau.engine->reader().trail(answer.opened.front());
    const auto& opened = std::get<CaseOpened>(trail.front().what);
    CHECK(opened.item == ItemId("service-desk.rating-follow-up"));
    CHECK(opened.about == number);
    const auto& asked = std::get<RecusalAsked>(trail.at(1).what);
    CHECK(asked.person == PersonId("lin-fang"));
    CHECK(trail.at(1).actor == Actor::the_engine());
    CHECK(opened.applicant.person == PersonId("p1"));
    const auto detail = *bureau.engine->reader().show(answer.opened.front());
    const auto value = [&](const char* name) {
        for (const auto& [field, held] : detail.fields)
            if (field.text == name) return to_string(held);
        return std::string();
    };
    CHECK(value("rated_case") == '"' + number.text + '"');
    CHECK(value("grade") == "2");
    CHECK(value("comment") == "\"waited for an hour\"");
    // Its own clock, by R28's default of 15 working days.
    CHECK(to_string(*detail.view.statutory_due) == "2026-03-23");

    const auto good = bureau.accepted("p2", "he-jing");
    CHECK(bureau.rate(good, Grade::satisfied).value().opened.empty());
    CHECK(bureau.engine->administration().verify().intact());
}

TEST_CASE("a negative rating that is repeated with its key opens nothing again") {
    Bureau bureau;
    const auto number = bureau.accepted("p1", "lin-fang");
    CHECK(bureau.rate(number, Grade::very_dissatisfied, "k").value().opened.size() == 1);
    CHECK(bureau.rate(number, Grade::very_dissatisfied, "k").value().repeated);
    CaseFilter filter;
    filter.item = ItemId("service-desk.rating-follow-up");
    CHECK(bureau.engine->reader().cases(filter).size() == 1);
}

TEST_CASE("whoever was rated takes no part in the follow-up, which ends with a reply") {
    Xorshift random{7};
    Bureau bureau;
    // These three sit at a window and in a pool of the follow-up, or could by a second account.
    const std::vector<const char*> windows{"lin-fang", "sun-li", "he-jing", "luo-min"};
    for (int round = 0; round < 40; ++round) {
        const auto* window = windows[random.below(windows.size())];
        const auto number = bureau.accepted("p" + std::to_string(round), window);
        const auto follow_up = bureau.rate(number, Grade::very_dissatisfied).value().opened.at(0);
        for (int step = 0; step < 12; ++step) {
            const auto detail = *bureau.engine->reader().show(follow_up);
            if (detail.view.status != "open") break;
            const auto& task = detail.tasks.at(0);
            REQUIRE_FALSE(task.holder.empty());
            CHECK(task.holder != OfficerId(window));
            const auto process = compiled(bureau.engine->catalog()).process(detail.view.item);
            CompleteTask act;
            act.task = task.task;
            act.reason = "looked into";
            const bool first = random.below(2) == 0;
            act.outcome =
                OutcomeId(task.step == StepId("verification")    ? first ? "upheld" : "unfounded"
                          : task.step == StepId("second-look")   ? first ? "set-aside" : "upheld"
                          : task.step == StepId("rectification") ? first ? "rectified" : "explained"
                                                                 : "replied");
            REQUIRE(bureau.engine->complete(follow_up, act, task.holder));
        }
        CHECK(bureau.engine->reader().show(follow_up)->view.status == "answered");
    }
    CHECK(bureau.engine->administration().verify().intact());
}

}  // namespace workflow::testing::rating_test
