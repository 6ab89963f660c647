// Nobody weighs the dice: what shapes draws or gives rights is proposed by one human being and made
// by another, who owes the account to nobody concerned.

#include <catch2/catch.hpp>

#include <workflow/engine.hpp>
#include <workflow/staffing.hpp>

#include "definition/organization.hpp"
#include "engine/apply.hpp"
#include "engine/staff.hpp"
#include "shell/catalog_access.hpp"
#include "shell/journal.hpp"

namespace workflow::testing::second_person_test {

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

std::string staff(const std::string& rules, bool second_chief = true) {
    return "organization: hall\ntitle: 大厅\n" + rules +
           R"(halls: {north: {title: 北厅, windows: {n1: {posts: [window]}}}, south: 南厅}
posts:
  window: {duties: [intake]}
  reviewer: {duties: [review]}
  issuer: {duties: [issue]}
shifts: {week: {mon-fri: 08:00-12:00}}
officers:
  lin: {name: 林, hall: north, posts: [window]}
  he: {name: 何, hall: north, posts: [window]}
  zhao: {name: 赵, hall: north, posts: [reviewer]}
  qian: {name: 钱, hall: south, posts: [reviewer]}
  wang: {name: 王, hall: north, posts: [issuer]}
  chief: {name: 主任, hall: north, posts: [], supervisor: true}
  chief.evening: {name: 主任, person: chief, hall: north, posts: [], supervisor: true}
)" +
           std::string(
               second_chief
                   ? "  far-chief: {name: 副主任, hall: south, posts: [], supervisor: true}\n"
                   : "");
}

class Office {
public:
    explicit Office(const std::string& organization = staff("")) {
        auto loaded = Catalog::load(
            std::vector<Catalog::Text>{{"item.yaml", item}, {"staff.yaml", organization}});
        for (const auto& one : loaded.diagnostics) UNSCOPED_INFO(one.message);
        REQUIRE(loaded.catalog);
        Engine::Options options;
        options.clock = [this] { return now; };
        engine = std::make_unique<Engine>(*loaded.catalog, open_store(":memory:"), options);
    }
    Expected<Answer> propose(const char* officer, StaffChange what, const char* by = "chief",
                             bool same_person = false) {
        return engine->administration().change_staff(
            {OfficerId(officer), std::move(what), "令", same_person}, Actor::of(OfficerId(by)));
    }
    Expected<Answer> confirm(const Expected<Answer>& proposed, const char* by) {
        REQUIRE(proposed);
        return engine->administration().confirm_staff({number(proposed->version), true, {}},
                                                      Actor::of(OfficerId(by)));
    }
    /// Proposed by one, confirmed by the other.
    void both(const char* officer, StaffChange what) {
        const auto proposed = propose(officer, std::move(what));
        REQUIRE(confirm(proposed, "far-chief"));
    }
    [[nodiscard]] const definition::Officer* officer(const char* id) {
        known.push_back(engine->catalog());
        return compiled(known.back()).organization().officer(OfficerId(id));
    }
    [[nodiscard]] static Date day(const char* text) { return *parse_date(text); }

    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", {});
    std::unique_ptr<Engine> engine;
    std::vector<Catalog> known;
};

OfficerJoined joins(const char* name, const char* person) {
    return {name, PersonId(person), HallId("north"), {}};
}
const OfficerPosted window{{PostId("window")}}, reviewer{{PostId("reviewer")}};
const OfficerWeighted heavy{10};

bool is_proposal(const Expected<Answer>& answer) {
    return answer && std::holds_alternative<StaffProposed>(answer->events.front().what);
}
bool is_change(const Expected<Answer>& answer) {
    return answer && std::holds_alternative<StaffChanged>(answer->events.front().what);
}

}  // namespace

