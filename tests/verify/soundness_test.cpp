// The search and its reductions against one that tries everything.

#include "verify/soundness.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "oracle.hpp"
#include "support/catch.hpp"
#include "support/xorshift.hpp"
#include "verify/reduction.hpp"
#include "verify/state_space.hpp"

namespace workflow::testing::soundness_test {

using namespace verify;
using models::Net;
using models::TransitionIndex;

namespace {

/// A net of few places, most of it in rows, with splits and joins; now and then what looks at
/// places from afar.
struct Maker : workflow::testing::Xorshift {
    Net net(bool plain) {
        Net made;
        const auto places = 2 + below(6);
        for (std::size_t i = 0; i < places; ++i) made.add_place(i == 0 ? 1 : 0);
        const auto any = [&] { return static_cast<PlaceIndex>(below(places)); };
        const auto some = [&](std::size_t most) {
            std::set<PlaceIndex> chosen{any()};
            while (chosen.size() < most && below(3) == 0) chosen.insert(any());
            std::vector<Arc> arcs;
            for (const auto place : chosen) arcs.push_back({place});
            return arcs;
        };
        const auto count = 2 + below(8);
        for (std::size_t i = 0; i < count; ++i) {
            Transition transition;
            transition.node = static_cast<NodeIndex>(i);
            transition.takes = some(2);
            const bool end = below(4) == 0;
            if (!end) transition.gives = some(3);
            made.end_nodes.push_back(end);
            if (!plain && below(6) == 0) transition.empty.push_back(any());
            if (!plain && below(6) == 0) transition.clears.push_back(any());
            made.transitions.push_back(std::move(transition));
        }
        return made;
    }
};

std::size_t nets_to_try() {
    const char* given = std::getenv("WORKFLOW_NETS");
    return given ? std::strtoull(given, nullptr, 10) : 50'000;
}

/// Goes the way that was told, and gives the marking it leads to.
std::optional<Marking> replay(const Net& net, const std::vector<TransitionIndex>& way) {
    Marking now;
    for (const auto& place : net.places) now.push_back(place.tokens);
    for (const auto t : way) {
        const auto& transition = net.transitions.at(t);
        for (const auto& arc : transition.takes) {
            if (now[arc.place] < arc.weight) return {};
            now[arc.place] -= arc.weight;
        }
        for (const auto place : transition.empty)
            if (now[place] != 0) return {};
        for (const auto place : transition.clears) now[place] = 0;
        for (const auto& arc : transition.gives) now[arc.place] += arc.weight;
    }
    return now;
}

}  // namespace

TEST_CASE("the verdict on random nets is that of an explorer that tries everything") {
    Maker make{{88172645463325252U}};
    std::size_t sound = 0, unsound = 0;
    for (std::size_t i = 0; i < nets_to_try(); ++i) {
        const auto net = make.net(i % 3 != 0);
        Oracle oracle(net);
        const auto verdict = check_soundness(net, net.transitions.size());
        INFO("net " << i);
        if (!oracle.bounded) {
            REQUIRE(verdict.sound() == Answer::no);
            continue;
        }
        REQUIRE(verdict.safe == (oracle.safe ? Answer::yes : Answer::no));
        REQUIRE(verdict.completes == (oracle.completes ? Answer::yes : Answer::no));
        REQUIRE(verdict.proper == (oracle.proper ? Answer::yes : Answer::no));
        REQUIRE(verdict.lively ==
                (oracle.alive.size() == net.transitions.size() ? Answer::yes : Answer::no));
        ++(verdict.sound() == Answer::yes ? sound : unsound);
        if (verdict.completes == Answer::no) {
            const auto at = replay(net, verdict.stuck);
            REQUIRE(at);
            REQUIRE(!oracle.comes_to_an_end(net, *at));
        }
        if (verdict.safe == Answer::no) {
            const auto at = replay(net, verdict.unsafe);
            REQUIRE(at);
            REQUIRE(at->at(verdict.unsafe_place) > 1);
        }
    }
    // Both kinds were met.
    CHECK(sound > nets_to_try() / 200);
    CHECK(unsound > nets_to_try() / 10);
}

TEST_CASE("a net that is reduced answers as the whole one does") {
    Maker make{{0x9e3779b97f4a7c15U}};
    for (std::size_t i = 0; i < nets_to_try(); ++i) {
        const auto net = make.net(i % 2 == 0);
        const auto small = reduced(net);
        Oracle whole(net), rest(small);
        if (!whole.bounded) continue;
        INFO("net " << i);
        REQUIRE(rest.bounded);
        REQUIRE(rest.safe == whole.safe);
        REQUIRE(rest.completes == whole.completes);
        REQUIRE(rest.proper == whole.proper);
        for (const auto& transition : small.transitions)
            REQUIRE(rest.alive.contains(transition.node) == whole.alive.contains(transition.node));
        REQUIRE((whole.alive.size() == net.transitions.size()) ==
                std::all_of(small.transitions.begin(), small.transitions.end(),
                            [&](const auto& t) { return rest.alive.contains(t.node); }));
    }
}

TEST_CASE("what a reduced net does is told in the elements that its parts were made of") {
    Maker make{{0x2545f4914f6cdd1dU}};
    for (std::size_t i = 0; i < nets_to_try() / 5; ++i) {
        const auto net = make.net(i % 2 == 0);
        Oracle whole(net);
        if (!whole.bounded) continue;
        INFO("net " << i);
        Origins origins;
        const auto small = reduced(net, origins);
        const StateSpace space(small, 5'000);
        REQUIRE(space.complete());
        for (StateSpace::State state = 0; state < space.size(); ++state) {
            const auto way = origins.way(space.trace(state));
            REQUIRE(way);
            const auto at = replay(net, *way);
            REQUIRE(at);
            const auto marked = space.marked(state);
            for (PlaceIndex place = 0; place < small.places.size(); ++place)
                REQUIRE((at->at(origins.places[place]) > 0) ==
                        std::binary_search(marked.begin(), marked.end(), place));
        }
        std::vector<bool> fired;
        for (TransitionIndex t = 0; t < small.transitions.size(); ++t)
            fired.push_back(space.fires(t));
        const auto living = origins.living(fired);
        for (TransitionIndex t = 0; t < net.transitions.size(); ++t)
            REQUIRE(living[t] == whole.alive.contains(net.transitions[t].node));
    }
}

TEST_CASE("many branches side by side are no more to look at than one") {
    for (const std::size_t branches : {20U, 200U}) {
        Net net;
        const auto start = net.add_place(1);
        Transition split, join;
        split.takes = {{start}};
        join.node = 1;
        for (std::size_t b = 0; b < branches; ++b) {
            auto last = net.add_place();
            split.gives.push_back({last});
            for (int step = 0; step < 5; ++step) {
                Transition work;
                work.node = static_cast<NodeIndex>(net.transitions.size() + 3);
                work.takes = {{last}};
                last = net.add_place();
                work.gives = {{last}};
                net.transitions.push_back(work);
            }
            join.takes.push_back({last});
        }
        const auto done = net.add_place();
        join.gives = {{done}};
        Transition end;
        end.node = 2;
        end.takes = {{done}};
        net.transitions.push_back(split);
        net.transitions.push_back(join);
        net.transitions.push_back(end);
        net.end_nodes = {false, false, true};
        const auto verdict = check_soundness(net, net.transitions.size());
        CHECK(verdict.sound() == Answer::yes);
        CHECK(verdict.states < 10);
    }
}

TEST_CASE("what is not decided within the bound is unknown, never sound") {
    Net net;  // each place empties and fills as it likes: 2^16 markings
    for (int i = 0; i < 16; ++i) {
        const auto place = net.add_place(1);
        Transition out, in;
        out.takes = {{place}};
        in.gives = {{place}};
        in.empty = {place};
        net.transitions.push_back(out);
        net.transitions.push_back(in);
    }
    net.end_nodes = {false};
    CHECK(check_soundness(net, 1, 1'000).sound() == Answer::unknown);
    CHECK(check_soundness(net, 1).sound() == Answer::yes);
}

}  // namespace workflow::testing::soundness_test
