// A corner without a way out that the search tells of is one that a case really comes to: the
// engine goes the way that was told, and finds no end from there.

#include <iostream>
#include <set>

#include "definition/loader.hpp"
#include "engine/fire.hpp"
#include "process/compiler.hpp"
#include "support/catch.hpp"
#include "support/definition_mutants.hpp"
#include "support/desk.hpp"
#include "support/sanitized.hpp"
#include "verify/item_net.hpp"
#include "verify/soundness.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::counterexamples_test {

using process::Process;
using process::Transition;
using testing::Desk;

namespace {

using Tokens = std::set<std::pair<process::PlaceIndex, std::uint16_t>>;

Tokens tokens_of(const engine::Marking& marking) {
    Tokens tokens;
    for (const auto& token : marking) tokens.emplace(token.place, token.count);
    return tokens;
}

/// Where the way that was told leads, and where the engine may go on to by itself.
std::set<Tokens> told_markings(const Process& process,
                               const std::vector<models::TransitionIndex>& way) {
    engine::Marking now;
    now.push_back({process.start, 1});
    engine::Places left;
    for (const auto one : way) {
        const auto index = static_cast<TransitionIndex>(one);
        REQUIRE(engine::enabled(process, index, now));
        engine::move_tokens(process, index, now, left);
    }
    std::set<Tokens> all{tokens_of(now)};
    std::vector<engine::Marking> ahead{now};
    while (!ahead.empty()) {
        const auto from = ahead.back();
        ahead.pop_back();
        for (TransitionIndex t = 0; t < process.transitions.size(); ++t) {
            if (process.transitions[t].trigger != Transition::Trigger::automatic ||
                !engine::enabled(process, t, from))
                continue;
            auto next = from;
            engine::move_tokens(process, t, next, left);
            if (all.insert(tokens_of(next)).second) ahead.push_back(next);
        }
    }
    return all;
}

/// Everything that anybody can still do, some thousand cases of it: does none of it end the case?
bool never_ends(const Process& process, const Desk& at) {
    std::set<std::string> seen;
    std::vector<Desk> ahead{at};
    const auto key = [](const Desk& desk) {
        std::string text;
        for (const auto& token : desk.c.marking)
            text += std::to_string(token.place) + "*" + std::to_string(token.count) + " ";
        for (const auto& outcome : desk.c.outcomes)
            text += "|" + std::to_string(outcome.transition) + ":" +
                    std::to_string(std::min(outcome.times, 12U));
        return text;
    };
    while (!ahead.empty() && seen.size() < 300) {
        const auto from = ahead.back();
        ahead.pop_back();
        if (from.c.end) return false;
        for (TransitionIndex t = 0; t < process.transitions.size(); ++t) {
            if (process.transitions[t].trigger == Transition::Trigger::automatic) continue;
            auto next = from;
            if (!next.go(t)) continue;
            if (next.c.end) return false;
            if (seen.insert(key(next)).second) ahead.push_back(std::move(next));
        }
    }
    return true;
}

struct Count {
    std::size_t told = 0, replayed = 0;
    std::vector<std::string> not_replayed;
};

void replay(const Process& process, const definition::Organization& organization,
            const WorkingDays& calendar, const std::string& what, Count& count) {
    const auto net = verify::net_of(process);
    const auto verdict = verify::check_soundness(net, process.steps.size());
    if (verdict.completes != verify::Answer::no) return;
    ++count.told;
    const auto markings = told_markings(process, verdict.stuck);
    // What the form must say for the rules to lead that way is found by trying.
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        Desk desk(process, organization, calendar, seed);
        bool went = desk.open();
        for (const auto index : verdict.stuck)
            went = went && desk.go(static_cast<TransitionIndex>(index));
        if (!went || !markings.contains(tokens_of(desk.c.marking))) continue;
        if (!never_ends(process, desk)) break;
        ++count.replayed;
        return;
    }
    std::string steps;
    for (const auto t : verdict.stuck)
        steps += " " + process.steps[net.transitions[t].node].id.text + "." +
                 process.transitions[t].outcome.text;
    count.not_replayed.push_back(what + ":" + steps);
}

/// Compiles the item, or the items, of `texts`, and goes each way that is told.
void replay_all(const std::vector<definition::Text>& texts, const std::string& what, Count& count) {
    Sources sources;
    DiagnosticSink findings(sources);
    const auto loaded = definition::load(texts, sources, findings);
    std::vector<YearNotice> notices;
    for (const auto& calendar : loaded.calendars) notices.push_back(calendar.notice);
    const WorkingDays calendar(std::move(notices));
    const auto organization = loaded.organization.value_or(definition::Organization{});
    for (const auto& item : loaded.items)
        if (const auto process = process::compile(item, &organization, findings))
            replay(*process, organization, calendar, what, count);
}

std::vector<definition::Text> texts_in(const char* folder) {
    Sources sources;
    DiagnosticSink findings(sources);
    return definition::read_texts({folder}, sources, findings);
}

void report(const Count& count) {
    std::cout << count.replayed << " of " << count.told
              << " ways to no end are gone by the engine\n";
    for (const auto& one : count.not_replayed) std::cout << "  not gone: " << one << '\n';
    CHECK(count.replayed == count.told);
}

}  // namespace

TEST_CASE("the engine goes every way to no end that is told of a slip in a shipped definition") {
    auto texts = texts_in(WORKFLOW_SOURCE_DIR "/definitions");
    Count count;
    [[maybe_unused]] std::size_t passed_over = 0;
    for (auto& text : texts) {
        const bool process = text.path.find("/processes/") != std::string::npos;
        if (!process && text.path.find("/items/") == std::string::npos) continue;
        Sources sources;
        DiagnosticSink findings(sources);
        const auto tree =
            definition::read_yaml(sources, sources.add(Source(text.path, text.content)), findings);
        const auto kept = text.content;
        for (const auto& mutant : testing::DefinitionMutants::of(text.path, tree.value())) {
            if (testing::sanitized && ++passed_over % 10 != 0) continue;
            text.content = mutant.text;
            replay_all(texts, mutant.file + " " + mutant.change, count);
        }
        text.content = kept;
    }
    report(count);
    if (!testing::sanitized) CHECK(count.told > 20);
}

}  // namespace workflow::testing::counterexamples_test
