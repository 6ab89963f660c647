// An XML text is measured before it is parsed.

#include "base/bounds.hpp"
#include "decision/xml_bounds.hpp"
#include "support/catch.hpp"

namespace workflow::testing::bounds_test {

using workflow::decision::first_excess;
namespace bounds = workflow::bounds;

namespace {

std::string repeated(std::string_view piece, std::size_t times) {
    std::string text;
    while (times-- > 0) text += piece;
    return text;
}

}  // namespace

TEST_CASE("elements may be nested 256 deep, and there may be 250,000 of them") {
    const auto nested = [](std::size_t depth) {
        return repeated("<a>", depth) + repeated("</a>", depth);
    };
    CHECK_FALSE(first_excess(nested(bounds::xml_depth)));
    const auto deep = first_excess(nested(bounds::xml_depth + 1));
    REQUIRE(deep);
    CHECK(deep->at == 3 * bounds::xml_depth);
    CHECK(deep->message == "elements are nested more than 256 deep");

    const auto wide = [](std::size_t count) {
        return "<a>" + repeated("<b c='>'/>", count - 1) + "</a>";
    };
    CHECK_FALSE(first_excess(wide(bounds::xml_elements)));
    const auto many = first_excess(wide(bounds::xml_elements + 1));
    REQUIRE(many);
    CHECK(many->message == "the model has more than 250000 elements");
}

TEST_CASE("what looks like a tag in a comment, in data or in quotes is none") {
    const auto inside = repeated("<a>", bounds::xml_depth + 1);
    CHECK_FALSE(first_excess("<r><!-- " + inside + " <!DOCTYPE r> --></r>"));
    CHECK_FALSE(first_excess("<r><![CDATA[" + inside + "<!DOCTYPE r>]]></r>"));
    CHECK_FALSE(first_excess("<?x " + inside + "?><r/>"));
    CHECK_FALSE(first_excess("<r>" + repeated("<b c='<a>' d=\"/>\"></b>", 1'000) + "</r>"));
    CHECK_FALSE(first_excess("<r>" + repeated("<b />", 1'000) + "</r>"));
}

TEST_CASE("a DOCTYPE is refused where it stands") {
    const auto found = first_excess("<?xml version='1.0'?>\n<!doctype r SYSTEM 'http://x'>\n<r/>");
    REQUIRE(found);
    CHECK(found->at == 22);
    CHECK_FALSE(first_excess("no XML <"));
    CHECK_FALSE(first_excess("<r <!-- "));
}

}  // namespace workflow::testing::bounds_test
