// The organization changes while cases run: by commands, which are events, and at once.

#include <catch2/catch.hpp>

#include <thread>

#include <workflow/engine.hpp>
#include <workflow/staffing.hpp>

#include "definition/organization.hpp"
#include "shell/catalog_access.hpp"
#include "support/make_store.hpp"
#include "support/temporary_folder.hpp"
#include "support/xorshift.hpp"

namespace workflow::testing::staff_test {

namespace {

constexpr const char* item = R"(item: card
title: 社保卡
kind: instant
start: intake
steps:
  intake: {task: intake, post: window, outcomes: {accept: {to: review, accepts: true}}}
  review: {task: review, pool: pass-through, outcomes: {approve: {to: issue, decides: true}}}
  issue: {task: issue, post: issuer, outcomes: {deliver: granted}}
  granted: {end: granted}
)";

constexpr const char* staff = R"(organization: hall
title: 大厅
halls:
  north:
    title: 北厅
    windows: {n1: {title: 一号窗口, posts: [window]}, n2: {posts: [issuer]}}
  south: {title: 南厅, windows: {s1: {posts: [window, issuer]}}}
shifts:
  week: {mon-fri: 08:00-12:00}
  weekend: {sat: 09:00-17:00}
posts:
  window: {duties: [intake]}
  reviewer: {duties: [review], not with: [issuer]}
  issuer: {duties: [issue]}
officers:
  lin: {name: 林, hall: north, posts: [window]}
  he: {name: 何, hall: north, posts: [window]}
  zhao: {name: 赵, hall: north, posts: [reviewer]}
  qian: {name: 钱, hall: south, posts: [reviewer]}
  wang: {name: 王, hall: north, posts: [issuer]}
  chief: {name: 主任, hall: north, posts: [], supervisor: true}
  south-chief: {name: 副主任, hall: south, posts: [], supervisor: true}
)";

Catalog catalog() {
    auto loaded =
        Catalog::load(std::vector<Catalog::Text>{{"item.yaml", item}, {"staff.yaml", staff}});
    REQUIRE(loaded.catalog);
    return *loaded.catalog;
}

class Office {
public:
    explicit Office(const std::string& store = ":memory:") { open_again(store); }

    void open_again(const std::string& store) {
        Engine::Options options;
        options.clock = [this] { return now; };
        options.entropy = [this] { return ++word * 0x9e3779b97f4a7c15U; };
        engine.reset();
        engine = std::make_unique<Engine>(catalog(), make_store(store), std::move(options));
    }
    CaseNumber apply(const char* person = "citizen") {
        OpenCase application;
        application.item = ItemId("card");
        application.applicant.person = PersonId(person);
        application.channel = "window";
        application.hall = HallId("north");
        return engine->open(application, Actor::the_applicant()).value().number;
    }
    CaseNumber bring_to_review() {
        const auto number = apply();
        complete(number, "accept", "lin");
        return number;
    }
    Expected<Answer> try_to(const CaseNumber& number, const char* outcome,
                            const std::string& officer) {
        CompleteTask act;
        act.task = engine->reader().show(number)->tasks.at(0).task;
        act.outcome = OutcomeId(outcome);
        return engine->complete(number, act, OfficerId(officer));
    }
    void complete(const CaseNumber& number, const char* outcome, const std::string& officer) {
        const auto answer = try_to(number, outcome, officer);
        INFO((answer ? "" : answer.refusal().message));
        REQUIRE(answer);
    }
    /// Made at once, or proposed by one supervisor and confirmed by the other.
    Expected<Answer> change(const char* officer, StaffChange what, const char* by = "chief",
                            const char* reason = "令", const char* key = "",
                            bool same_person = false) {
        auto answer = engine->administration().change_staff(
            {OfficerId(officer), std::move(what), reason, same_person}, Actor::of(OfficerId(by)),
            CommandKey(key));
        if (!answer || answer->repeated ||
            !std::holds_alternative<StaffProposed>(answer->events.front().what))
            return answer;
        const auto* other = std::string(by) == "chief" ? "south-chief" : "chief";
        return engine->administration().confirm_staff({number(answer->version), true, {}},
                                                      Actor::of(OfficerId(other)));
    }
    [[nodiscard]] std::size_t changes() const {
        const auto events = engine->administration().journal();
        return static_cast<std::size_t>(std::count_if(
            events.begin(), events.end(),
            [](const Event& event) { return std::holds_alternative<StaffChanged>(event.what); }));
    }
    [[nodiscard]] std::string holder(const CaseNumber& number) const {
        return engine->reader().show(number)->tasks.at(0).holder.text;
    }
    [[nodiscard]] static Date day(const char* text) { return *parse_date(text); }

    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", {});
    std::uint64_t word = 0;
    std::unique_ptr<Engine> engine;
};

