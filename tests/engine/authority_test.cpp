// Who may give which command: the engine's table against one that was written by hand.

#include <map>
#include <set>

#include "engine/authority.hpp"
#include "engine/performing.hpp"
#include "support/catch.hpp"
#include "support/hall.hpp"

namespace workflow::testing::authority_test {

namespace {

constexpr const char* item = R"(item: card
title: 补卡
kind: committed
limits: {promised: 20 workdays}
materials:
  photo: 照片
  authority: {title: 授权委托书, for: proxy}
start: intake
on: {withdraw: withdrawn}
steps:
  intake:
    task: intake
    post: window
    outcomes: {accept: {to: review, accepts: true}, supplement: supplementing}
  supplementing: {wait: applicant, on: {supplied: intake, after 30 days: withdrawn}}
  review: {task: review, pool: pass-through, outcomes: {approve: {to: issue, decides: true}}}
  issue: {task: issue, post: counter, outcomes: {deliver: granted}}
  granted: {end: granted}
  withdrawn: {end: withdrawn}
)";

constexpr const char* staff = R"(organization: two-halls
title: 两厅
halls: {north: 北厅, south: 南厅}
posts:
  window: {duties: [intake]}
  reviewer: {duties: [review]}
  counter: {duties: [issue]}
officers:
  lin: {name: 林, hall: north, posts: [window]}
  shi: {name: 石, hall: south, posts: [window]}
  zhao: {name: 赵, hall: south, posts: [reviewer]}
  qian: {name: 钱, hall: north, posts: [reviewer]}
  wang: {name: 王, hall: north, posts: [counter]}
  chief: {name: 周, hall: north, posts: [counter], supervisor: true}
  other: {name: 吴, hall: south, posts: [counter], supervisor: true}
)";

struct NorthHall : Hall {
    NorthHall() : Hall({item, staff}) {
        application.hall = HallId("north");
        application.agent = Agent{PersonId("agent-1"), "代理"};
    }
    void bring_to(const std::string& stage) {
        REQUIRE(open());
        if (stage == "intake") return;
        if (stage == "supplementing") {
            REQUIRE(complete("intake", "supplement", "lin"));
            return;
        }
        REQUIRE(complete("intake", "accept", "lin"));
        if (stage == "review") return;
        REQUIRE(complete_by_holder("review", "approve"));
        if (stage == "issue") return;
        REQUIRE(complete("issue", "deliver", "wang"));
    }
};

const std::vector<std::string> stages{"intake", "supplementing", "review", "issue", "ended"};
const std::map<std::string, Actor> actors{{"applicant", Actor::the_applicant()},
                                          {"agent", Actor::the_agent()},
                                          {"window", as("lin")},
                                          {"other window", as("shi")},
                                          {"reviewer", as("zhao")},
                                          {"counter", as("wang")},
                                          {"supervisor", as("chief")},
                                          {"other supervisor", as("other")},
                                          {"system", Actor::system("portal")},
                                          {"engine", Actor::the_engine()}};

}  // namespace

TEST_CASE("the applicant's commands are the applicant's, whoever else tries") {
    // By hand: who may withdraw, with evidence where an officer does, and at which stage.
    const std::set<std::string> may_withdraw{"applicant", "agent", "window"};
    const std::set<std::string> may_urge{"applicant", "agent", "supervisor"};
    for (const auto& stage : stages)
        for (const auto& [name, actor] : actors) {
            CAPTURE(stage, name);
            NorthHall hall;
            hall.bring_to(stage);
            const bool open = stage != "ended";
            {
                auto tried = hall;
                const bool done = bool(tried.perform(WithdrawCase{"改主意", "纸质申请1号"}, actor));
                CHECK(done == (may_withdraw.contains(name) && open && stage != "issue"));
            }
            {
                auto tried = hall;
                const bool done = bool(tried.perform(UrgeCase{"急"}, actor));
                CHECK(done == (may_urge.contains(name) && open));
            }
            {
                auto tried = hall;
                const bool done = bool(
                    tried.perform(SupplyMaterials{{}, {provided("photo")}, "纸质材料2号"}, actor));
                CHECK(done == (may_withdraw.contains(name) && stage == "supplementing"));
            }
        }
}

TEST_CASE("an officer who takes in what the applicant brings does not review it") {
    NorthHall hall;
    hall.bring_to("supplementing");
    hall.c.performed = {};  // as if another one had asked for it
    REQUIRE(hall.perform(SupplyMaterials{{}, {provided("photo")}, "回执 1 号"}, as("lin")));
    REQUIRE(hall.c.performed.size() == 1);
    CHECK(hall.c.performed[0].officer == OfficerId("lin"));
    CHECK(hall.c.performed[0].members == hall.process.member("intake"));
}

