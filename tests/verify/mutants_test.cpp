// The shipped items with one thing changed: the search says of each what trying everything says.

#include <filesystem>
#include <iostream>

#include "definition/loader.hpp"
#include "oracle.hpp"
#include "process/compiler.hpp"
#include "support/catch.hpp"
#include "verify/item_net.hpp"
#include "verify/soundness.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::mutants_test {

using models::Net;
using testing::Oracle;
using verify::Answer;

namespace {

std::vector<Net> shipped() {
    Sources sources;
    DiagnosticSink findings(sources);
    const auto texts = definition::read_texts(
        {std::filesystem::path(WORKFLOW_SOURCE_DIR) / "definitions",
         std::filesystem::path(WORKFLOW_SOURCE_DIR) / "examples/permit-intake/definitions/items"},
        sources, findings);
    const auto loaded = definition::load(texts, sources, findings);
    std::vector<Net> nets;
    for (const auto& item : loaded.items)
        if (const auto process = process::compile(item, nullptr, findings))
            nets.push_back(verify::net_of(*process));
    return nets;
}

struct Count {
    std::size_t mutants = 0, stuck = 0;
};

void compare(const Net& net, Count& count) {
    const auto nodes = net.transitions.size() + net.places.size();
    const auto verdict = verify::check_soundness(net, nodes);
    Oracle oracle(net);
    ++count.mutants;
    if (!oracle.bounded) {  // without end where branches are counted: never called sound
        REQUIRE(verdict.sound() != Answer::yes);
        return;
    }
    count.stuck += oracle.completes ? 0 : 1;
    REQUIRE(verdict.completes == (oracle.completes ? Answer::yes : Answer::no));
    REQUIRE(verdict.safe == (oracle.safe ? Answer::yes : Answer::no));
}

}  // namespace

TEST_CASE("every shipped item with one arrow led elsewhere, deleted or doubled is judged rightly") {
    Count count;
    for (const auto& net : shipped()) {
        compare(net, count);
        CHECK(count.stuck == 0);
        for (std::size_t t = 0; t < net.transitions.size(); ++t) {
            auto without = net;
            without.transitions.erase(without.transitions.begin() + static_cast<std::ptrdiff_t>(t));
            compare(without, count);
            if (net.transitions[t].gives.empty()) continue;
            auto twice = net;
            twice.transitions[t].gives.push_back(net.transitions[t].gives.back());
            twice.transitions[t].gives.back().place =
                static_cast<models::PlaceIndex>((t * 7 + 3) % net.places.size());
            compare(twice, count);
            for (models::PlaceIndex place = 0; place < net.places.size(); ++place) {
                auto elsewhere = net;
                elsewhere.transitions[t].gives.back().place = place;
                compare(elsewhere, count);
            }
        }
        count.stuck = 0;
    }
    std::cout << count.mutants << " mutants of the shipped items\n";
    CHECK(count.mutants > 1'000);
}

}  // namespace workflow::testing::mutants_test