const OfficerJoined xu_joins{"徐", PersonId("p-xu"), HallId("north"), {}};
OfficerPosted posted(std::initializer_list<const char*> posts) {
    OfficerPosted all;
    for (const auto* post : posts) all.posts.emplace_back(post);
    return all;
}

}  // namespace

TEST_CASE("who enters service and is given a post takes up what waits there") {
    Office office;
    const auto number = office.apply();
    CHECK(office.engine->next(OfficerId("xu")).refused(RefusalCode::unknown_officer));
    REQUIRE(office.change("xu", xu_joins));
    CHECK(office.engine->next(OfficerId("xu")).refused(RefusalCode::nothing_to_do));
    REQUIRE(office.change("xu", posted({"window"})));
    const auto task = office.engine->next(OfficerId("xu"));
    REQUIRE(task);
    CHECK(task->number == number);
    office.complete(number, "accept", "xu");
    CHECK(office.engine->administration().verify().intact());
}

TEST_CASE("who is given a reviewer's post can be drawn, and who loses it cannot") {
    Office office;
    REQUIRE(office.change("xu", xu_joins));
    REQUIRE(office.change("xu", posted({"reviewer"})));
    REQUIRE(office.change("zhao", posted({})));
    for (int i = 0; i < 40; ++i) {
        const auto number = office.bring_to_review();
        const auto events = *office.engine->reader().trail(number);
        for (const auto& event : events)
            if (const auto* drawn = std::get_if<TaskDrawn>(&event.what))
                CHECK(drawn->candidates ==
                      std::vector<OfficerId>{OfficerId("qian"), OfficerId("xu")});
    }
}

TEST_CASE("what an officer holds and may no longer do goes back at once") {
    Office office;
    const auto claimed = office.apply();
    REQUIRE(office.engine->claim(claimed, TaskNumber{1}, OfficerId("he")));
    const auto drawn = office.bring_to_review();
    const auto reviewer = office.holder(drawn);
    const auto other = reviewer == "zhao" ? "qian" : "zhao";
    const auto* chief = reviewer == "zhao" ? "chief" : "south-chief";

    SECTION("he leaves") {
        REQUIRE(office.change("he", OfficerLeft{office.day("2026-03-02")}));
        CHECK(office.holder(claimed).empty());
        REQUIRE(office.change(reviewer.c_str(), OfficerLeft{office.day("2026-03-02")}, chief));
        CHECK(office.holder(drawn) == other);
        CHECK(office.try_to(drawn, "approve", reviewer).refused(RefusalCode::absent));
    }
    SECTION("another post is given to him") {
        REQUIRE(office.change("he", posted({"issuer"})));
        CHECK(office.holder(claimed).empty());
        REQUIRE(office.change(reviewer.c_str(), posted({"window"}), chief));
        CHECK(office.holder(drawn) == other);
    }
    SECTION("he works in another hall") {
        const auto south = OfficerMoved{HallId("south"), {}};
        CHECK(office.change("he", south).refused(RefusalCode::not_supervisor));
        REQUIRE(office.engine->administration().change_staff({OfficerId("he"), south, "令"},
                                                             Actor::the_engine()));
        CHECK(office.holder(claimed).empty());
    }
    SECTION("he is no longer qualified") {
        REQUIRE(office.change("he", OfficerQualified{}));
        CHECK(office.holder(claimed).empty());
        REQUIRE(office.change(reviewer.c_str(), OfficerQualified{}, chief));
        CHECK(office.holder(drawn) == other);
    }
    SECTION("he is away: only what was drawn for him") {
        const OfficerAbsent week{office.day("2026-03-02"), office.day("2026-03-06")};
        REQUIRE(office.change("he", week));
        CHECK(office.holder(claimed) == "he");
        REQUIRE(office.change(reviewer.c_str(), week, chief));
        CHECK(office.holder(drawn) == other);
        REQUIRE(office.change("he", OfficerBack{office.day("2026-03-02")}));
        CHECK(office.try_to(claimed, "accept", "he"));
    }
    SECTION("all have left: who joins later is drawn only by a way out that the trail shows") {
        office.now.microseconds += 60'000'000;
        REQUIRE(office.change(other, OfficerLeft{office.day("2026-03-01")},
                              reviewer == "zhao" ? "south-chief" : "chief"));
        REQUIRE(office.change(reviewer.c_str(), OfficerLeft{office.day("2026-03-02")}, chief));
        CHECK(office.holder(drawn).empty());
        REQUIRE(office.change("xu", xu_joins));
        REQUIRE(office.change("xu", posted({"reviewer"})));
        CHECK(office.engine->advance().draws == 0);
        const auto resolve = [&](WayOut way) {
            const ResolveStranded act{TaskNumber{2}, way, "all reviewers have left"};
            return office.engine->perform(drawn, {act, Actor::of(OfficerId("chief")), {}, {}, {}});
        };
        REQUIRE(resolve(WayOut::ask_again));
        CHECK(office.holder(drawn).empty());
        REQUIRE(resolve(WayOut::widen));
        CHECK(office.holder(drawn) == "xu");
        const auto events = *office.engine->reader().trail(drawn);
        CHECK(std::get<TaskDrawn>(events.back().what).widened ==
              std::vector<std::string>{"later staff"});
        CHECK(office.try_to(drawn, "approve", "xu"));
    }
    CHECK(office.engine->administration().verify().intact());
}

