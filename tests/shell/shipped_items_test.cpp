// Every shipped item, carried through the engine by officers who decide at random.

#include <cstdlib>
#include <map>
#include <random>
#include <workflow/engine.hpp>

#include "process/net.hpp"
#include "shell/catalog_access.hpp"
#include "store/memory_store.hpp"
#include "support/catch.hpp"
#include "support/make_store.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::shipped_items_test {

namespace {

/// What applicants write on the form of each item; one of the rows, at random.
using Forms = std::vector<FieldValues>;

FieldId field(const char* name) {
    return FieldId(name);
}

Value whole(std::int64_t number) {
    return {decimal_of(number)};
}

Forms forms_of(const ItemId& item) {
    const FieldValues person{{field("id_number"), "990204195602071311"}};
    const auto with = [](FieldValues values, const FieldValues& more) {
        values.insert(values.end(), more.begin(), more.end());
        return values;
    };
    static const auto day = [](const char* text) { return Value(*parse_date(text)); };
    if (item.text == "social-card.replace-lost")
        return {with(person, {{field("loss_reported"), true}}),
                with(person, {{field("fee"), whole(16)}})};
    if (item.text == "employment.unemployment-registration")
        return {with(person, {{field("age"), whole(30)}}),
                with(person, {{field("age"), whole(70)}})};
    if (item.text == "employment.difficulty-recognition")
        return {{{field("situation"), "残疾"}},
                {{field("situation"), "低保家庭"}, {field("signs_promise"), false}}};
    if (item.text == "labour.dispatch-permit")
        return {{{field("capital"), whole(3000000)}, {field("premises"), "解放路1号"}}};
    if (item.text == "skills.school-establish")
        return {{{field("trades"), List{"电工", "焊工"}},
                 {field("places"), whole(100)},
                 {field("area"), whole(400)}}};
    if (item.text == "pension.special-work-retirement")
        return {{{field("sex"), "男"},
                 {field("birth"), day("1971-03-02")},
                 {field("work"), "井下"},
                 {field("years"), whole(12)}}};
    if (item.text == "startup.incubation-base")
        return {{{field("tenants"), whole(20)}, {field("area"), whole(3000)}}};
    if (item.text == "talent.high-level-recognition")
        return {{{field("category"), "省级"}, {field("degree"), "博士"}}};
    if (item.text == "labour.inspection-complaint")
        return {{{field("employer"), "某公司"}, {field("wages_owed"), whole(9000)}},
                {{field("employer"), "某工程"}, {field("workers"), whole(60)}}};
    if (item.text == "injury.recognition")
        return {{{field("injured_on"), day("2026-01-20")}, {field("cause"), "工作事故"}},
                {{field("injured_on"), day("2026-01-20")}, {field("cause"), "职业病"}}};
    if (item.text == "unemployment.stabilisation-refund")
        return {{{field("size"), "小型"},
                 {field("contribution"), whole(8000)},
                 {field("layoff_rate"), whole(3)}},
                {{field("size"), "大型"},
                 {field("contribution"), whole(900000)},
                 {field("layoff_rate"), whole(2)}},
                {{field("size"), "大型"},
                 {field("contribution"), whole(900000)},
                 {field("layoff_rate"), whole(9)}},
                {{field("size"), "微型"},
                 {field("contribution"), whole(700)},
                 {field("layoff_rate"), whole(0)},
                 {field("excluded"), true}}};
    // The engine fills it in, with what was rated.
    if (item.text == "service-desk.rating-follow-up") return {{}};
    return {{{field("request"), "旧档案查不到"}},
            {{field("request"), "今天就要"}, {field("urgent"), true}}};
}

std::vector<MaterialReceipt> everything(const process::Process& process) {
    std::vector<MaterialReceipt> receipts;
    for (const auto& material : process.materials)
        if (material.source == definition::MaterialSource::applicant)
            receipts.push_back({material.id, MaterialForm::provided});
        else if (material.source == definition::MaterialSource::commitment)
            receipts.push_back({material.id, MaterialForm::committed});
    return receipts;
}

class Walk {
public:
    explicit Walk(const ItemId& item, std::unique_ptr<Store> store = open_memory_store())
        : item_(item), engine_(catalog(), std::move(store), options()) {}

    Engine& engine() { return engine_; }
    const process::Process& process() { return *compiled(catalog()).process(item_); }

    static const Catalog& catalog() {
        // A store keeps the paths: they are no matter of the machine that made it.
        static const auto loaded =
            Catalog::load({std::filesystem::relative(WORKFLOW_SOURCE_DIR "/definitions")});
        return loaded.catalog.value();
    }

    /// Opens a case and lets it go where chance leads, to its end or for so many acts; how it
    /// ended.
    std::string carry(int acts = 400) {
        OpenCase application;
        application.item = item_;
        application.applicant = {PersonId("applicant"), "陈晨", process().applicants.front()};
        application.channel = process().channels.front();
        application.hall = HallId(any(std::vector<const char*>{"central", "north", "riverside"}));
        application.fields = any(forms_of(item_));
        if (chance(2)) application.materials = everything(process());
        const auto opened = engine_.open(application, Actor::system("entitlement"));
        INFO((opened ? "" : opened.refusal().message));
        REQUIRE(opened);
        const auto number = opened.value().number;
        for (int act = 0; act < acts; ++act) {
            const auto shown = engine_.reader().show(number);
            if (shown->view.status != "open") return shown->view.status;
            if (chance(60) && engine_.withdraw(number, "不办了")) continue;
            pass_time(chance(3) ? 3 : 0);
            if (chance(25)) let_lie();
            if (!somebody_acts(number)) wait(number);
        }
        return "open";
    }

