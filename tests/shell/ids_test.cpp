// Ids are identities: another spelling of one is the same person, officer or request, in cases of
// today and in trails from before ids were normalized.

#include <catch2/catch.hpp>

#include <workflow/engine.hpp>

#include "engine/apply.hpp"
#include "engine/decide.hpp"
#include "shell/catalog_access.hpp"

namespace workflow::testing::ids_test {

namespace {

constexpr const char* item = R"(item: card
title: 社保卡
kind: instant
fields: {note: {max length: 20}, tags: {type: strings}}
start: intake
steps:
  intake: {task: intake, post: window, outcomes: {accept: {to: issue, accepts: true}}}
  issue: {task: issue, post: issuer, outcomes: {deliver: granted}}
  granted: {end: granted}
)";

std::string staff(const std::string& rules) {
    return "organization: hall\ntitle: 大厅\n" + rules + R"(halls: {north: 北厅}
posts: {window: {duties: [intake]}, issuer: {duties: [issue]}}
officers:
  lin: {name: 林, hall: north, posts: [window]}
  he: {name: 何, hall: north, posts: [window]}
  he.evening: {name: 何, person: ' He', hall: north, posts: [issuer]}
  wang: {name: 王, hall: north, posts: [issuer]}
)";
}

class Office {
public:
    explicit Office(const std::string& rules = "") {
        auto loaded = Catalog::load(
            std::vector<Catalog::Text>{{"item.yaml", item}, {"staff.yaml", staff(rules)}});
        REQUIRE(loaded.catalog);
        engine = std::make_unique<Engine>(*loaded.catalog, open_store(":memory:"));
    }
    static OpenCase application(const std::string& person, const std::string& name = {}) {
        OpenCase open;
        open.item = ItemId("card");
        open.applicant = {PersonId(person), name, "person"};
        open.hall = HallId("north");
        return open;
    }
    Expected<Answer> open(const std::string& person, const std::string& by = "",
                          const std::string& key = "") {
        return engine->open(application(person),
                            by.empty() ? Actor::the_applicant() : Actor::of(OfficerId(by)),
                            CommandKey(key));
    }
    Expected<Answer> complete(const CaseNumber& number, std::uint32_t task, const char* outcome,
                              const char* officer, const std::string& reason = {}) {
        CompleteTask act;
        act.task = TaskNumber{task};
        act.outcome = OutcomeId(outcome);
        act.reason = reason;
        return engine->complete(number, act, OfficerId(officer));
    }
    std::unique_ptr<Engine> engine;
};

}  // namespace

TEST_CASE("no spelling of an officer's id lets them receive their own application") {
    Office office;
    for (const char* person : {"lin", "lin ", "\tlin", "LIN", "ｌｉｎ", "\u3000lin"})
        CHECK(office.open(person, "lin").refused(RefusalCode::applicant_is_officer));
    CHECK(office.open("lin\u200b", "lin").refused(RefusalCode::text_invalid));
    CHECK(office.open("somebody", "lin"));
}

TEST_CASE("an officer is one, however the id is spelled, and separation holds") {
    Office office;
    const auto number = office.open("citizen").value().number;
    REQUIRE(office.complete(number, 1, "accept", " He "));
    CHECK(office.complete(number, 2, "deliver", "he.evening").refused(RefusalCode::separated));
    CHECK(office.complete(number, 2, "deliver", "WANG"));
    const auto trail = *office.engine->reader().trail(number);
    for (const auto& event : trail)
        if (const auto* done = std::get_if<TaskCompleted>(&event.what))
            CHECK((done->officer == OfficerId("he") || done->officer == OfficerId("wang")));
    CHECK(office.engine->administration().verify().intact());
}