TEST_CASE("who has left on a day to come loses what he holds on that day") {
    Office office;
    const auto claimed = office.apply();
    REQUIRE(office.engine->claim(claimed, TaskNumber{1}, OfficerId("he")));
    REQUIRE(office.change("he", OfficerLeft{office.day("2026-03-05")}));
    CHECK(office.holder(claimed) == "he");
    office.now = *parse_instant("2026-03-05T00:10:00+08:00", {});
    office.engine->advance();
    CHECK(office.holder(claimed).empty());
}

TEST_CASE("who stands in for a colleague has the colleague's posts on those days only") {
    Office office;
    REQUIRE(office.change("lin", OfficerSubstitutes{OfficerId("wang"), office.day("2026-03-02"),
                                                    office.day("2026-03-03")}));
    const auto number = office.apply();
    office.complete(number, "accept", "he");
    office.complete(number, "approve", office.holder(number));
    const auto task = office.engine->next(OfficerId("lin"));
    REQUIRE(task);
    CHECK(task->step == StepId("issue"));
    const auto events = *office.engine->reader().trail(number);
    CHECK(events.back().post == PostId("issuer"));

    // Separation goes by persons: who took the application in does not hand the result over.
    const auto own = office.apply();
    office.complete(own, "accept", "lin");
    office.complete(own, "approve", office.holder(own));
    CHECK(office.try_to(own, "deliver", "lin").refused(RefusalCode::separated));

    office.now = *parse_instant("2026-03-04T09:00:00+08:00", {});
    CHECK(office.try_to(number, "deliver", "lin").refused(RefusalCode::not_on_post));
    office.engine->advance();
    CHECK(office.engine->administration().verify().intact());
}

TEST_CASE("an officer sits at a window of his hall, as long as one of his posts is served there") {
    Office office;
    const auto window = [&](const char* officer) {
        return compiled(office.engine->catalog())
            .organization()
            .officer(OfficerId(officer))
            ->window.text;
    };
    const auto seat = [](const char* name) { return OfficerSeated{WindowId(name)}; };
    REQUIRE(office.change("lin", seat("n1")));
    CHECK(window("lin") == "n1");
    CHECK(office.change("lin", seat("n1")).refused(RefusalCode::nothing_changed));
    CHECK(office.change("lin", seat("n9")).refused(RefusalCode::unknown_window));
    CHECK(office.change("lin", seat("s1")).refused(RefusalCode::unknown_window));
    CHECK(office.change("lin", seat("n2")).refused(RefusalCode::not_on_post));
    CHECK(office.change("zhao", seat("n1")).refused(RefusalCode::not_on_post));

    // Who stands in for a colleague may take the colleague's seat.
    REQUIRE(office.change("he", OfficerSubstitutes{OfficerId("wang"), Office::day("2026-03-02"),
                                                   Office::day("2026-03-02")}));
    CHECK(office.change("he", seat("n2")));
    CHECK(office.change("he", seat("")));
    CHECK(window("he").empty());

    // Another hall, or another post, and the seat is free.
    REQUIRE(office.change("lin", posted({"issuer"})));
    CHECK(window("lin").empty());
    REQUIRE(office.change("lin", seat("n2")));
    REQUIRE(office.engine->administration().change_staff(
        {OfficerId("lin"), OfficerMoved{HallId("south"), {}}, "令"}, Actor::the_engine()));
    CHECK(window("lin").empty());
    CHECK(office.engine->administration().verify().intact());
}