TEST_CASE("a weight changes when a second human being has confirmed it, and not before") {
    Office office;
    const auto proposed = office.propose("zhao", heavy);
    CHECK(is_proposal(proposed));
    CHECK(office.officer("zhao")->weight == 1);
    REQUIRE(office.engine->administration().proposals().size() == 1);
    CHECK(office.engine->administration().proposals()[0].by == OfficerId("chief"));
    CHECK(office.propose("zhao", heavy).refused(RefusalCode::asked_already));

    CHECK(office.confirm(proposed, "chief").refused(RefusalCode::second_person));
    CHECK(office.confirm(proposed, "chief.evening").refused(RefusalCode::second_person));
    CHECK(office.confirm(proposed, "lin").refused(RefusalCode::not_supervisor));
    CHECK(office.officer("zhao")->weight == 1);

    const auto confirmed = office.confirm(proposed, "far-chief");
    REQUIRE(is_change(confirmed));
    CHECK(std::get<StaffChanged>(confirmed->events[0].what).proposal == number(proposed->version));
    CHECK(office.officer("zhao")->weight == 10);
    CHECK(office.engine->administration().proposals().empty());
    CHECK(office.confirm(proposed, "far-chief").refused(RefusalCode::nothing_asked));
    CHECK(office.engine->administration().verify().intact());
}

TEST_CASE(
    "all that shapes a draw, or who signs for whom, waits for a second person; a window does not") {
    Office office;
    const auto day = Office::day("2026-03-03");
    const std::vector<StaffChange> shaping{joins("徐", "p-xu"),
                                           OfficerMoved{HallId("north"), "甲"},
                                           reviewer,
                                           OfficerQualified{{"card"}},
                                           OfficerAbsent{day, day},
                                           OfficerLeft{day},
                                           OfficerSubstitutes{OfficerId("lin"), day, day},
                                           OfficerWeighted{2},
                                           OfficerSupervises{true},
                                           OfficerShifted{ShiftId("week")},
                                           OfficerKeyed{std::string(33, '\x01')}};
    for (const auto& change : shaping)
        CHECK(is_proposal(
            office.propose(std::holds_alternative<OfficerJoined>(change) ? "xu" : "he", change)));
    CHECK(office.engine->administration().proposals().size() == shaping.size());
    CHECK(is_change(office.propose("he", OfficerSeated{WindowId("n1")})));
    // The application that links the engine answers for itself.
    CHECK(is_change(office.engine->administration().change_staff({OfficerId("he"), heavy, "令"},
                                                                 Actor::the_engine())));
}

TEST_CASE("a proposal is declined for a reason, by another supervisor or by whoever made it") {
    Office office;
    const auto decline = [&](const Expected<Answer>& proposed, const char* by, const char* reason) {
        return office.engine->administration().confirm_staff(
            {number(proposed->version), false, reason}, Actor::of(OfficerId(by)));
    };
    const auto first = office.propose("zhao", heavy);
    CHECK(decline(first, "far-chief", " ").refused(RefusalCode::reason_required));
    CHECK(decline(first, "far-chief", "不妥"));
    CHECK(office.confirm(first, "far-chief").refused(RefusalCode::nothing_asked));
    const auto second = office.propose("zhao", heavy);
    CHECK(decline(second, "chief", "误"));
    CHECK(office.engine->administration().proposals().empty());
    CHECK(office.officer("zhao")->weight == 1);
}

TEST_CASE("nobody confirms what concerns themselves") {
    Office office;
    office.both("he", OfficerSupervises{true});
    const auto proposed = office.propose("far-chief", OfficerMoved{HallId("south"), "甲"});
    CHECK(proposed.refused(RefusalCode::not_supervisor));
    const auto own = office.propose("he", heavy);
    CHECK(office.confirm(own, "he").refused(RefusalCode::second_person));
    CHECK(office.propose("he", OfficerWeighted{2}, "he").refused(RefusalCode::own_affair));
}