TEST_CASE("an officer who reviews a case records nothing for its applicant") {
    NorthHall hall;
    hall.bring_to("review");
    hall.c.performed = {};
    engine::perform(hall.c, OfficerId("lin"), hall.process.member("review"));
    CHECK(hall.perform(WithdrawCase{"改主意", "纸质申请1号"}, as("lin"))
              .refused(RefusalCode::separated));
    NorthHall other;
    other.bring_to("review");
    CHECK(other.perform(WithdrawCase{"改主意", "纸质申请1号"}, as("lin")));
}

TEST_CASE("a reviewer runs no script that takes in what the applicant brings") {
    NorthHall hall;
    hall.bring_to("supplementing");
    engine::perform(hall.c, OfficerId("zhao"), hall.process.member("review"));
    Command command{SupplyMaterials{{}, {provided("photo")}, "回执 1 号"}, as("lin"), {}, {}, {}};
    command.batch = BatchOrigin{OfficerId("zhao"), {}, "row", {}};
    CHECK(hall.perform(command).refused(RefusalCode::separated));
    NorthHall other;
    other.bring_to("supplementing");
    command.batch = BatchOrigin{OfficerId("wang"), {}, "row", {}};
    CHECK(other.perform(command));
}

TEST_CASE("a script performs two separated duties only by a rule that lists both") {
    const auto review_after_intake = [](std::vector<DutyId> listed) {
        NorthHall hall;
        hall.definitions.organization.batch_rules = {{"补录", {"*"}, std::move(listed)}};
        hall.open().value();
        const auto by_script = [&](const char* step, const char* outcome,
                                   const std::string& officer) {
            CompleteTask done;
            done.task = hall.task(step);
            done.outcome = OutcomeId(outcome);
            Command command{done, as(officer.c_str()), {}, {}, {}, {}};
            command.batch = BatchOrigin{OfficerId("wang"), {}, "row", {}};
            return hall.perform(command);
        };
        by_script("intake", "accept", "lin").value();
        return by_script("review", "approve", hall.holder("review"));
    };
    CHECK(review_after_intake({}).refused(RefusalCode::separated));
    CHECK(review_after_intake({DutyId("intake")}).refused(RefusalCode::separated));
    CHECK(review_after_intake({DutyId("review")}).refused(RefusalCode::separated));
    const auto allowed = review_after_intake({DutyId("intake"), DutyId("review")});
    REQUIRE(allowed);
    CHECK(allowed.value().front().batch.front().rule == "补录");
}

TEST_CASE("a script takes no task that is kept apart from what its operator did by hand") {
    Hall hall;
    hall.bring_to_issue();
    Command command{ClaimTask{hall.task("issue")}, as("wang"), {}, {}, {}, {}};
    command.batch = BatchOrigin{OfficerId("lin"), {}, "row", {}};
    CHECK(hall.perform(command).refused(RefusalCode::separated));
    command.batch = BatchOrigin{OfficerId("wang"), {}, "row", {}};
    CHECK(hall.perform(command));
}

TEST_CASE("an officer who is unknown or has left gives no command") {
    Hall hall;
    hall.application.hall = HallId("north");
    hall.bring_to_review();
    const auto task = hall.task("review");
    CompleteTask done;
    done.task = task;
    done.outcome = OutcomeId("approve");
    const std::vector<Action> actions{ClaimTask{task},
                                      done,
                                      DelegateTask{task, OfficerId("sun"), "x"},
                                      ReassignTask{task, OfficerId("sun"), "x"},
                                      ReturnTask{task, "x"},
                                      UrgeCase{"x"},
                                      SetRatingAside{task, "x"},
                                      UnsealCase{Sealed::reviewer, "x", "audit"},
                                      DecideUnsealing{OfficerId("lin"), Sealed::reviewer, true, ""},
                                      RecuseOfficer{OfficerId("sun"), "kin", "x"},
                                      DecideRecusal{OfficerId("sun"), true, ""},
                                      ResolveStranded{task, WayOut::widen, "x"},
                                      WithdrawCase{"x", "letter"}};
    for (auto& officer : hall.definitions.organization.officers)
        if (officer.supervisor) officer.left = day("2026-03-01");
    for (const auto& action : actions) {
        INFO(action.index());
        for (const char* who : {"nobody", "chief"}) {
            INFO(who);
            const auto answer = hall.perform(action, as(who));
            REQUIRE_FALSE(answer);
            const auto rule = answer.refusal().code;
            INFO(code_of(rule));
            CHECK((rule == RefusalCode::unknown_officer || rule == RefusalCode::absent ||
                   rule == RefusalCode::not_your_task || rule == RefusalCode::drawn_not_chosen));
        }
    }
}

