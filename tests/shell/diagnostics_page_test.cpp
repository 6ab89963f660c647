// Each example in the page of diagnostics is told the code of its section, and what is shown as the
// fix is not.

#include <workflow/catalog.hpp>

#include "base/diagnostics.hpp"
#include "support/catch.hpp"
#include "support/pages.hpp"

namespace workflow::testing::diagnostics_page_test {

namespace {

/// The codes that loading these texts together is told, and whether `wanted` is one of them.
bool is_told(const std::vector<testing::PageExample>& texts, std::string_view wanted,
             std::string& told) {
    std::vector<Catalog::Text> given;
    for (const auto& text : texts) given.push_back({text.path, text.content});
    bool found = false;
    for (const auto& finding : Catalog::load(given).diagnostics) {
        told += finding.code + " " + finding.message + "\n";
        found = found || finding.code == wanted;
    }
    return found;
}

}  // namespace

TEST_CASE("each example in the page of diagnostics is told the code of its section") {
    const std::string text = testing::page("diagnostics.md");
    std::size_t shown = 0, mended = 0;
    for (const auto& kind : finding_kinds()) {
        const auto begin = text.find("\n### " + std::string(kind.code) + " ");
        REQUIRE(begin != std::string::npos);
        const auto end = std::min(text.find("\n### ", begin + 5), text.size());
        const auto mending = std::min(text.find("\nFix:", begin), end);
        const auto bad = examples("page", text.substr(begin, mending - begin));
        const auto good = examples("page", text.substr(mending, end - mending));
        std::string told;
        if (!bad.empty()) {
            ++shown;
            const bool found = is_told(bad, kind.code, told);
            INFO(kind.code << " is told:\n" << told);
            CHECK(found);
        }
        if (!good.empty()) {
            ++mended;
            told.clear();
            const bool found = is_told(good, kind.code, told);
            INFO(kind.code << " as mended is told:\n" << told);
            CHECK_FALSE(found);
        }
    }
    CHECK(shown >= 70);
    CHECK(mended >= 1);
}

}  // namespace workflow::testing::diagnostics_page_test
