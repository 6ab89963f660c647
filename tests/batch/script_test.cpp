// Mistakes in a script, each at its place.

#include "desk.hpp"

namespace workflow::testing::script_test {

using testing_mistakes = std::vector<std::string>;

namespace {

testing_mistakes found(const std::string& script) {
    Desk desk;
    return desk.mistakes(script);
}

}  // namespace

TEST_CASE("the standard script has no mistakes") {
    CHECK(found(standard_script).empty());
}

TEST_CASE("an unknown key is named with the nearest one") {
    CHECK(found(with("duties:", "dutie:")) ==
          testing_mistakes{"10:1: a batch script has no key `dutie` (did you mean `duties`?)"});
}

TEST_CASE("an unknown column is named with the nearest one, at its column in the line") {
    CHECK(found(with("person: =person", "person: =persn")) ==
          testing_mistakes{"5:24: there is no field `persn` (did you mean `person`?)"});
}

TEST_CASE("a field, a material, an outcome and a duty that the item lacks are found together") {
    auto script = with("id_number: =id_number", "id_nr: =id_number");
    const auto replace = [&](const std::string& from, const std::string& to) {
        script.replace(script.find(from), from.size(), to);
    };
    replace("{photo: '=finding", "{foto: '=finding");
    replace("outcome: decline", "outcome: refuse");
    replace("  issue:", "  issuing:");
    const auto mistakes = found(script);
    REQUIRE(mistakes.size() == 4);
    CHECK(mistakes[0].find("8:12: there is no field `id_nr`") == 0);
    CHECK(mistakes[1] == "9:15: there is no material `foto` (there is photo)");
    CHECK(mistakes[2].find("`intake` has no outcome `refuse`") != std::string::npos);
    CHECK(mistakes[3] ==
          "23:3: `issuing` is neither a duty nor a task's step (there is intake, issue, review)");
}

TEST_CASE("an item, a channel, a hall or an officer that is not there is a mistake") {
    CHECK(found(with("item: social-card.replace-lost", "item: social-card.replace-lots"))
              .at(0)
              .find("4:9: the catalog has no item `social-card.replace-lots`") == 0);
    CHECK(found(with("channel: web", "channel: wed")).at(0) ==
          "6:12: social-card.replace-lost is not open on the channel `wed` (did you mean `web`?)");
    CHECK(found(with("channel: web", "hall: nord")).at(0) ==
          "6:9: there is no hall `nord` (there is north)");
    CHECK(found(with("channel: web", "by: lim")).at(0) ==
          "6:7: there is no officer `lim` (did you mean `lin`?)");
    CHECK(found(with("channel: web", "recused: [=person, 'lim=kin: a cousin']")).at(0) ==
          "6:23: there is no officer `lim` (did you mean `lin`?)");
    CHECK(found(with("channel: web", "mode: express")).at(0) == "6:9: there is no mode `express`");
    CHECK(
        found(with("channel: web", "appointment: received")).at(0) ==
        "6:16: `received` is not a date or moment (a column is written `appointment: =received`)");
    CHECK(found(with("channel: web", "agent: {name: =person}")).at(0) ==
          "6:10: `agent` needs `person`");
}

TEST_CASE("a cell of CSV is a text until the script says otherwise") {
    const auto mistakes = found(with("verdict = \"reject\"", "remark > 5"));
    REQUIRE(mistakes.size() == 1);
    CHECK(mistakes[0].find("a string is compared with a number") != std::string::npos);
    CHECK(found(with("input: {file: rows.csv, key: row}",
                     "input: {file: rows.csv, key: row, columns: {remark: number}}"))
              .empty());
}

TEST_CASE("a type for a column that the input lacks, or of no such name, is a mistake") {
    CHECK(found(with("key: row}", "key: row, columns: {remarks: number, lost: bool}}")) ==
          testing_mistakes{
              "2:45: the input has no column `remarks` (did you mean `remark`?)",
              "2:68: the type of a column cannot be `bool` (use one of: any, string, number, "
              "boolean, date, date and time)"});
}

TEST_CASE("a constant that the field cannot have is a mistake") {
    const auto mistakes = found(with("loss_reported: =lost", "loss_reported: lost"));
    CHECK(mistakes ==
          testing_mistakes{"8:50: `lost` is not a value of the field `loss_reported` (a column "
                           "is written `loss_reported: =lost`)"});
}

TEST_CASE("`otherwise` stands alone and last") {
    CHECK(found(with("- {otherwise: accept}", "- {otherwise: accept, when: true}")).size() == 1);
    CHECK(found(with("- {otherwise: accept}", "- {otherwise: accept}\n      - {outcome: accept}"))
              .at(0)
              .find("16:10: outcomes after `otherwise` are never taken") == 0);
}

TEST_CASE("a condition with `=` before it is put right") {
    CHECK(found(with("when: 'finding = \"not ours\"'", "when: '=finding = \"not ours\"'")) ==
          testing_mistakes{
              "14:17: `when` is always an expression (leave out the `=` at its beginning)"});
}

TEST_CASE("a script has an input or works on the store's cases") {
    CHECK(found("batch: x\n").at(0).find("a script requires `input` or `cases`") !=
          std::string::npos);
    CHECK(found("batch: x\ncases: {}\ninput: {file: rows.csv}\nopen: {}\n")
              .at(0)
              .find("`input` or `cases`, not both") != std::string::npos);
}

TEST_CASE("the case's fields are known by name") {
    CHECK(found(with("verdict = \"reject\"", "case.loss_reportet"))
              .at(0)
              .find("there is no entry `loss_reportet`") != std::string::npos);
    CHECK(found(with("verdict = \"reject\"", "case.loss_reported = false")).empty());
    CHECK(found(with("verdict = \"reject\"", "materials.photo = \"mising\"")).size() == 1);
}

TEST_CASE("a name of the script's own is known after it, and a column's name is taken") {
    const std::string let = "let:\n  bad: verdict = \"reject\"\n  worse: bad and lost = \"true\"\n";
    CHECK(found(let + with("verdict = \"reject\"", "worse")).empty());
    CHECK(found("let: {lost: 'true'}\n" + std::string(standard_script)).size() == 1);
}

}  // namespace workflow::testing::script_test