TEST_CASE("an officer who is absent today runs no script") {
    Hall hall;
    hall.open().value();
    CompleteTask done;
    done.task = hall.task("intake");
    done.outcome = OutcomeId("accept");
    Command command{done, as("lin"), {}, {}, {}, {}};
    command.batch = BatchOrigin{OfficerId("he"), {}, "row", {}};
    CHECK(hall.perform(command).refused(RefusalCode::absent));
    command.batch = BatchOrigin{OfficerId("wang"), {}, "row", {}};
    CHECK(hall.perform(command));
}

TEST_CASE("a task does not end without the required field that comes from it") {
    Hall hall({R"(item: card
title: 补卡
kind: committed
limits: {promised: 20 workdays}
fields: {finding: {type: string, required: true, from: review}}
start: review
steps:
  review: {task: review, pool: pass-through, outcomes: {approve: granted}}
  granted: {end: granted}
)"});
    hall.open().value();
    const auto reviewer = hall.holder("review");
    CHECK(hall.complete("review", "approve", reviewer).refused(RefusalCode::field_missing));
    CHECK(hall.complete("review", "approve", reviewer, {}, {{FieldId("finding"), Value("ok")}}));
}

TEST_CASE("an officer who records a withdrawal names its evidence, and stands in the trail") {
    NorthHall hall;
    hall.bring_to("review");
    CHECK(hall.perform(WithdrawCase{"改主意"}, as("lin")).refused(RefusalCode::evidence_required));
    const auto withdrawn = hall.perform(WithdrawCase{"改主意", "申请书 3 号"}, as("lin"));
    REQUIRE(withdrawn);
    const auto* event = find<CaseWithdrawn>(withdrawn.value());
    REQUIRE(event);
    CHECK(event->evidence == "申请书 3 号");
    CHECK(withdrawn.value().front().actor == as("lin"));
    CHECK(withdrawn.value().front().post == PostId("window"));
}

TEST_CASE("the drawn reviewer ends no case, not even from a window") {
    NorthHall hall;
    hall.bring_to("review");
    CHECK(hall.perform(WithdrawCase{"改主意", "口头"}, as(hall.holder("review").c_str()))
              .refused(RefusalCode::not_entitled));
}

TEST_CASE("a supervisor reassigns in their own hall") {
    NorthHall hall;
    hall.bring_to("issue");
    REQUIRE(hall.claim("issue", "wang"));
    const auto task = hall.task("issue");
    CHECK(hall.perform(ReassignTask{task, OfficerId("chief"), "忙"}, as("other"))
              .refused(RefusalCode::not_entitled));
    CHECK(hall.perform(ReassignTask{task, OfficerId("chief"), "忙"}, as("lin"))
              .refused(RefusalCode::not_supervisor));
    CHECK(hall.perform(ReassignTask{task, OfficerId("chief"), "忙"}, as("chief")));
}

TEST_CASE("nobody acts for an applicant who sent nobody") {
    NorthHall hall;
    hall.application.agent.reset();
    hall.bring_to("intake");
    CHECK(hall.perform(UrgeCase{"急"}, Actor::the_agent()).refused(RefusalCode::not_entitled));
}

TEST_CASE("supplying shared materials brings no fields that no step waits for") {
    Hall hall;
    hall.bring_to_review();
    const auto bring = [&](const Actor& actor, std::vector<MaterialReceipt> materials,
                           FieldValues fields) {
        SupplyMaterials brought;
        brought.materials = std::move(materials);
        brought.fields = std::move(fields);
        return hall.perform(brought, actor);
    };
    const FieldValues colour{{FieldId("colour"), Value("red")}};
    const auto system = Actor::system("registry");
    const auto applicant = Actor::the_applicant();
    CHECK(bring(system, {provided("id_card")}, colour).refused(RefusalCode::not_entitled));
    CHECK(bring(system, {}, {}).refused(RefusalCode::not_entitled));
    CHECK(bring(applicant, {provided("id_card")}, colour).refused(RefusalCode::not_waiting));
    CHECK(bring(applicant, {}, {}).refused(RefusalCode::not_waiting));
    CHECK(bring(system, {provided("id_card")}, {}));
}

}  // namespace workflow::testing::authority_test