TEST_CASE(
    "an account that somebody made confirms nothing for them, and changes nothing of theirs") {
    Office office;
    office.both("puppet", joins("甲", "p-1"));
    office.both("puppet", OfficerSupervises{true});
    const auto proposed = office.propose("zhao", heavy);
    CHECK(office.confirm(proposed, "puppet").refused(RefusalCode::second_person));
    CHECK(office.propose("chief", reviewer, "puppet").refused(RefusalCode::own_affair));
    CHECK(office.propose("chief.evening", reviewer, "puppet").refused(RefusalCode::own_affair));
    // Nor the other way round.
    const auto of_puppet = office.propose("zhao", OfficerWeighted{3}, "puppet");
    CHECK(office.confirm(of_puppet, "chief").refused(RefusalCode::second_person));
    CHECK(office.confirm(of_puppet, "far-chief"));

    // An account that the puppet made is no other's.
    const auto next = office.propose("puppet-too", joins("乙", "p-2"), "puppet");
    REQUIRE(office.confirm(next, "far-chief"));
    const auto right = office.propose("puppet-too", OfficerSupervises{true}, "puppet");
    REQUIRE(office.confirm(right, "far-chief"));
    CHECK(office.confirm(proposed, "puppet-too").refused(RefusalCode::second_person));
    CHECK(office.propose("chief", reviewer, "puppet-too").refused(RefusalCode::own_affair));
}

TEST_CASE("whom somebody made a supervisor confirms nothing for them") {
    Office office;
    office.both("he", OfficerSupervises{true});
    CHECK(office.confirm(office.propose("zhao", heavy), "he").refused(RefusalCode::second_person));
}

TEST_CASE("a proposal is looked at again when it is confirmed") {
    Office office;
    const auto weighed = office.propose("zhao", heavy);
    REQUIRE(office.engine->administration().change_staff({OfficerId("zhao"), heavy, "令"},
                                                         Actor::the_engine()));
    CHECK(office.confirm(weighed, "far-chief").refused(RefusalCode::nothing_changed));
    const auto posted = office.propose("lin", reviewer);
    REQUIRE(office.engine->administration().change_staff(
        {OfficerId("chief"), OfficerSupervises{false}, "令"}, Actor::the_engine()));
    CHECK(office.confirm(posted, "far-chief").refused(RefusalCode::not_supervisor));
    // Two accounts of one human being were asked for at once.
    REQUIRE(office.engine->administration().change_staff(
        {OfficerId("chief"), OfficerSupervises{true}, "令"}, Actor::the_engine()));
    const auto one = office.propose("xu", joins("徐", "p-xu"));
    const auto two = office.propose("xu-too", joins("徐", " P-XU"));
    REQUIRE(office.confirm(one, "far-chief"));
    CHECK(office.confirm(two, "far-chief").refused(RefusalCode::same_person));
}

TEST_CASE("a new account names its human being, and a second one of the same is asked about") {
    Office office;
    CHECK(office.propose("xu", joins("徐", "")).refused(RefusalCode::field_missing));
    CHECK(office.propose("he.x", joins("何", "he ")).refused(RefusalCode::same_person));
    CHECK(office.propose("he.x", joins("何", "ＨＥ")).refused(RefusalCode::same_person));
    CHECK(office.propose("he.x", joins("何", "he\u200b")).refused(RefusalCode::text_invalid));
    const auto meant = office.propose("he.x", joins("何", " he"), "chief", true);
    REQUIRE(office.confirm(meant, "far-chief"));
    CHECK(office.officer("he.x")->person == PersonId("he"));
    CHECK(definition::namesakes(compiled(office.engine->catalog()).organization(), " 何").size() ==
          2);
}

TEST_CASE("an officer declares their own absence at once, and no other's") {
    Office office;
    const OfficerAbsent away{Office::day("2026-03-02"), Office::day("2026-03-06")};
    CHECK(is_change(office.propose("zhao", away, "zhao")));
    CHECK(is_change(office.propose("chief", away, "chief")));
    CHECK(office.propose("qian", away, "zhao").refused(RefusalCode::absent));
    CHECK(office.propose("lin", away, "he").refused(RefusalCode::not_supervisor));
    CHECK(office.propose("zhao", OfficerBack{Office::day("2026-03-03")}, "zhao")
              .refused(RefusalCode::absent));
}

