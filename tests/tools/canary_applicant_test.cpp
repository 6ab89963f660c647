// The other side of blindness: officers who review carry a mark, which stands in nothing that an
// applicant or a window is told before a decided case has ended.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include <workflow/engine.hpp>

#include "crypto/digest.hpp"
#include "presentation/json/json.hpp"
#include "presentation/words/trail.hpp"
#include "support/make_store.hpp"
#include "support/marks.hpp"
#include "support/sanitized.hpp"
#include "support/xorshift.hpp"
#include "tools/terminal.hpp"

namespace workflow::testing::canary_applicant_test {

namespace {

constexpr const char* item = R"(item: pension.special
title: 特殊工种退休核准
kind: instant
rating: required
fields:
  id_number: {type: string, required: true, personal: true}
  years: {type: number, default: 8}
start: intake
on: {withdraw: withdrawn}
steps:
  intake:
    task: intake
    post: general-window
    outcomes:
      accept: {to: review, accepts: true}
      supplement: {to: supplementing, requires: reason}
      decline: {to: declined, requires: reason}
  supplementing: {wait: applicant, on: {supplied: intake}}
  review:
    task: review
    pool: pass-through
    outcomes:
      approve: {to: issue, decides: true}
      return: {to: intake, requires: reason}
  issue: {task: issue, post: unified-window, outcomes: {deliver: granted}}
  granted: {end: granted}
  declined: {end: not accepted}
  withdrawn: {end: withdrawn}
)";

constexpr const char* staff = R"(organization: test-hall
title: {zh: 测试大厅, en: Test hall}
halls:
  north: {title: {zh: 北厅, en: North}}
posts:
  general-window: {title: {zh: 综合窗口, en: General window}, duties: [intake]}
  reviewer: {title: {zh: 审核岗, en: Reviewer}, duties: [review]}
  unified-window: {title: {zh: 出件窗口, en: Issue window}, duties: [issue]}
officers:
  lin: {name: 林芳, hall: north, posts: [general-window]}
  rvwcanary-a: {name: 赵鼐灏彧, hall: north, posts: [reviewer]}
  rvwcanary-b: {name: 钱鼐灏彧, hall: north, posts: [reviewer]}
  rvwcanary-c: {name: 孙鼐灏彧, hall: north, posts: [reviewer]}
  rvwcanary-d: {name: 李鼐灏彧, hall: north, posts: [reviewer]}
  wang: {name: 王强, hall: north, posts: [unified-window]}
  chief: {name: 周正, hall: north, posts: [general-window], supervisor: true}
)";

const std::vector<std::string>& forms() {
    static const auto all = forms_of({"rvwcanary", "鼐灏彧"});
    return all;
}

/// Looks at what an applicant or the window is told.
void hear(const std::string& text) {
    const auto form = found_in(text, forms());
    if (form.empty()) return;
    const auto at = text.find(form);
    FAIL("told: " << text.substr(at < 200 ? 0 : at - 200, 400));
}

std::string person(std::size_t i) {
    return fmt::format("person-{}", i);
}

class Office {
public:
    explicit Office(const std::string& store = ":memory:") {
        terminal.write("definitions/item.yaml", item);
        terminal.write("definitions/organization.yaml", staff);
        auto loaded =
            Catalog::load(std::vector<std::filesystem::path>{terminal.path("definitions")});
        REQUIRE(loaded.catalog);
        catalog = std::make_unique<Catalog>(*loaded.catalog);
        Engine::Options options;
        options.clock = [this] { return terminal.now; };
        options.entropy = [this] { return random.below(UINT64_MAX); };
        options.rating_secret = sha256("rating");
        engine = std::make_unique<Engine>(*catalog, make_store(store), std::move(options));
    }