TEST_CASE(
    "on a day without hours of his shift an officer is given nothing, and keeps what he has") {
    Office office;
    REQUIRE(office.change("he", OfficerShifted{ShiftId("weekend")}));
    const auto held = office.apply();
    REQUIRE(office.engine->claim(held, TaskNumber{1}, OfficerId("lin")));
    REQUIRE(office.change("lin", OfficerShifted{ShiftId("weekend")}));
    CHECK(office.holder(held) == "lin");
    // It is Monday. What he holds is shown to him and can be done, and nothing else.
    CHECK(office.engine->next(OfficerId("lin"))->number == held);
    const auto waiting = office.apply("other");
    CHECK(office.engine->next(OfficerId("he")).refused(RefusalCode::off_shift));
    CHECK(office.engine->claim(waiting, TaskNumber{1}, OfficerId("he"))
              .refused(RefusalCode::off_shift));
    CHECK(office.try_to(waiting, "accept", "he").refused(RefusalCode::off_shift));
    CHECK(office.engine->claim(waiting, TaskNumber{1}, OfficerId("lin"))
              .refused(RefusalCode::off_shift));
    office.complete(held, "accept", "lin");

    // On Saturday he is there, whatever the hour: and the others are not.
    REQUIRE(office.change("zhao", OfficerShifted{ShiftId("week")}));
    office.now = *parse_instant("2026-03-07T22:00:00+08:00", {});
    CHECK(office.engine->next(OfficerId("he"))->number == waiting);
    office.complete(waiting, "accept", "he");
    const auto trail = *office.engine->reader().trail(waiting);
    for (const auto& event : trail)
        if (const auto* drawn = std::get_if<TaskDrawn>(&event.what)) {
            CHECK(drawn->officer == OfficerId("qian"));
            CHECK(drawn->excluded ==
                  std::vector{Exclusion{OfficerId("zhao"),
                                        static_cast<std::uint8_t>(RefusalCode::off_shift)}});
        }
    CHECK(
        office.change("he", OfficerShifted{ShiftId("night")}).refused(RefusalCode::unknown_shift));
    REQUIRE(office.change("he", OfficerShifted{}));
    CHECK(office.change("he", OfficerShifted{}).refused(RefusalCode::nothing_changed));
    CHECK(office.engine->administration().verify().intact());
}

TEST_CASE("who has no shift that day still supervises, stands in for nobody, and is stood in for") {
    Office office;
    REQUIRE(office.engine->administration().change_staff(
        {OfficerId("chief"), OfficerShifted{ShiftId("weekend")}, "令"}, Actor::the_engine()));
    REQUIRE(office.change("lin", OfficerShifted{ShiftId("weekend")}));
    const auto day = Office::day("2026-03-02");
    REQUIRE(office.change("zhao", OfficerSubstitutes{OfficerId("lin"), day, day}));
    REQUIRE(office.change("lin", OfficerSubstitutes{OfficerId("he"), day, day}));
    const auto number = office.apply();
    CHECK(office.try_to(number, "accept", "lin").refused(RefusalCode::off_shift));
    office.complete(number, "accept", "zhao");
}

