// JSON from outside may be of any size: its reader has bounds, and says which one is passed and
// where.

#include "presentation/json/reader.hpp"

#include "base/bounds.hpp"
#include "support/catch.hpp"

namespace workflow::testing::json_reader_test {

using presentation::NoJson;
using presentation::read_json;

namespace {

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// An object with `count` keys.
std::string keys(std::size_t count) {
    std::string text = "{";
    for (std::size_t i = 0; i < count; ++i)
        text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":0";
    return text + "}";
}

/// What is wrong with the text, or nothing.
std::string wrong(const std::string& text) {
    try {
        (void)read_json(text, "a.json");
        return {};
    } catch (const NoJson& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("JSON is read up to its bounds, and what is beyond is told with its place") {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    CHECK(wrong(nested(bounds::json_depth)).empty());
    CHECK(wrong(nested(bounds::json_depth + 1)) == "a.json:1:33: this is nested more than 32 deep");
    // The object is a value, too.
    CHECK(wrong(keys(bounds::json_values - 1)).empty());
    CHECK(holds(wrong(keys(bounds::json_values)), "it has more than 100000 values"));
    CHECK(holds(wrong(keys(300'000)), "it has more than 100000 values"));
    CHECK(wrong('"' + std::string(bounds::json_bytes - 2, 'x') + '"').empty());
    CHECK(wrong('"' + std::string(bounds::json_bytes - 1, 'x') + '"') ==
          "a.json is larger than the 16777216 bytes of JSON that are read");
}

TEST_CASE("JSON that is none, or says something twice, is told with its place") {
    CHECK(wrong("{\"a\": 1,\n \"a\": 2}") == "a.json:2:4: the key `a` is given twice");
    CHECK(holds(wrong("{\n\"a\": nothing}"), "a.json:2:7: this is not JSON"));
    CHECK(holds(wrong(""), "this is not JSON"));
    CHECK(holds(wrong("{} {}"), "this is not JSON"));
    const auto read =
        read_json("\xEF\xBB\xBF{\"b\": [1, 2.50, null, {\"c\": \"d\"}], \"a\": true}", "-");
    CHECK(read.dump() == R"({"b":[1,2.5,null,{"c":"d"}],"a":true})");
}

}  // namespace workflow::testing::json_reader_test