    CaseNumber open(std::size_t i) {
        OpenCase application;
        application.item = ItemId("pension.special");
        application.applicant = {PersonId(person(i)), "x", "person"};
        application.hall = HallId("north");
        application.fields = {{FieldId("id_number"), Value(person(i))}};
        const auto opened =
            engine->open(application, i % 2 ? Actor::of(OfficerId("lin")) : Actor::the_applicant());
        REQUIRE(opened);
        return opened->number;
    }
    Expected<workflow::Answer> complete(const CaseNumber& number, const char* outcome,
                                        const OfficerId& officer, std::string reason = {}) {
        const auto task = engine->reader().show(number)->tasks.at(0).task;
        return engine->complete(number, {task, OutcomeId(outcome), std::move(reason), {}, {}},
                                officer);
    }
    void hear_events(const Events& events) const {
        presentation::TrailWords words(*catalog, "zh", true);
        std::uint32_t sequence = 0;
        for (const auto& event : events) {
            hear(presentation::json_of(event, ++sequence, LocalClock()).dump());
            const auto line = words.tell(event);
            hear(line.who + ' ' + line.what);
        }
    }
    static void hear_detail(const CaseDetail& detail) {
        for (const auto& [field, value] : detail.fields) hear(field.text + '=' + to_string(value));
        for (const auto& task : detail.tasks) hear(task.holder.text);
        hear(detail.view.steps);
    }
    /// All that the applicant and the window are shown of the case.
    void look(const CaseNumber& number, std::size_t i) {
        auto applicant = engine->reader().seen_by_applicant(PersonId(person(i)));
        hear_detail(applicant.show(number).value());
        hear_events(applicant.trail(number).value());
        auto window = engine->reader().seen_by(OfficerId("lin"));
        if (const auto detail = window.show(number)) hear_detail(*detail);
        if (const auto trail = window.trail(number)) hear_events(*trail);
        for (const auto& refused :
             {complete(number, "approve", OfficerId("lin")),
              engine->claim(number, engine->reader().show(number)->tasks.at(0).task,
                            OfficerId("lin")),
              engine->withdraw(CaseNumber("none"), "")})
            if (!refused) hear(refused.refusal().message);
    }

    Terminal terminal;
    Xorshift random{20261130};
    std::unique_ptr<Catalog> catalog;
    std::unique_ptr<Engine> engine;
};

std::string bytes_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("no applicant and no window is told who reviews, over random cases") {
    Office office;
    const std::size_t cases = sanitized ? 200 : 10'000;
    std::size_t named = 0;
    for (std::size_t i = 0; i < cases; ++i) {
        const auto number = office.open(i);
        REQUIRE(office.complete(number, "accept", OfficerId("lin")));
        office.look(number, i);
        const auto reviewer = office.engine->reader().show(number)->tasks.at(0).holder;
        REQUIRE(found_in(reviewer.text, forms()) == "rvwcanary");
        switch (office.random.below(4)) {
            case 0: {
                const auto urged = office.engine->perform(
                    number, {UrgeCase{"soon"}, Actor::the_applicant(), {}, {}, {}});
                REQUIRE(urged);
                office.hear_events(
                    office.engine->reader().seen_by_applicant({}).answer(*urged).events);
                break;
            }
            case 1: {
                const auto task = office.engine->reader().show(number)->tasks.at(0).task;
                REQUIRE(office.engine->perform(
                    number, {ReturnTask{task, "a neighbour"}, Actor::of(reviewer), {}, {}, {}}));
                office.look(number, i);
                break;
            }
            case 2: {
                const auto withdrawn = office.engine->withdraw(number, "x");
                REQUIRE(withdrawn);
                office.hear_events(
                    office.engine->reader().seen_by_applicant({}).answer(*withdrawn).events);
                office.hear_events(office.engine->reader()
                                       .seen_by_applicant(PersonId(person(i)))
                                       .trail(number)
                                       .value());
                break;
            }
            default: {
                REQUIRE(office.complete(number, "approve", reviewer));
                office.look(number, i);
                REQUIRE(office.complete(number, "deliver", OfficerId("wang")));
                const auto trail = office.engine->reader()
                                       .seen_by_applicant(PersonId(person(i)))
                                       .trail(number)
                                       .value();
                for (const auto& event : trail)
                    if (const auto* drawn = std::get_if<TaskDrawn>(&event.what))
                        named += drawn->officer == reviewer ? 1 : 0;
            }
        }
    }
    CHECK(named > cases / 8);  // at the end it may be known
}

