// `export`: the trail as an event log in a file.

#include "tools/terminal.hpp"

namespace workflow::testing::export_test {

namespace {

std::string content(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("export writes the log to a file, or to standard output") {
    Terminal run;
    const auto number = run.open();
    const auto said = run({"export", "xes", "--out", run.path("hall.xes")});
    CHECK(said.code == 0);
    CHECK(said.out.empty());
    CHECK(holds(said.err, "1 cases, "));
    CHECK(holds(content(run.path("hall.xes")), number));
    CHECK(!std::filesystem::exists(run.path(".hall.xes.workflow-part")));
    CHECK(run({"export", "xes"}).out == content(run.path("hall.xes")));
    CHECK(run({"export", "ocel"}).json().at("events").size() == 2);
    CHECK(run({"export", "csv"}).out.starts_with("case,activity,lifecycle,time,"));
    CHECK(run({"export", "ocel", "--out", run.path("hall.sqlite")}).code == 0);
    CHECK(content(run.path("hall.sqlite")).starts_with("SQLite format 3"));
}

TEST_CASE("export tells personal values only when it is asked to") {
    Terminal run;
    run.open("1001");
    CHECK(!holds(run({"export", "xes"}).out, "42060019900101"));
    CHECK(holds(run({"export", "xes", "--personal"}).out, "42060019900101"));
}

TEST_CASE("export names what is wrong with its command line") {
    Terminal run;
    run.open();
    CHECK(holds(run({"export", "xls"}).err, "did you mean `xes`?"));
    CHECK(run({"export", "xls"}).code == 2);
    CHECK(run({"export", "csv", "--sqlite"}).code == 2);
    CHECK(run({"export", "ocel", "--sqlite"}).code == 2);
    CHECK(run({"export", "csv", "--from", "yesterday"}).code == 2);
    CHECK(run({"export", "csv", "--item", "social-card.replace-list"}).code == 2);
    CHECK(run({"export", "csv", "--out", run.path("no/such/folder.csv")}).code == 3);
}

TEST_CASE("a dossier is one page that loads nothing, with each event and its hash") {
    Terminal run;
    const auto number = run.open("1001");
    run({"complete", number, "decline", "--as", "lin", "--reason", "<b>不归&本厅</b>"});
    const auto said = run({"show", number, "--dossier", run.path("case.html"), "--language", "zh"});
    CHECK(said.code == 0);
    const auto page = content(run.path("case.html"));
    CHECK(holds(page, "<h1>社会保障卡补领</h1>"));
    CHECK(holds(page, "&lt;b&gt;不归&amp;本厅&lt;/b&gt;"));
    CHECK(!holds(page, "<b>"));
    CHECK(!holds(page, "42060019900101"));
    for (const char* word : {"<script", "<link", "<img", "src=", "href=", "url(", "@import"})
        CHECK(!holds(page, word));
    CHECK(holds(page, "<svg"));
    const auto trail = run({"trail", number, "--format", "json"}).json().at("events").size();
    std::size_t hashes = 0;
    for (auto at = page.find("class=\"hash\">"); at != std::string::npos;
         at = page.find("class=\"hash\">", at + 1))
        ++hashes;
    CHECK(hashes == trail);
    run({"show", number, "--dossier", run.path("all.html"), "--personal"});
    CHECK(holds(content(run.path("all.html")), "42060019900101"));
    CHECK(run({"show", number, "--dossier", run.path("no/such.html")}).code == 3);
}

TEST_CASE("a CSV carries no formula into a spreadsheet, unless a machine is to read it") {
    Terminal run;
    const auto number = run.open();
    REQUIRE(run({"complete", number, "decline", "--as", "lin", "--reason", "=1+1"}).code == 0);
    CHECK(holds(run({"export", "csv", "--personal"}).out, ",'=1+1"));
    CHECK(holds(run({"export", "csv", "--personal", "--raw"}).out, ",=1+1"));
    CHECK(run({"export", "xes", "--raw"}).code == 2);
    run.write("ledger.csv", "case\n=2+2\n");
    const std::vector<std::string> reconcile{"report", "reconcile", run.path("ledger.csv"),
                                             "--format", "csv"};
    CHECK(holds(run(reconcile).out, "'=2+2"));
    CHECK_FALSE(holds(run(reconcile).out, ",=2+2"));
}

}  // namespace workflow::testing::export_test
