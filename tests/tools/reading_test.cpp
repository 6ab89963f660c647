#include <sqlite3.h>

#include <algorithm>

#include "base/render.hpp"
#include "support/database_owner.hpp"
#include "tools/terminal.hpp"

namespace workflow::testing::reading_test {

TEST_CASE("validate reports counts and findings under stable keys") {
    Terminal run;
    const Said said = run({"validate", run.path("definitions"), "--format", "json"});
    REQUIRE(said.code == 0);
    const auto json = said.json();
    CHECK(json.at("files") == 5);
    CHECK(json.at("errors") == 0);
    CHECK(json.at("diagnostics").is_array());
    CHECK(json.at("models").is_array());
}

TEST_CASE("a mistake in a definition is shown with its line in every format, and exits 1") {
    Terminal run;
    run.write("definitions/broken.yaml", "item: broken.item\ntitel: {zh: 坏, en: Broken}\n");
    const Said human = run({"validate", run.path("definitions")});
    CHECK(human.code == 1);
    CHECK(holds(human.out, "broken.yaml:2"));
    CHECK(holds(human.out, "titel"));
    const Said json = run({"validate", run.path("definitions"), "--format", "json"});
    const auto findings = json.json().at("diagnostics");
    const auto found = std::ranges::find_if(
        findings, [](const auto& finding) { return holds(finding.at("message"), "titel"); });
    REQUIRE(found != findings.end());
    const auto& finding = *found;
    for (const char* key :
         {"code", "severity", "file", "line", "column", "message", "hint", "trace"}) {
        CHECK(finding.contains(key));
    }
    CHECK(finding.at("line") == 2);
    const Said github = run({"validate", run.path("definitions"), "--format", "github"});
    CHECK(github.out.starts_with("::error file="));
    CHECK(holds(github.out, "line=2"));
}

TEST_CASE("one file is validated among what it refers to, and only it is reported on") {
    Terminal run;
    run.write("definitions/broken.yaml", "item: broken.item\ntitel: {zh: 坏, en: Broken}\n");
    const std::string item = run.path("definitions/replace-lost.yaml");
    CHECK(run({"validate", item}).code == 1);
    const Said said =
        run({"validate", item, "--with", run.path("definitions"), "--format", "json"});
    CHECK(said.code == 0);
    CHECK(said.json().at("files") == 1);
}

TEST_CASE("a text on standard input is validated") {
    Terminal run;
    const Said said = run({"validate", "-"}, "nonsense: true\n");
    CHECK(said.code == 1);
    CHECK(holds(said.out, "<stdin>:1"));
}

TEST_CASE("validating what is not there is a failure of the world") {
    Terminal run;
    CHECK(run({"validate", run.path("nowhere")}).code == 3);
}

TEST_CASE("a broken catalog stops every other command with its errors") {
    Terminal run;
    run.open();
    run.write("definitions/broken.yaml", "item: broken.item\ntitel: x\n");
    const Said said = run({"cases"});
    CHECK(said.code == 1);
    CHECK(said.out.empty());
    CHECK(holds(said.err, "titel"));
}

TEST_CASE("lists print rows as JSON and a table for people") {
    Terminal run;
    const std::string number = run.open("1001");
    run.open("1002");
    const auto cases = run({"cases", "--status", "open", "--format", "json"}).json();
    REQUIRE(cases.size() == 2);
    CHECK(cases.at(0).at("case") == number);
    CHECK(cases.at(0).at("steps") == "intake");
    const auto tasks = run({"tasks", "--unheld", "--format", "json"}).json();
    REQUIRE(tasks.size() == 2);
    CHECK(tasks.at(0).at("due") == "2026-03-03");
    CHECK(run({"tasks", "--as", "lin", "--format", "json"}).json().empty());
    CHECK(run({"cases", "--limit", "1", "--format", "json"}).json().size() == 1);
    const Said human = run({"tasks", "--language", "zh"});
    CHECK(holds(human.out, "综合窗口"));
    CHECK(human.out.find("\x1b[") == std::string::npos);
    CHECK(run({"cases", "--due-by", "soon"}).code == 2);
}

TEST_CASE("columns line up although Chinese characters are twice as wide") {
    Terminal run;
    run.open();
    const Said said = run({"cases", "--language", "zh"});
    const std::string header = said.out.substr(0, said.out.find('\n'));
    const std::string row = said.out.substr(
        header.size() + 1, said.out.find('\n', header.size() + 1) - header.size() - 1);
    // The status column begins at the same width on the screen.
    const auto before = [](const std::string& line, const std::string& word) {
        return workflow::display_width(line.substr(0, line.find(word)));
    };
    CHECK(before(header, "status") == before(row, "open"));
}

TEST_CASE("show tells one case and hides personal fields unless asked") {
    Terminal run;
    const std::string number = run.open();
    const Said hidden = run({"show", number});
    CHECK(hidden.code == 0);
    CHECK_FALSE(holds(hidden.out, "420600199001011001"));
    CHECK(holds(run({"show", number, "--personal"}).out, "420600199001011001"));
    const auto json = run({"show", number, "--format", "json"}).json();
    CHECK(json.at("clock").at("accepted") == false);
    CHECK(json.at("materials").at("photo") == "provided");
    CHECK(json.at("tasks").size() == 1);
    const Said missing = run({"show", "nothing-20260302-1"});
    CHECK(missing.code == 4);
    CHECK(holds(missing.err, "unknown_case"));
}

TEST_CASE("the trail tells who did what in words, in either language of titles") {
    Terminal run;
    const std::string number = run.open();
    run({"complete", number, "accept", "--as", "lin"});
    const Said said = run({"trail", number, "--language", "zh"});
    CHECK(holds(said.out, "林芳 (lin), 综合窗口"));
    CHECK(holds(said.out, "社会保障卡补领"));
    CHECK(holds(said.out, "promised 2026-03-09"));
    CHECK_FALSE(holds(said.out, "420600199001011001"));
    const auto json = run({"trail", number, "--format", "json"}).json();
    CHECK(json.at("case") == number);
    CHECK(json.at("events").at(0).at("sequence") == 1);
}

TEST_CASE("an intact trail verifies; a changed byte is named and exits 1") {
    Terminal run;
    const std::string number = run.open();
    const Said good = run({"trail", "verify", "--format", "json"});
    REQUIRE(good.code == 0);
    CHECK(good.json().at("intact") == true);
    CHECK(good.json().at("cases") == 1);
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(run.path("hall.db").c_str(), &db) == SQLITE_OK);
    // Whoever can write the file can take its triggers off, and put them back.
    std::string trigger;
    sqlite3_exec(
        db, "select sql from sqlite_master where name = 'events_are_never_changed'",
        [](void* into, int, char** cells, char**) {
            *static_cast<std::string*>(into) = cells[0];
            return 0;
        },
        &trigger, nullptr);
    const std::string change =
        "drop trigger events_are_never_changed;"
        "update events set body = zeroblob(length(body)) where sequence = 1;" +
        trigger;
    const int changed = sqlite3_exec(db, change.c_str(), nullptr, nullptr, nullptr);
    sqlite3_close(db);
    REQUIRE(changed == SQLITE_OK);
    const Said bad = run({"trail", "verify", "--format", "json"});
    INFO(bad.err);
    REQUIRE(bad.code == 1);
    CHECK(bad.json().at("intact") == false);
    // The first event of the journal, which published the definition, and that of the case.
    CHECK(bad.json().at("breaks").at(0).at("case") == "journal");
    CHECK(bad.json().at("breaks").at(1).at("case") == number);
}