    /// Opens a case that waits for its applicant, where the item has such a wait.
    void leave_waiting() {
        carry(0);
        CaseFilter open;
        open.item = item_;
        open.status = "open";
        const auto rows = engine_.reader().cases(open);
        engine_.transact([&](Engine::Session& session) {
            for (const auto& row : rows)
                for (const auto& task : session.tasks(row.number))
                    for (const auto& officer : session.eligible(row.number, task.task)) {
                        CompleteTask asks;
                        asks.task = task.task;
                        asks.outcome = OutcomeId("supplement");
                        asks.reason = "缺材料";
                        if (session.perform(row.number, {asks, Actor::of(officer), {}, {}, {}}))
                            return;
                    }
        });
    }

private:
    Engine::Options options() {
        Engine::Options chosen;
        chosen.clock = [this] { return now_; };
        chosen.entropy = [this] { return random_(); };
        return chosen;
    }
    bool chance(unsigned one_in) { return random_() % one_in == 0; }
    template <class T>
    T any(const std::vector<T>& from) {
        return from[random_() % from.size()];
    }
    void pass_time(int days) {
        now_.microseconds += (std::int64_t{days} * 24 * 60 + 7) * 60'000'000;
    }

    bool somebody_acts(const CaseNumber& number) {
        bool acted = false;
        engine_.transact([&](Engine::Session& session) {
            const auto tasks = session.tasks(number);
            if (tasks.empty()) return;
            const auto& task = any(tasks);
            const auto officers = session.eligible(number, task.task);
            INFO(item_.text << " at " << task.step.text);
            REQUIRE_FALSE(officers.empty());
            const auto* activity =
                process().task_at(process().steps[*process().step(task.step)].at);
            const auto& transition = process().transitions[any(activity->outcomes)];
            CompleteTask completion;
            completion.task = task.task;
            completion.outcome = transition.outcome;
            completion.reason = "依据材料";
            completion.materials = everything(process());
            for (const auto slot : activity->writes)
                completion.fields.emplace_back(process().fields[slot].id,
                                               found(process().fields[slot].type));
            acted =
                bool(session.perform(number, {completion, Actor::of(any(officers)), {}, {}, {}}));
        });
        return acted;
    }

    /// What an officer finds and writes down.
    Value found(definition::FieldType type) {
        using Type = definition::FieldType;
        if (type == Type::boolean) return {chance(2)};
        if (type == Type::string) return {"social-card.replace-lost"};
        REQUIRE(type == Type::number);
        return whole(static_cast<int>(random_() % 101));
    }

    /// The applicant brings what is asked for, or time brings about what it does.
    void wait(const CaseNumber& number) {
        SupplyMaterials supplies;
        if (chance(2)) supplies.materials = everything(process());
        if (process().field(field("account")) && !chance(4))
            supplies.fields = {{field("account"), "6222 0000 1111"}};
        if (chance(2) && engine_.supply(number, supplies)) return;
        pass_time(chance(3) ? 400 : 12);
        engine_.advance();
    }

    /// Nobody does anything for weeks.
    void let_lie() {
        pass_time(30);
        engine_.advance();
    }

    ItemId item_;
    Instant now_{start_of(*parse_date("2026-02-02"), UtcOffset{480}).microseconds};
    std::mt19937_64 random_{20260302};
    Engine engine_;
};

}  // namespace

TEST_CASE("every way through every shipped item is taken, and every case comes to an end") {
    for (const auto& item : Walk::catalog().items()) {
        Walk walk(item);
        std::map<std::string, int> ends;
        for (int i = 0; i < 250; ++i) ++ends[walk.carry()];
        INFO(item.text);
        CHECK(ends["open"] == 0);
        CHECK(ends["granted"] + ends["answered"] > 0);
        if (walk.process().zero_refusal) {
            CHECK(ends["refused"] + ends["not_accepted"] == 0);
        }
        const auto fired = walk.engine().reader().flows(item);
        for (std::size_t i = 0; i < fired.size(); ++i) {
            const auto& transition = walk.process().transitions[i];
            INFO("transition " << i << " " << transition.outcome.text << transition.guard_text
                               << " never fired");
            CHECK(fired[i] > 0);
        }
        CHECK(walk.engine().administration().verify().intact());
    }
}

// How tests/golden/README.md makes the store of a release.
TEST_CASE("a golden store is made", "[.golden]") {
    const std::string file = std::getenv("WORKFLOW_GOLDEN");
    for (const auto& item : Walk::catalog().items()) {
        Walk walk(item, make_store(file));
        for (int i = 0; i < 8; ++i) walk.carry(i % 3 == 0 ? 400 : 2 + i);
        walk.leave_waiting();
    }
    Engine engine(Walk::catalog(), make_store(file), {});
    CHECK(engine.administration().verify().intact());
}

}  // namespace workflow::testing::shipped_items_test