TEST_CASE("a change of staff tells which items nobody can work on any more") {
    Office office;
    const auto after = [&](const char* officer, StaffChange what) {
        const auto before = office.engine->catalog();
        REQUIRE(office.engine->administration().change_staff(
            {OfficerId(officer), std::move(what), "令"}, Actor::the_engine()));
        std::string told;
        for (const auto& [item_id, hall, steps] : shortfalls(before, office.engine->catalog())) {
            told += hall.text + ":";
            for (const auto& step : steps) told += " " + step.text;
            told += "; ";
        }
        return told;
    };
    CHECK(after("zhao", posted({})).empty());  // qian is there still
    CHECK(after("wang", OfficerAbsent{Office::day("2026-03-02"), Office::day("2026-03-06")})
              .empty());  // who is away comes back
    CHECK(after("qian", posted({"window"})) == "north: review; ");
    CHECK(after("lin", OfficerWeighted{2}).empty());  // it was so before
    CHECK(after("wang", OfficerLeft{Office::day("2026-07-01")}) == "north: issue; ");
    CHECK(after("zhao", posted({"reviewer"})).empty());
    // In the south a window has been open since: it lacks what the north does.
    CHECK(after("lin", posted({})).empty());
    CHECK(after("he", posted({})) == "north: intake; ");
}

TEST_CASE("too few officers for what is kept apart are told with all of it") {
    Office office;
    REQUIRE(office.change("lin", posted({"window", "issuer"})));
    REQUIRE(office.change("he", posted({"reviewer"})));
    const auto before = office.engine->catalog();
    REQUIRE(office.change("wang", posted({})));
    const auto found = shortfalls(before, office.engine->catalog());
    REQUIRE(found.size() == 1);
    CHECK(found[0].item == ItemId("card"));
    CHECK(found[0].hall == HallId("north"));
    CHECK(found[0].steps == std::vector{StepId("intake"), StepId("issue")});

    // An item that only one of the two catalogs has is not compared.
    const auto none = Catalog::load(std::vector<Catalog::Text>{
        {"staff.yaml",
         "organization: other\ntitle: 大厅\nhalls: {north: 北厅}\nposts: {window: "
         "{duties: [intake]}}\nofficers: {lin: {name: 林, hall: north, posts: "
         "[window]}}\n"}});
    REQUIRE(none.catalog);
    CHECK(shortfalls(*none.catalog, office.engine->catalog()).empty());
}

TEST_CASE("a change is refused to whoever has no say in it, and where it cannot be") {
    Office office;
    const auto day = [](const char* text) { return Office::day(text); };
    const OfficerLeft leaves{day("2026-03-02")};
    CHECK(office.change("he", leaves, "lin").refused(RefusalCode::not_supervisor));
    CHECK(office.change("he", leaves, "nobody").refused(RefusalCode::unknown_officer));
    CHECK(office.change("he", leaves, "south-chief").refused(RefusalCode::not_supervisor));
    CHECK(office.change("nobody", leaves).refused(RefusalCode::unknown_officer));
    CHECK(office.change("he", leaves, "chief", "").refused(RefusalCode::reason_required));
    CHECK(office.change("he", OfficerKeyed{"no key"}).refused(RefusalCode::field_invalid));
    CHECK(office.change("chief", posted({"reviewer"})).refused(RefusalCode::own_affair));
    CHECK(office.change("chief-too", OfficerJoined{"主任", PersonId("chief"), HallId("north"), {}})
              .refused(RefusalCode::own_affair));
    CHECK(office.engine->administration()
              .change_staff({OfficerId("he"), leaves, "令"}, Actor::the_applicant())
              .refused(RefusalCode::not_supervisor));

    CHECK(office.change("he", xu_joins).refused(RefusalCode::nothing_changed));
    CHECK(office.change("X u", xu_joins).refused(RefusalCode::field_invalid));
    CHECK(office.change("xu", OfficerJoined{"", PersonId("p-xu"), HallId("north"), {}})
              .refused(RefusalCode::field_missing));
    CHECK(office.engine->administration()
              .change_staff({OfficerId("xu"),
                             OfficerJoined{"徐", PersonId("p-xu"), HallId("west"), {}}, "令"},
                            Actor::the_engine())
              .refused(RefusalCode::unknown_hall));
    CHECK(office.change("he", posted({"cook"})).refused(RefusalCode::unknown_post));
    CHECK(office.change("he", posted({"reviewer", "issuer"})).refused(RefusalCode::posts_apart));
    CHECK(office.change("he", posted({"window"})).refused(RefusalCode::nothing_changed));
    CHECK(office.change("he", OfficerQualified{{"crad"}}).refused(RefusalCode::unknown_item));
    CHECK(office.change("he", OfficerAbsent{day("2026-03-06"), day("2026-03-02")})
              .refused(RefusalCode::field_invalid));
    CHECK(
        office.change("he", OfficerBack{day("2026-03-02")}).refused(RefusalCode::nothing_changed));
    CHECK(office.change("he", OfficerWeighted{0}).refused(RefusalCode::field_invalid));
    CHECK(office
              .change("zhao",
                      OfficerSubstitutes{OfficerId("wang"), day("2026-03-02"), day("2026-03-03")})
              .refused(RefusalCode::posts_apart));
    CHECK(
        office
            .change("he", OfficerSubstitutes{OfficerId("he"), day("2026-03-02"), day("2026-03-03")})
            .refused(RefusalCode::field_invalid));

    // The second account of a person brings no post that the first one excludes.
    const OfficerJoined second_account{"赵", PersonId("zhao"), HallId("north"), {}};
    CHECK(office.change("zhao-too", second_account).refused(RefusalCode::same_person));
    REQUIRE(office.change("zhao-too", second_account, "chief", "令", "", true));
    CHECK(office.change("zhao-too", posted({"issuer"})).refused(RefusalCode::posts_apart));

    // Nor do posts come together by those whom somebody stands in for, whoever's change it is.
    REQUIRE(office.change(
        "lin", OfficerSubstitutes{OfficerId("wang"), day("2026-03-02"), day("2026-03-03")}));
    CHECK(office.change("lin", posted({"reviewer"})).refused(RefusalCode::posts_apart));
    CHECK(office.change("wang", posted({"reviewer"})));
    CHECK(office.change("lin", posted({"issuer"})).refused(RefusalCode::posts_apart));
    REQUIRE(office.change("wang", posted({"issuer"})));

    // An account stays the same person's, so that what he did goes on to keep him from the rest.
    REQUIRE(office.change("zhao-too", OfficerLeft{day("2026-03-02")}));
    CHECK(office.change("zhao-too", OfficerJoined{"赵", PersonId("x"), HallId("north"), {}})
              .refused(RefusalCode::field_invalid));
    REQUIRE(office.change("zhao-too", OfficerJoined{"赵", {}, HallId("north"), {}}));
    CHECK(
        compiled(office.engine->catalog()).organization().officer(OfficerId("zhao-too"))->person ==
        PersonId("zhao"));

    const auto before = office.changes();
    REQUIRE(office.change("he", OfficerAbsent{day("2026-03-02"), day("2026-03-03")}));
    REQUIRE(office.engine->administration().change_staff(
        {OfficerId("he"), OfficerSupervises{true}, "令"}, Actor::the_engine()));
    CHECK(office.change("lin", leaves, "he").refused(RefusalCode::absent));
    CHECK(office.changes() == before + 2);
}