TEST_CASE("a hash of the wrong length is a break like any other") {
    Terminal run;
    const std::string number = run.open();
    workflow::testing::DatabaseOwner owner(run.path("hall.db"));
    SECTION("of an event") {
        owner.run("update events set hash = x'00' where sequence = 2");
    }
    SECTION("of a case") {
        owner.run("update cases set head = x'0000' where item <> ''");
    }
    owner.close();
    const Said bad = run({"trail", "verify", "--format", "json"});
    INFO(bad.err);
    REQUIRE(bad.code == 1);
    CHECK(bad.json().at("breaks").at(0).at("case") == number);
    // Nobody goes on from there.
    CHECK(run({"complete", number, "accept", "--as", "lin"}).code == 3);
}

TEST_CASE("graph draws an item, with counts where a store is named") {
    Terminal run;
    run.open();
    const Said svg = run({"graph", "social-card.replace-lost"});
    REQUIRE(svg.code == 0);
    CHECK(svg.out.starts_with("<svg "));
    CHECK(holds(svg.out, "件 cases"));
    const Said bare = run({"graph", "social-card.replace-lost", "--no-counts"});
    CHECK_FALSE(holds(bare.out, "件 cases"));
    CHECK(run({"graph", "social-card.replace-lost", "--as", "mermaid"}).out.find("flowchart TD") !=
          std::string::npos);
    CHECK(run({"graph", "social-card.replace-lost", "--as", "dot"}).out.starts_with("digraph"));
    const Said typo = run({"graph", "social-card.replace-last"});
    CHECK(typo.code == 2);
    CHECK(holds(typo.err, "did you mean `social-card.replace-lost`?"));
}

TEST_CASE("cases are listed by each way in which they can end") {
    Terminal run;
    const auto number = run.open();
    REQUIRE(run({"complete", number, "decline", "--as", "lin", "--reason", "not ours"}).code == 0);
    const auto listed = run({"cases", "--status", "not_accepted", "--format", "json"}).json();
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].at("case") == number);
    CHECK(run({"cases", "--status", "refused", "--format", "json"}).json().empty());

    run.write("ledger.csv", "case,outcome\n" + number + ",不予受理\n");
    const auto compared = run({"report", "reconcile", run.path("ledger.csv"), "--outcome",
                               "不予受理=not_accepted", "--format", "json"});
    CHECK(compared.code == 0);
    CHECK(compared.json().at("equal") == 1);
}

}  // namespace workflow::testing::reading_test
