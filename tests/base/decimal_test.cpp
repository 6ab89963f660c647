#include "base/decimal.hpp"
#include "workflow_paths.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

namespace workflow::testing::decimal_test {

namespace {

Decimal number(const std::string& text) {
    const auto parsed = parse_decimal(text);
    REQUIRE(parsed);
    return *parsed;
}

/// Coefficient and exponent as the vectors write them: `-250E-2`.
std::string code(const std::optional<Decimal>& value) {
    if (!value) return "none";
    std::string digits;
    for (auto rest = value->coefficient; rest != 0 || digits.empty(); rest /= 10)
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
    return (value->negative ? "-" : "") + digits + "E" + std::to_string(value->exponent);
}

}  // namespace

TEST_CASE("arithmetic agrees with libmpdec at 34 digits, scale included") {
    std::ifstream file(std::string(WORKFLOW_SOURCE_DIR) + "/tests/base/decimal_vectors.csv");
    std::string line;
    std::getline(file, line);
    int rows = 0;
    while (std::getline(file, line)) {
        INFO(line);
        std::vector<std::string> cell;
        std::istringstream in(line);
        for (std::string text; std::getline(in, text, ',');) cell.push_back(text);
        const auto a = number(cell[0]), b = number(cell[1]);
        REQUIRE(code(a) == cell[0]);
        REQUIRE(code(add(a, b)) == cell[2]);
        REQUIRE(code(subtract(a, b)) == cell[3]);
        REQUIRE(code(multiply(a, b)) == cell[4]);
        REQUIRE(code(divide(a, b)) == cell[5]);
        const auto order = compare(a, b);
        REQUIRE((order < 0 ? -1 : order > 0 ? 1 : 0) == std::stoi(cell[6]));
        ++rows;
    }
    CHECK(rows == 4000);
}

TEST_CASE("a sum of money keeps its two places") {
    CHECK(to_string(number("2.50")) == "2.50");
    CHECK(to_string(*add(number("2.50"), number("0.50"))) == "3.00");
    CHECK(number("2.50").coefficient == 250);
    CHECK(std::is_eq(compare(number("2.50"), number("2.5"))));
}

TEST_CASE("a third has thirty-four threes") {
    CHECK(to_string(*divide(decimal_of(1), decimal_of(3))) == "0." + std::string(34, '3'));
}

TEST_CASE("division by zero and overflow have no result") {
    CHECK_FALSE(divide(decimal_of(1), decimal_of(0)));
    CHECK_FALSE(multiply(number("1E6000"), number("1E6000")));
}

TEST_CASE("each way of rounding takes its side") {
    const auto rounded = [](const char* text, Rounding mode) {
        return to_string(*round(number(text), 0, mode));
    };
    CHECK(rounded("2.5", Rounding::half_even) == "2");
    CHECK(rounded("3.5", Rounding::half_even) == "4");
    CHECK(rounded("2.5", Rounding::half_up) == "3");
    CHECK(rounded("2.5", Rounding::half_down) == "2");
    CHECK(rounded("-2.1", Rounding::floor) == "-3");
    CHECK(rounded("-2.9", Rounding::ceiling) == "-2");
    CHECK(rounded("-2.1", Rounding::up) == "-3");
    CHECK(rounded("-2.9", Rounding::down) == "-2");
    CHECK(to_string(*round(number("1.005"), 2, Rounding::half_even)) == "1.00");
    CHECK(to_string(*round(number("2.5"), 3, Rounding::half_even)) == "2.500");
}

TEST_CASE("only numbers are read as numbers") {
    for (const char* text :
         {"", "-", ".", "1.", "1e", "0x10", "1 ", "+1", "1.2.3", "--1", "1E99999999999"}) {
        INFO(text);
        CHECK_FALSE(parse_decimal(text));
    }
    CHECK(to_string(number("1E3")) == "1000");
    CHECK(to_string(number("-0.000001")) == "-0.000001");
}

TEST_CASE("whole numbers are known as such") {
    CHECK(to_integer(number("3.00")) == 3);
    CHECK(to_integer(number("-1E3")) == -1000);
    CHECK_FALSE(to_integer(number("3.5")));
    CHECK_FALSE(to_integer(number("1E30")));
}

}  // namespace workflow::testing::decimal_test