TEST_CASE("a clock that was set back changes no staff") {
    Office office;
    REQUIRE(office.change("xu", xu_joins));
    office.now.microseconds -= 1;
    CHECK(office.change("xu", posted({"window"})).refused(RefusalCode::time_out_of_order));
    office.now.microseconds += 1;
    CHECK(office.change("xu", posted({"window"})));
}

TEST_CASE("the journal is no case") {
    Office office;
    REQUIRE(office.change("xu", xu_joins));
    const CaseNumber journal{std::string(journal_number)};
    CHECK(office.engine->reader().cases({}).empty());
    CHECK_FALSE(office.engine->reader().show(journal));
    CHECK(office.engine->perform(journal, {AdvanceCase{}, Actor::the_engine(), {}, {}, {}})
              .refused(RefusalCode::unknown_case));
    CHECK(office.engine->reader().trail(journal)->size() == 2);
    CHECK(office.engine->administration().verify().cases == 0);
    CHECK(office.engine->administration().verify().events == 2);
}

TEST_CASE("a change asked for twice with one key happens once") {
    Office office;
    REQUIRE(office.change("xu", xu_joins, "chief", "令", "k"));
    const auto again = office.change("xu", xu_joins, "chief", "令", "k");
    REQUIRE(again);
    CHECK(again->repeated);
    CHECK(office.change("xu", posted({"window"}), "chief", "令", "k")
              .refused(RefusalCode::key_reused));
    CHECK(office.changes() == 1);
}

TEST_CASE("nobody is given a case of his own by an account that he got later") {
    Office office;
    const auto own = office.apply("p-7");
    const auto other = office.apply("p-8");
    REQUIRE(office.change("xu", OfficerJoined{"徐", PersonId("p-7"), HallId("north"), {}}));
    REQUIRE(office.change("xu", posted({"window"})));
    CHECK(office.engine->claim(own, TaskNumber{1}, OfficerId("xu"))
              .refused(RefusalCode::applicant_is_officer));
    const auto task = office.engine->next(OfficerId("xu"));
    REQUIRE(task);
    CHECK(task->number == other);
}