TEST_CASE(
    "each command tells the applicant and the window nothing of who reviews, or is not theirs") {
    Office office;
    office.engine.reset();
    auto& run = office.terminal;
    const auto open = [&](const std::string& who) {
        return run({"open", "pension.special", "--as", "lin", "--applicant", who, "--field",
                    "id_number=1", "--format", "json"})
            .json()
            .at("case")
            .get<std::string>();
    };
    const auto number = open("p1"), waiting = open("p2"), other = open("p3");
    REQUIRE(run({"complete", number, "accept", "--as", "lin"}).code == 0);
    REQUIRE(run({"complete", other, "accept", "--as", "lin"}).code == 0);
    REQUIRE(run({"complete", waiting, "supplement", "--reason", "a paper", "--as", "lin"}).code ==
            0);
    std::string drawn_at;
    const auto whole = run({"trail", number, "--format", "json"}).json();
    for (const auto& event : whole.at("events"))
        if (event.at("kind") == "task_drawn") drawn_at = event.at("sequence").dump();
    REQUIRE_FALSE(drawn_at.empty());
    const auto out = [&](const char* name) { return run.path(name); };
    run.write("marked.pub", run({"trail", "keygen", "--key", out("k.pem"), "--origin", "h"}).out);
    REQUIRE(run({"trail", "checkpoint", "--key", out("k.pem"), "--origin", "h", "--out",
                 out("checkpoints")})
                .code == 0);
    run.write("rows.csv", "number,person\n1,b1\n");
    run.write("script.yaml", R"(batch: backlog
title: 积压
input: {file: rows.csv, key: number}
open:
  item: pension.special
  applicant: {person: =person}
  channel: window
  hall: north
  by: lin
  fields: {id_number: =person}
)");
    const std::string applicant = "applicant:p1";
    using Words = std::vector<std::string>;
    // What somebody at the window or an applicant runs, or whose command it is instead.
    struct Line {
        std::vector<Words> commands = {};
        std::string whose = {};
    };
    const Line operators{{}, "the operator's, who sees the whole store"};
    const Line authors{{}, "of definitions and keys: no case is read"};
    const Line officers{{}, "an officer's on their own task"};
    const std::map<std::string, Line> lines{
        {"validate", authors},
        {"decide", authors},
        {"eval", authors},
        {"graph", {{{"graph", "pension.special", "--as", "svg"}}}},
        {"staffing", operators},
        {"simulate", operators},
        {"open", {{{"open", "pension.special", "--applicant", "p9", "--field", "id_number=1"}}}},
        {"demand", {{{"demand", "x", "--applicant", "p9"}}}},
        {"next", {{{"next", "--as", "lin"}, {"next", "--as", "lin", "--format", "json"}}}},
        {"claim", {{{"claim", number, "2", "--as", "lin"}}}},
        {"complete",
         {{{"complete", number, "approve", "--as", "lin"},
           {"complete", number, "2", "approve", "--as", "wang"}}}},
        {"supply", {{{"supply", waiting}, {"supply", number, "--format", "json"}}}},
        {"withdraw", {{{"withdraw", other, "--reason", "x", "--format", "json"}}}},
        {"rate", {{{"rate", number, "--task", "1", "--grade", "5", "--token", "x"}}}},
        {"rate add", {{{"rate", "add", number, "--token", "x", "--comment", "y"}}}},
        {"rate aside", officers},
        {"rate tokens", operators},
        {"rate keygen", authors},
        {"unseal",
         {{{"unseal", number, "reviewer", "--as", "lin", "--ground", "audit", "--reason", "x"},
           {"unseal", number, "reviewer", "--as", "chief", "--decline", "lin"},
           {"unseal", number, "applicant", "--as", "chief", "--grant", "-"}}}},
        {"publish", operators},
        {"journal", operators},
        {"staff", operators},
        {"staff confirm", operators},
        {"staff proposals", operators},
        {"doctor", operators},
        {"store backup", operators},
        {"recuse",
         {{{"recuse", number, "wang", "--ground", "kin", "--reason", "x"},
           {"recuse", number, "wang", "--decline", "--as", "chief"}}}},
        {"resolve",
         {{{"resolve", number, "2", "--way", "ask_again", "--as", "lin", "--reason", "x"}}}},
        {"staff join", operators},
        {"staff move", operators},
        {"staff post", operators},
        {"staff qualify", operators},
        {"staff absent", operators},
        {"staff back", operators},
        {"staff leave", operators},
        {"staff substitute", operators},
        {"staff weigh", operators},
        {"staff supervise", operators},
        {"staff seat", operators},
        {"staff shift", operators},
        {"staff key", operators},
        {"urge", {{{"urge", number, "--reason", "x"}, {"urge", number, "--as", "chief"}}}},
        {"delegate", {{{"delegate", number, "2", "--to", "wang", "--as", "lin"}}}},
        {"reassign", {{{"reassign", number, "2", "--to", "wang", "--as", "chief"}}}},
        {"return", {{{"return", number, "2", "--as", "lin"}}}},
        {"advance", {{{"advance"}}}},
        {"batch", {{{"batch", out("script.yaml")}}}},
        {"import", {{{"import", out("rows.csv"), "--script", out("script.yaml")}}}},
        {"cases",
         {{{"cases", "--reader", applicant, "--format", "json"},
           {"cases", "--reader", "lin"},
           {"cases"}}}},
        {"tasks",
         {{{"tasks", "--reader", "lin", "--format", "json"}, {"tasks", "--reader", "chief"}}}},
        {"show",
         {{{"show", number, "--reader", applicant},
           {"show", number, "--reader", applicant, "--clock", "--all"},
           {"show", number, "--reader", applicant, "--format", "json"},
           {"show", number, "--reader", applicant, "--dossier", out("dossier.html"), "--personal",
            "--checkpoints", out("checkpoints")},
           {"show", number, "--reader", "applicant:p2"},
           {"show", number, "--reader", "lin", "--format", "json"}}}},
        {"trail",
         {{{"trail", number, "--reader", applicant},
           {"trail", number, "--reader", applicant, "--format", "json", "--personal"},
           {"trail", number, "--reader", "lin", "--format", "json"}}}},
        {"trail verify", {{{"trail", "verify"}}}},
        {"trail keygen", authors},
        {"trail checkpoint", operators},
        {"trail signer", operators},
        {"trail prove",
         {{{"trail", "prove", number, "--reader", applicant, "--checkpoints", out("checkpoints")},
           {"trail", "prove", number, "--reader", applicant, "--event", drawn_at, "--checkpoints",
            out("checkpoints")}}}},
        {"trail consistency", {{{"trail", "consistency", "--checkpoints", out("checkpoints")}}}},
        {"receipt",
         {{{"receipt", number, "--checkpoints", out("checkpoints"), "--out", out("receipt.html")},
           {"receipt", number, "--event", drawn_at, "--checkpoints", out("checkpoints"), "--out",
            out("receipt-2.html")}}}},
        {"trail stamp", operators},
        {"trail stamped", operators},
        {"trail check",
         {{{"trail", "check", out("receipt.html"), "--public-key", out("marked.pub")}}}},
        {"draw keygen", authors},
        {"draw publish", authors},
        {"draw reveal", authors},
        {"draw verify",
         {{{"draw", "verify", number, "--party", out("bureau.draws")},
           {"draw", "verify", "--party", out("bureau.draws"), "--format", "json"}}}},
        {"report officers", operators},
        {"report items", {{{"report", "items"}}}},
        {"report halls", {{{"report", "halls"}}}},
        {"report pools", operators},
        {"report ratings", {{{"report", "ratings"}}}},
        {"report reconcile", operators},
        {"export",
         {{{"export", "xes", "--out", out("hall.xes")},
           {"export", "csv", "--personal"},
           {"export", "ocel", "--out", out("hall.json")}}}},
        {"conform", operators},
        {"vault keygen", authors},
        {"vault rekey", operators},
        {"vault cases", operators},
        {"vault erase", operators},
        {"completion", authors},
        {"version", authors},
        {"help", authors},
    };
    REQUIRE(run({"draw", "keygen", "--party", "bureau", "--out", out("bureau.secret")}).code == 0);
    REQUIRE(run({"draw", "publish", "--secret", out("bureau.secret"), "--out", out("bureau.draws"),
                 "--from", "2026-03-02"})
                .code == 0);
    for (const auto& row : tools::subcommands()) {
        INFO("`workflow " << row.name << "` has no line in this test");
        REQUIRE(lines.contains(std::string(row.name)));
        const auto& line = lines.at(std::string(row.name));
        REQUIRE((!line.commands.empty() || !line.whose.empty()));
        for (const auto& words : line.commands) {
            const auto said = run(words);
            INFO(fmt::format("{}", fmt::join(words, " ")) << ": " << said.err);
            CHECK(said.code != 2);
            hear(said.out);
            hear(said.err);
        }
    }
    for (const char* name : {"dossier.html", "receipt.html", "hall.xes", "hall.json"}) {
        INFO(name);
        CHECK_FALSE(bytes_of(out(name)).empty());
        hear(bytes_of(out(name)));
    }
    // No receipt was made for the draw itself.
    CHECK(bytes_of(out("receipt-2.html")).empty());
}

}  // namespace workflow::testing::canary_applicant_test
