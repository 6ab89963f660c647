// The file of rejected rows: what was written, safe to open, and an input again.

#include "batch/csv.hpp"
#include "batch/desk.hpp"
#include "store/output_file.hpp"

namespace workflow::testing::rejected_test {

using batch::csv_field;
using batch::Formulas;
using batch::without_apostrophe;
using testing::Desk;

namespace {

constexpr const char* script = R"(batch: ledger
input: {file: rows.csv, columns: {received: date, fee: number}}
open:
  item: social-card.replace-lost
  applicant: {person: =person}
  channel: web
  at: =received
  fields: {id_number: '="42060019900101" + person', loss_reported: true}
  materials: {photo: true}
)";

/// Runs the script on a file that has a head of its own.
BatchReport run(Desk& desk, const std::string& rows, BatchOptions options = {}) {
    desk.folder.write("rows.csv", "person,received,fee,remark\n" + rows);
    return desk.run_script(script, options);
}

std::string behind_reason(const std::string& line) {
    // The reason is quoted where it has a comma.
    std::size_t at = 0;
    for (int fields = 0; fields < 6; ++fields) {
        if (line[at] == '"') at = line.find("\",", at + 1) + 1;
        at = line.find(',', at) + 1;
        if (at == 0) return {};
    }
    return line.substr(at);
}

std::string unquoted(const std::string& field) {
    return field.starts_with('"') ? field.substr(1, field.size() - 2) : field;
}

std::vector<std::string> rejected_rows(const Desk& desk) {
    std::istringstream text(desk.rejected());
    std::vector<std::string> rows;
    std::string line;
    std::getline(text, line);
    while (std::getline(text, line)) rows.push_back(behind_reason(line));
    return rows;
}

}  // namespace

TEST_CASE("rejected rows hold the columns of the input as they stood") {
    Desk desk;
    const auto report = run(desk,
                            "1001,2026/3/2,0,\n"
                            "1002,2026-03-02\n"
                            "1003,2026-02-30,7,\n"
                            "1004,2026-03-02,zero,so\n"
                            "1005,2026-03-02,007,a,b\n"
                            "1006,2026-03-02,1,a\"b\n");
    CHECK(report.rejected == 6);
    CHECK(rejected_rows(desk) ==
          std::vector<std::string>{"1001,2026/3/2,0,", "1002,2026-03-02", "1003,2026-02-30,7,",
                                   "1004,2026-03-02,zero,so", "1005,2026-03-02,007,a,b",
                                   "1006,2026-03-02,1,\"a\"\"b\""});
}

TEST_CASE("mended rows are read from the file of rejected rows, under the keys that they had") {
    Desk desk;
    run(desk,
        "1001,2026-03-02,1,\n1002,02.03.2026,1,'=1+1\n1003,2026-03-02\n1004,2026-03-02,1,-5\n");
    auto text = desk.rejected();
    CHECK(text.find(",''=1+1") != std::string::npos);
    text.replace(text.find("02.03.2026", text.find("1002,")), 10, "2026-03-02");
    desk.folder.write("mended.csv", text);
    BatchOptions options;
    options.input = desk.folder.file("mended.csv").string();
    const auto report = desk.run_script(script, options);
    CHECK(report.read == 2);
    CHECK(report.done == 1);
    CHECK(report.rejected == 1);
    // The rest is in the new file, as it was; the key of the row is still its line in the ledger.
    CHECK(rejected_rows(desk) == std::vector<std::string>{"1003,2026-03-02"});
    CHECK(desk.rejected().find("\n4,4,") != std::string::npos);
    CHECK(desk.case_of("1002").status == "open");
    // The whole ledger, mended, finds each row where it is.
    const auto whole = run(desk,
                           "1001,2026-03-02,1,\n1002,2026-03-02,1,\n1003,2026-03-02,1,\n"
                           "1004,2026-03-02,1,\n");
    CHECK(whole.rejected == 0);
    CHECK(desk.engine->reader().cases({}).size() == 4);
}

TEST_CASE("rows that were mended in their place are imported, and those rejected again go beside") {
    Desk desk;
    run(desk, "1001,never,1,\n1002,never,1,\n");
    auto text = desk.rejected();
    text.replace(text.find("never", text.find("1002,")), 5, "2026-03-02");
    const auto file = desk.folder.write("script.rejected.csv", text);
    BatchOptions options;
    options.input = file.string();
    const auto report = desk.run_script(script, options);
    CHECK(report.done == 1);
    CHECK(report.rejected_file == desk.folder.file("script.rejected.again.csv"));
    CHECK(desk.rejected() == text);
    CHECK(desk.folder.read("script.rejected.again.csv").find("1001,never") != std::string::npos);
}

TEST_CASE("cells that a spreadsheet would carry out are neutral, and numbers stay numbers") {
    for (const std::string cell :
         {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1+1",
          "－1", "＠a", "'=1", "''=1", "-", "=", "+1+1"}) {
        INFO(cell);
        CHECK(unquoted(csv_field(cell)) == "'" + cell);
        CHECK(unquoted(csv_field(cell, Formulas::raw)) == cell);
        CHECK(without_apostrophe("'" + cell) == cell);
    }
    for (const std::string cell :
         {"-5", "+5", "-0.5", "2026-03-02", "12", "", "it's", "'quoted'", "a=b", "'"}) {
        CHECK(csv_field(cell) == cell);
        CHECK(without_apostrophe(cell) == cell);
    }
}

TEST_CASE("a batch is stopped between two commits, and the same script goes on") {
    Desk desk;
    std::string rows;
    for (int i = 1001; i < 1041; ++i) rows += std::to_string(i) + ",2026-03-02,1,\n";
    rows += "9999,never,1,\n";
    int commits = 0;
    BatchOptions options;
    options.rows_a_commit = 10;
    options.jobs = GENERATE(1U, 2U);
    options.stop = [&] { return ++commits == 2; };
    const auto stopped = run(desk, rows, options);
    CHECK(stopped.stopped);
    CHECK(stopped.read == 20);
    CHECK(desk.engine->reader().cases({}).size() == 20);
    CHECK(!std::filesystem::exists(desk.folder.file("script.rejected.csv")));
    const auto whole = run(desk, rows);
    CHECK(!whole.stopped);
    CHECK(whole.done == 20);
    CHECK(whole.skipped == 20);
    CHECK(whole.rejected == 1);
    CHECK(desk.engine->reader().cases({}).size() == 40);
}

TEST_CASE("a batch refuses to put rejected rows where its caller's files are, before any row") {
    Desk desk;
    desk.folder.write("precious", "mine");
    BatchOptions options;
    options.rejected = desk.folder.file("precious").string();
    options.files = {desk.folder.file("precious")};
    CHECK_THROWS_AS(run(desk, "1001,2026-03-02,1,\n", options), OutputRefused);
    CHECK(desk.engine->reader().cases({}).empty());
    CHECK(desk.folder.read("precious") == "mine");
}

}  // namespace workflow::testing::rejected_test
