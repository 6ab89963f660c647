// Texts of trails that were written before control characters were refused still become valid XML.

#include <catch2/catch.hpp>

#include "base/markup.hpp"

namespace workflow::testing::markup_test {

TEST_CASE("a control character becomes a blank in XML, which allows none") {
    CHECK(xml_escaped("a\x01z\x1f<&>'\"") == "a z &lt;&amp;&gt;&#39;&quot;");
    CHECK(xml_plain(xml_escaped("“<甲&乙>” 'x'")) == "“<甲&乙>” 'x'");
}

}  // namespace workflow::testing::markup_test
