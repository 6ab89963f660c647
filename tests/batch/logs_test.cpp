// JSON Lines and XES.

#include <zlib.h>

#include "batch/bytes.hpp"
#include "batch/input.hpp"
#include "batch/xml_pieces.hpp"
#include "desk.hpp"

namespace workflow::testing::logs_test {

using testing::Folder;

namespace {

std::vector<batch::Row> all(batch::Input& input) {
    std::vector<batch::Row> rows;
    batch::Row row;
    while (input.next(row)) rows.push_back(row);
    return rows;
}

std::vector<batch::Row> json(const std::string& text, std::vector<std::string> columns) {
    const Folder folder;
    const auto input = batch::open_json_lines(folder.write("a.jsonl", text));
    CHECK(input->columns() == columns);
    return all(*input);
}

std::vector<std::string> pieces(std::string_view text, bool* latin1 = nullptr) {
    batch::Bytes bytes(text);
    batch::XmlPieces reader(bytes, "log");
    std::vector<std::string> found;
    std::string piece;
    while (reader.next("trace", piece)) found.push_back(piece);
    if (latin1) *latin1 = reader.latin1();
    return found;
}

}  // namespace

TEST_CASE("each line of JSON is a row, and all lines together name the columns") {
    const auto rows = json("{\"a\":1}\n\n{\"b\":\"x\",\"a\":null}\n", {"a", "b"});
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].cells[0] == Value(decimal_of(1)));
    CHECK(rows[0].cells[1].is_null());
    CHECK(rows[1].line == 3);
    CHECK(rows[1].cells[1] == Value("x"));
}

TEST_CASE("numbers keep every digit that JSON gives them") {
    const auto rows =
        json("{\"a\":0.1,\"b\":12345678901234567890123456789012,\"c\":-7,\"d\":1.50}\n",
             {"a", "b", "c", "d"});
    CHECK(to_string(rows[0].cells[0]) == "0.1");
    CHECK(to_string(rows[0].cells[1]) == "12345678901234567890123456789012");
    CHECK(to_string(rows[0].cells[2]) == "-7");
    CHECK(to_string(rows[0].cells[3]) == "1.50");
}

TEST_CASE("lists and objects are FEEL lists and contexts") {
    const auto rows = json("{\"a\":[1,{\"b\":true}]}\n", {"a"});
    CHECK(to_string(rows[0].cells[0]) == "[1, {b: true}]");
}

TEST_CASE("a line that is no object is a row that cannot be read") {
    const auto rows = json("{\"a\":1}\n[1]\n{\"a\":\n{\"a\":2} x\n{\"a\":3}\n", {"a"});
    REQUIRE(rows.size() == 5);
    CHECK(rows[1].mistake == "the line is not a JSON object");
    CHECK(!rows[2].mistake.empty());
    CHECK(!rows[3].mistake.empty());
    CHECK(rows[4].mistake.empty());
}

TEST_CASE("an XML document is taken apart without being held") {
    CHECK(pieces("<?xml version='1.0' encoding='UTF-8'?><!-- <trace> -->\n<log a='>'>"
                 "<x><trace/></x><trace/><trace b=\"/\"><e/></trace>text<trace ><a>"
                 "<![CDATA[</trace>]]></a></trace></log>\n") ==
          std::vector<std::string>{"<trace/>", "<trace b=\"/\"><e/></trace>",
                                   "<trace ><a><![CDATA[</trace>]]></a></trace>"});
}

TEST_CASE("a document that ends too early, is another one, or declares entities is refused") {
    CHECK_THROWS_WITH(pieces("<log><trace>"), Catch::Contains("ends inside <log>"));
    CHECK_THROWS_WITH(pieces("<html></html>"), Catch::Contains("not <html>"));
    CHECK_THROWS_WITH(pieces("  "), Catch::Contains("there is no <log>"));
    CHECK_THROWS_WITH(pieces("<!DOCTYPE log [<!ENTITY a \"b\">]><log/>"),
                      Catch::Contains("DOCTYPE"));
    CHECK_THROWS_WITH(pieces("<?xml version='1.0' encoding='UTF-16'?><log/>"),
                      Catch::Contains("utf-16"));
}

TEST_CASE("a log in ISO 8859-1 is read as such") {
    bool latin1 = false;
    CHECK(pieces("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><log><trace/></log>", &latin1)
              .size() == 1);
    CHECK(latin1);
}

TEST_CASE("a trace is a row with its attributes and its events") {
    const Folder folder;
    const auto input = batch::open_xes(folder.write("a.xes", R"(<log>
  <global scope="trace"><string key="concept:name" value="x"/></global>
  <trace>
    <string key="concept:name" value="case &amp; 1"/>
    <date key="startdate" value="2011-10-11T13:42:22.688+02:00"/>
    <int key="amount" value="12"/>
    <event><string key="concept:name" value="T02"/></event>
    <event><string key="org:resource" value="Zoë"/></event>
  </trace>
  <trace><boolean key="paid" value="true"/><string key="events" value="own"/></trace>
</log>)"));
    CHECK(input->columns() == std::vector<std::string>{"concept_name", "startdate", "amount",
                                                       "paid", "events_", "events"});
    const auto rows = all(*input);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].line == 3);
    CHECK(rows[0].cells[0] == Value("case & 1"));
    CHECK(to_string(rows[0].cells[1]).find("2011-10-11T13:42:22.688") != std::string::npos);
    CHECK(rows[0].cells[2] == Value(decimal_of(12)));
    CHECK(to_string(rows[0].cells[5]) ==
          "[{position: 1, concept_name: \"T02\"}, {position: 2, org_resource: "
          "\"Zoë\"}]");
    CHECK(rows[1].cells[3] == Value(true));
    CHECK(rows[1].cells[4] == Value("own"));
    CHECK(to_string(rows[1].cells[5]) == "[]");
}

TEST_CASE("a trace that is no XML is a row that cannot be read") {
    const Folder folder;
    const auto input =
        batch::open_xes(folder.write("a.xes", "<log><trace><a></b></trace><trace/></log>"));
    const auto rows = all(*input);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].mistake.find("the trace is not XML") != std::string::npos);
    CHECK(rows[1].mistake.empty());
}

TEST_CASE("a file packed by gzip is unpacked, and a broken one is refused") {
    const Folder folder;
    const auto path = folder.file("a.csv.gz");
    const auto packed = gzopen(path.c_str(), "wb");
    const std::string text = "a\n" + std::string(100'000, 'x') + "\n";
    REQUIRE(gzwrite(packed, text.data(), static_cast<unsigned>(text.size())) > 0);
    gzclose(packed);
    CHECK(all(*batch::open_csv(path, ',')).size() == 1);

    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 20);
    const auto input = [&] { return all(*batch::open_csv(path, ',')); };
    CHECK_THROWS_AS(input(), batch::InputError);
}

}  // namespace workflow::testing::logs_test