TEST_CASE("an organization with one supervisor works alone, and says so") {
    Office office(staff("", false));
    CHECK(is_change(office.propose("zhao", heavy)));
    CHECK(is_change(office.propose("xu", joins("徐", "p-xu"))));
    CHECK(is_change(office.propose("xu", window)));
    CHECK(is_change(office.propose("xu", OfficerSupervises{true})));
    CHECK(unconfirmed_staff(office.engine->catalog()));
    // The account that the supervisor made is no second person, and no way to their own rights.
    CHECK(office.propose("chief", reviewer, "xu").refused(RefusalCode::own_affair));
    CHECK_FALSE(unconfirmed_staff(Office().engine->catalog()));
}

TEST_CASE("where changes are only recorded, rights for one's own account need a second person") {
    Office office(staff("staff: {second person: recorded}\n"));
    CHECK(is_change(office.propose("zhao", heavy)));
    CHECK(is_change(office.propose("xu", joins("徐", "p-xu"))));
    const auto posts = office.propose("xu", window);
    CHECK(is_proposal(posts));
    CHECK(is_proposal(office.propose("xu", OfficerSupervises{true})));
    CHECK(is_proposal(office.propose("xu", OfficerKeyed{std::string(33, '\x01')})));
    CHECK(office.confirm(posts, "far-chief"));
    // Of an account that was always there they are given as before.
    CHECK(is_change(office.propose("lin", reviewer)));
}

TEST_CASE("a weight has a bound, and a greater one of an old journal counts as the bound") {
    Office office;
    CHECK(office.propose("zhao", OfficerWeighted{11}).refused(RefusalCode::field_invalid));
    auto organization = compiled(office.engine->catalog()).organization();
    engine::apply(organization, {OfficerId("zhao"), OfficerWeighted{1000}, "令"});
    CHECK(organization.officer(OfficerId("zhao"))->weight == definition::most_weight);
    engine::apply(organization, {OfficerId("xu"), joins("徐", "He "), "令"});
    CHECK(organization.officer(OfficerId("xu"))->person == PersonId("he"));
}

TEST_CASE("a case goes by the organization as it was when it was received") {
    Office office;
    const auto catalog = office.engine->catalog();
    const auto& file = compiled(catalog).organization();
    shell::Journal journal;
    for (const std::uint32_t weight : {2U, 3U}) {
        Event event;
        event.what = StaffChanged{OfficerId("zhao"), OfficerWeighted{weight}, "令"};
        event.recorded = Instant{weight * 100};
        journal.events.push_back(event);
    }
    shell::EarlierStaff earlier;
    earlier.begin(file, journal);
    const auto weight_at = [&](std::int64_t moment) {
        const auto found = earlier.at(Instant{moment});
        return found ? found->officer(OfficerId("zhao"))->weight : 0;
    };
    CHECK(weight_at(199) == 1);
    CHECK(weight_at(200) == 2);
    CHECK(weight_at(299) == 2);
    CHECK(weight_at(300) == 0);  // as it is now
    CHECK(earlier.at(Instant{250}) == earlier.at(Instant{260}));
    CHECK(earlier.at(Instant{250})->digest != file.digest);
}

TEST_CASE("a proposal and its confirmation repeated with their keys happen once") {
    Office office;
    const ChangeStaff change{OfficerId("zhao"), heavy, "令"};
    const auto chief = Actor::of(OfficerId("chief")), other = Actor::of(OfficerId("far-chief"));
    const auto first =
        office.engine->administration().change_staff(change, chief, CommandKey("k1"));
    CHECK(office.engine->administration().change_staff(change, chief, CommandKey(" k1"))->repeated);
    const ConfirmStaff asked{number(first->version), true, {}};
    REQUIRE(office.engine->administration().confirm_staff(asked, other, CommandKey("k2")));
    CHECK(office.engine->administration().confirm_staff(asked, other, CommandKey("k2"))->repeated);
    CHECK(office.engine->administration()
              .confirm_staff({asked.proposal, false, "不"}, other, CommandKey("k2"))
              .refused(RefusalCode::key_reused));
    CHECK(office.engine->administration().journal().size() == 2);
}

}  // namespace workflow::testing::second_person_test