TEST_CASE("changes outlive the program, and another program sees them at once") {
    const TemporaryFolder folder;
    const auto store = (folder / "hall.db").string();
    Office office(store);
    office.apply();
    Office second(store);
    REQUIRE(office.change("xu", xu_joins));
    REQUIRE(office.change("xu", posted({"window"})));
    CHECK(second.engine->next(OfficerId("xu")));
    CHECK(compiled(second.engine->catalog()).organization().officer(OfficerId("xu")) != nullptr);
    REQUIRE(second.change("xu", OfficerLeft{Office::day("2026-03-02")}));
    CHECK(office.engine->next(OfficerId("xu")).refused(RefusalCode::absent));
    REQUIRE(second.change("lin", posted({"issuer"})));
    CHECK(office.engine->reader().seen_by(OfficerId("lin")).tasks({}).empty());
    office.open_again(store);
    CHECK(office.changes() == 4);
    CHECK(office.engine->next(OfficerId("xu")).refused(RefusalCode::absent));
    CHECK(office.engine->administration().verify().intact());
}

TEST_CASE("changes and work go on at once, and nothing of either is lost") {
    const TemporaryFolder folder;
    Office office((folder / "hall.db").string());
    constexpr int changes = 40, cases = 200;
    std::thread working([&] {
        for (int i = 0; i < cases; ++i) {
            const auto number = office.apply();
            const auto task = office.engine->next(OfficerId("lin"));
            if (!task) continue;
            CompleteTask act;
            act.task = task->task;
            act.outcome = OutcomeId("accept");
            (void)office.engine->complete(task->number, act, OfficerId("lin"));
        }
    });
    for (int i = 0; i < changes; ++i) {
        CHECK(office.change("he", OfficerWeighted{static_cast<std::uint32_t>(i % 2 + 2)}));
        (void)compiled(office.engine->catalog()).organization().officer(OfficerId("he"))->weight;
    }
    working.join();
    CHECK(office.changes() == changes);
    CHECK(office.engine->reader().cases({}).size() == cases);
    CHECK(office.engine->administration().verify().intact());
}

TEST_CASE("after any changes work is given out as if the organization had always been so") {
    Xorshift random{11};
    Office office;
    const std::vector<const char*> names{"lin", "he", "zhao", "wang", "xu"};
    REQUIRE(office.change("xu", xu_joins));
    for (int round = 0; round < 60; ++round) {
        const auto* who = names[random.below(names.size())];
        switch (random.below(5)) {
            case 2:
                (void)office.change(who, OfficerShifted{ShiftId(random.below(2) ? "week" : "")});
                break;
            case 3:
                (void)office.change(who, OfficerSeated{WindowId(random.below(2) ? "n1" : "s1")});
                break;
            case 0:
                (void)office.change(who, posted({"reviewer"}));
                break;
            case 1:
                (void)office.change(who, posted({"window", "issuer"}));
                break;
            default:
                (void)office.change(
                    who, OfficerSubstitutes{OfficerId(names[random.below(names.size())]),
                                            Office::day("2026-03-02"), Office::day("2026-03-02")});
        }
        const auto catalog_now = office.engine->catalog();
        const auto& organization = compiled(catalog_now).organization();
        const auto number = office.apply();
        if (!office.try_to(number, "accept", "lin")) continue;
        const auto trail = *office.engine->reader().trail(number);
        for (const auto& event : trail) {
            const auto* drawn = std::get_if<TaskDrawn>(&event.what);
            if (!drawn) continue;
            std::vector<OfficerId> able;
            for (const auto& officer : organization.officers) {
                const auto posts =
                    definition::posts_on(organization, officer, Office::day("2026-03-02"));
                if (std::find(posts.begin(), posts.end(), PostId("reviewer")) != posts.end())
                    able.push_back(officer.id);
            }
            auto all = drawn->candidates;
            for (const auto& exclusion : drawn->excluded) all.push_back(exclusion.officer);
            std::sort(all.begin(), all.end());
            CHECK(all == able);
        }
    }
    CHECK(office.engine->administration().verify().intact());
}

}  // namespace workflow::testing::staff_test