TEST_CASE("what is no text enters no trail") {
    using namespace std::string_literals;
    Office office;
    CHECK(office.open("\xff\xfe\x80").refused(RefusalCode::text_invalid));
    CHECK(office.open("a\0b"s).refused(RefusalCode::text_invalid));
    CHECK(office.open("a\u202eb").refused(RefusalCode::text_invalid));
    CHECK(office.open(std::string(300, 'a')).refused(RefusalCode::text_too_long));
    CHECK(office.engine
              ->open(Office::application("a", std::string(50'000'000, 'n')), Actor::the_applicant())
              .refused(RefusalCode::text_too_long));
    CHECK(office.engine->open(Office::application("a", "\xc0\x80"), Actor::the_applicant())
              .refused(RefusalCode::text_invalid));
    CHECK(office.open("a", "", "key\x1b").refused(RefusalCode::text_invalid));
    CHECK(office.engine->reader().cases({}).empty());
    const auto number = office.open("citizen").value().number;
    CHECK(office.complete(number, 1, "accept", "lin", "\xff").refused(RefusalCode::text_invalid));
    CHECK(office.complete(number, 1, "accept", "lin", std::string(10'001, 'r'))
              .refused(RefusalCode::text_too_long));
    CHECK(office.complete(number, 1, "accept", "lin", "two\nlines"));
}

TEST_CASE("a text of a form is as long as its field says, and 10,000 characters without a word") {
    Office office;
    const auto open = [&](const char* field, Value value) {
        auto application = Office::application("citizen");
        application.fields = {{FieldId(field), std::move(value)}};
        return office.engine->open(application, Actor::the_applicant());
    };
    CHECK(open("note", Value("二十个字二十个字二十个字二十个字二十个字")));
    CHECK(open("note", Value("二十个字二十个字二十个字二十个字二十个字多"))
              .refused(RefusalCode::text_too_long));
    CHECK(open("tags", Value(List{Value(std::string(10'000, 't'))})));
    CHECK(open("tags", Value(List{Value("a"), Value(std::string(10'001, 't'))}))
              .refused(RefusalCode::text_too_long));
    CHECK(open("note", Value("a\x1b]b")).refused(RefusalCode::text_invalid));
    CHECK(open("tags", Value(List{Value("a\xff")})).refused(RefusalCode::text_invalid));
}

TEST_CASE("a key with blanks around it is the same key") {
    Office office;
    const auto first = office.open("citizen", "", "k1");
    const auto again = office.open(" citizen ", "", "k1 ");
    REQUIRE(again);
    CHECK(again->repeated);
    CHECK(again->number == first->number);
    CHECK(office.engine->reader().cases({}).size() == 1);
}

TEST_CASE("the check digit of a citizen's id is asked for where the organization says so") {
    const std::string good = "44052418800101001", wrong = good + "5", right = good + "4";
    CHECK(Office().open(wrong));
    Office office("identity: {citizen_id: checked}\n");
    CHECK(office.open(wrong).refused(RefusalCode::text_invalid));
    CHECK(office.open(right));
    CHECK(office.open("passport-5"));
    auto firm = Office::application(wrong);
    firm.applicant.kind = "enterprise";
    CHECK_FALSE(
        office.engine->open(firm, Actor::the_applicant()).refused(RefusalCode::text_invalid));
    auto proxy = Office::application(right);
    proxy.agent = Agent{PersonId(wrong), "代"};
    CHECK(office.engine->open(proxy, Actor::the_applicant()).refused(RefusalCode::text_invalid));
}

TEST_CASE("a trail from before ids were normalized names the persons whom it means") {
    Office office;
    const auto number = office.open("citizen").value().number;
    const auto process = compiled(office.engine->catalog()).process(ItemId("card"));
    engine::Case replayed;
    const auto trail = office.engine->reader().trail(number).value();
    for (auto event : trail) {
        if (auto* opened = std::get_if<CaseOpened>(&event.what)) {
            opened->applicant.person = PersonId("lin-fang ");
            opened->agent = Agent{PersonId("\u3000He"), "代"};
            opened->recused = {PersonId("wang\x01")};
        }
        engine::apply(*process, replayed, event);
    }
    const auto parties = replayed.parties();
    CHECK(parties.keep_out(PersonId("lin-fang")) == RefusalCode::applicant_is_officer);
    CHECK(parties.keep_out(PersonId("he")) == RefusalCode::recused);
    CHECK(parties.keep_out(PersonId("wang")) == RefusalCode::recused);
    CHECK_FALSE(parties.keep_out(PersonId("zhao")));
    // What was recorded stays as it was.
    CHECK(replayed.applicant == PersonId("lin-fang "));
}

TEST_CASE("a request from before texts were normalized is told as repeated") {
    Office office;
    const auto process = compiled(office.engine->catalog()).process(ItemId("card"));
    const auto catalog = office.engine->catalog();
    engine::Facts facts;
    facts.now = *parse_instant("2026-03-02T09:00:00+08:00", {});
    facts.organization = &compiled(catalog).organization();
    facts.calendar = &compiled(catalog).calendar(*process);
    facts.number = CaseNumber("card-20260302-00001");
    const Command old{
        Office::application("citizen "), Actor::the_applicant(), CommandKey("k "), {}, {}};
    engine::Case c;
    const auto first = engine::decide(*process, c, old, facts);
    REQUIRE(first);
    for (const auto& event : first->events) engine::apply(*process, c, event);
    const Command normal{
        Office::application("citizen"), Actor::the_applicant(), CommandKey("k"), {}, {}};
    facts.as_given = &old;
    const auto again = engine::decide(*process, c, normal, facts);
    REQUIRE(again);
    CHECK(again->repeated);
}

TEST_CASE(
    "invalid text is refused in journal entries, and in the id of an officer who asks for work") {
    Office office;
    const std::string broken = "x\x01";
    const auto chief = Actor::of(OfficerId("chief"));
    CHECK(office.engine->administration()
              .publish(ItemId("card"), chief, broken)
              .refused(RefusalCode::text_invalid));
    CHECK(office.engine->administration()
              .confirm_staff(ConfirmStaff{1, true, broken}, chief)
              .refused(RefusalCode::text_invalid));
    CHECK(office.engine->next(OfficerId("li\u200bn")).refused(RefusalCode::text_invalid));
    CHECK(office.engine->administration()
              .publish(ItemId("card"), Actor::of(OfficerId("chie\u200bf")), "x")
              .refused(RefusalCode::text_invalid));
}

}  // namespace workflow::testing::ids_test
