#include "batch/csv.hpp"

#include <rapidcheck.h>
#include <fstream>

#include "base/bounds.hpp"
#include "batch/input.hpp"
#include "desk.hpp"

namespace workflow::testing::csv_test {

using batch::CsvReader;
using testing::Folder;

namespace {

using Records = std::vector<std::vector<std::string>>;

/// The records, mistakes as a record of their own.
Records read(std::string_view text, char separator = ',') {
    batch::Bytes bytes(text);
    CsvReader reader(bytes, separator);
    Records records;
    std::vector<std::string> fields;
    std::string mistake;
    while (reader.next(fields, mistake)) {
        records.push_back(mistake.empty() ? fields
                                          : std::vector{"line " + std::to_string(reader.line()) +
                                                        ": " + mistake});
    }
    return records;
}

}  // namespace

TEST_CASE("fields are parted by commas and records by line breaks of either kind") {
    CHECK(read("a,b\n1,2\r\n3,4") == Records{{"a", "b"}, {"1", "2"}, {"3", "4"}});
    CHECK(read("a,\n,b\n") == Records{{"a", ""}, {"", "b"}});
    CHECK(read("").empty());
    CHECK(read("\n\r\n\n").empty());
    CHECK(read("a\n\nb\n") == Records{{"a"}, {"b"}});
}

TEST_CASE("a byte order mark belongs to no field") {
    CHECK(read("\xEF\xBB\xBF"
               "a,b\n") == Records{{"a", "b"}});
    CHECK(read("\xEF\xBB\xBF"
               "\"a\",b\n") == Records{{"a", "b"}});
}

TEST_CASE("quotes hold commas, line breaks and doubled quotes") {
    CHECK(read("\"a,b\",\"c\nd\",\"e\"\"f\"\n") == Records{{"a,b", "c\nd", "e\"f"}});
    CHECK(read("\"a\r\nb\"\r\n\"\"\r\n") == Records{{"a\r\nb"}, {""}});
    CHECK(read("社保,\"补,领\"") == Records{{"社保", "补,领"}});
}

TEST_CASE("a lone carriage return is part of the field") {
    CHECK(read("a\rb,c\n") == Records{{"a\rb", "c"}});
}

TEST_CASE("another separator leaves commas alone") {
    CHECK(read("a,1;b\n", ';') == Records{{"a,1", "b"}});
}

TEST_CASE("broken quotes are mistakes of their record, and the next record is read") {
    CHECK(read("a\"b,c\nd\n") ==
          Records{{"line 1: a quote is inside field 1, which is not quoted"}, {"d"}});
    CHECK(read("x\n1,\"a\"b\nd\n") ==
          Records{{"x"}, {"line 2: text follows the closing quote of field 2"}, {"d"}});
    CHECK(read("x\n\"a\nb\n") ==
          Records{{"x"}, {"line 2: the quote opened on line 2 is not closed"}});
}

TEST_CASE("a record that is too long ends with its line, and the next one is read") {
    const std::string text = "x\n\"" + std::string(bounds::record_bytes + 10, 'y') + "\nd\n";
    const auto records = read(text);
    REQUIRE(records.size() == 3);
    CHECK(records[1].front().find("longer than 1048576 bytes") != std::string::npos);
    CHECK(records[2] == std::vector<std::string>{"d"});
}

TEST_CASE("what is written as CSV is read as it was") {
    REQUIRE(rc::check("fields survive", [](const Records& given, bool raw) {
        Records wanted;
        std::string text;
        for (auto record : given) {
            if (record.empty()) continue;
            // A record of one empty field is an empty line, which is none.
            if (record.size() == 1 && record.front().empty()) continue;
            for (std::size_t i = 0; i < record.size(); ++i) {
                if (i > 0) text += ',';
                text += batch::csv_field(record[i],
                                         raw ? batch::Formulas::raw : batch::Formulas::neutral);
            }
            // At its end a carriage return without quotes is part of the line break: csv_field
            // quotes it.
            text += '\n';
            wanted.push_back(std::move(record));
        }
        if (text.starts_with("\xEF")) return;
        auto got = read(text);
        if (!raw)
            for (auto& record : got)
                for (auto& field : record) field = batch::without_apostrophe(std::move(field));
        RC_ASSERT(got == wanted);
    }));
}

TEST_CASE("a row names the line on which it begins") {
    const Folder folder;
    const auto input = batch::open_csv(folder.write("a.csv", "a,b\n1,\"x\ny\"\n2\n3,\n"), ',');
    CHECK(input->columns() == std::vector<std::string>{"a", "b"});
    batch::Row row;
    REQUIRE(input->next(row));
    CHECK(row.line == 2);
    CHECK(row.cells[1] == Value("x\ny"));
    REQUIRE(input->next(row));
    CHECK(row.line == 4);
    CHECK(row.mistake == "the row has 1 fields, the first line names 2 columns");
    REQUIRE(input->next(row));
    CHECK(row.line == 5);
    CHECK(row.cells[1].is_null());
    CHECK(!input->next(row));
    CHECK(input->share() == 1.0);
}

TEST_CASE("cells that are not UTF-8 or hold NUL make their row unreadable") {
    const Folder folder;
    const auto input =
        batch::open_csv(folder.write("a.csv", std::string("a\n\xC0\xAF\nb\0c\nd\n", 12)), ',');
    batch::Row row;
    REQUIRE(input->next(row));
    CHECK(row.mistake == "field 1 is not UTF-8");
    REQUIRE(input->next(row));
    CHECK(row.mistake == "field 1 holds a NUL byte");
    REQUIRE(input->next(row));
    CHECK(row.mistake.empty());
}

TEST_CASE("a header without names, with a name twice, or none at all is refused") {
    const Folder folder;
    const auto open = [&](const std::string& text) {
        return batch::open_csv(folder.write("a.csv", text), ',');
    };
    CHECK_THROWS_WITH(open(""), Catch::Contains("its first line must name the columns"));
    CHECK_THROWS_WITH(open("a,,b\n"), Catch::Contains("column 2 has no name"));
    CHECK_THROWS_WITH(open("a:b,a_b\n"), Catch::Contains("two columns are named `a_b`"));
    CHECK_THROWS_WITH(batch::open_csv(folder.file("none.csv"), ','),
                      Catch::Contains("is not a file"));
}

TEST_CASE("what FEEL cannot name becomes an underscore") {
    CHECK(batch::column_name("concept:name") == "concept_name");
    CHECK(batch::column_name("身份证 号") == "身份证 号");
    CHECK(batch::column_name("2nd") == "_2nd");
}

}  // namespace workflow::testing::csv_test
