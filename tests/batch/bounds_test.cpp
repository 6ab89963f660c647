// Rows may be of any length and number: each form of input has bounds, and a row beyond is told by
// its line.

#include "base/bounds.hpp"
#include "batch/desk.hpp"
#include "batch/input.hpp"
#include "support/catch.hpp"

namespace workflow::testing::bounds_test {

namespace {

std::string repeated(std::string_view piece, std::size_t times) {
    std::string text;
    while (times-- > 0) text += piece;
    return text;
}

/// The mistake of the last row, or why there are none.
std::string mistake_in(batch::Input& input) {
    batch::Row row;
    std::string last;
    while (input.next(row)) last = row.mistake;
    return last;
}

}  // namespace

TEST_CASE("a line of JSON has bounds of depth, values and bytes, and no key twice") {
    const Folder folder;
    const auto mistake = [&](const std::string& line) {
        return mistake_in(*batch::open_json_lines(folder.write("rows.jsonl", line + "\n")));
    };
    const auto nested = [](std::size_t depth) {
        return "{\"a\":" + repeated("[", depth) + repeated("]", depth) + "}";
    };
    CHECK(mistake(nested(bounds::json_depth - 1)).empty());
    CHECK(mistake(nested(bounds::json_depth)) == "nested more than 32 deep");
    const auto list = [](std::size_t count) {
        return "{\"a\":[" + repeated("1,", count - 1) + "1]}";
    };
    CHECK(mistake(list(bounds::json_values - 2)).empty());
    CHECK(mistake(list(bounds::json_values - 1)) == "it has more than 100000 values");
    const std::string around = "{\"a\":\"\"}";
    const auto text = [](std::size_t bytes) {
        return "{\"a\":\"" + std::string(bytes - 8, 'x') + "\"}";
    };
    CHECK(mistake(text(bounds::record_bytes)).empty());
    CHECK(mistake(text(bounds::record_bytes + 1)) == "the line is longer than 1048576 bytes");
    CHECK(mistake("{\"a\":1,\"a\":2}") == "the key `a` is given twice");
}

TEST_CASE("a record of CSV has at most 1,000 fields") {
    const Folder folder;
    const auto mistake = [&](std::size_t fields) {
        const auto input = batch::open_csv(
            folder.write("rows.csv", "a\n" + repeated(",", fields - 1) + "\n"), ',');
        return mistake_in(*input);
    };
    CHECK(mistake(bounds::columns) == "the row has 1000 fields, the first line names 1 columns");
    CHECK(mistake(bounds::columns + 1) == "the record has more than 1000 fields");
    CHECK(mistake(500'000) == "the record has more than 1000 fields");
}

TEST_CASE("a trace of an event log has bounds of depth and bytes, and a log no DOCTYPE") {
    const Folder folder;
    const auto read = [&](const std::string& inside) {
        const auto file = folder.write("log.xes", "<log>\n<trace>" + inside + "</trace></log>");
        return mistake_in(*batch::open_xes(file));
    };
    const auto nested = [](std::size_t depth) {
        return repeated("<list>", depth) + repeated("</list>", depth);
    };
    CHECK(read(nested(bounds::trace_depth - 2)).empty());
    CHECK_THROWS_WITH(read(nested(bounds::trace_depth - 1)),
                      Catch::Contains("log.xes:2: elements are nested more than 64 deep"));
    CHECK_THROWS_WITH(read(std::string(bounds::trace_bytes, ' ')),
                      Catch::Contains("an element is larger than 16777216 bytes"));
    CHECK_THROWS_WITH(batch::open_xes(folder.write("d.xes", "<!DOCTYPE log><log></log>")),
                      Catch::Contains("a DOCTYPE"));
}

}  // namespace workflow::testing::bounds_test
