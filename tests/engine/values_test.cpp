// What is told of the ways that values lead along, against the engine itself with each value.

#include <map>
#include <set>

#include "definition/loader.hpp"
#include "engine/fire.hpp"
#include "process/compiler.hpp"
#include "support/catch.hpp"
#include "support/xorshift.hpp"
#include "verify/value_paths.hpp"

namespace workflow::testing::values_test {

using verify::ValuePaths;

namespace {

struct Maker : testing::Xorshift {
    template <std::size_t N>
    std::string one_of(const char* const (&list)[N]) {
        return list[below(N)];
    }

    bool exact = true;  ///< conditions and what is set are of constants
    bool computes_view = false, computes_n = false;

    /// Who writes the field: the applicant, the officers of the tasks, or the outcomes.
    std::string origin(bool& computed) {
        const auto which = below(3);
        computed = which == 2;
        return which == 0 ? "applicant" : which == 1 ? "survey" : "computed";
    }

    std::string condition() {
        if (below(12) == 0) {
            exact = false;
            return one_of({"string length(view) > 3", "view = null"});
        }
        return one_of({"view = \"good\"", "view = \"bad\"", "view != \"open\"", "n < 1", "n >= 1",
                       "n = 3", "n > 3", "n in [1..3]", "not(view = \"good\")",
                       "n < 3 and view = \"bad\"", "n > 1 or view = \"open\""});
    }
    std::string target(std::size_t steps) {
        if (below(5) == 0) return one_of({"granted", "refused"});
        return "s" + std::to_string(below(steps));
    }
    std::string outcomes(std::size_t steps, const std::string& fixed) {
        std::string text;
        const auto count = 1 + below(2);
        for (std::size_t i = 0; i < count; ++i) {
            text += text.empty() ? "" : ", ";
            text += "o" + std::to_string(i) + ": {to: " + (fixed.empty() ? target(steps) : fixed);
            if (below(3) == 0) text += ", when: '" + condition() + "'";
            if (below(2) == 0 && (computes_view || computes_n)) {
                const std::string set =
                    computes_view && computes_n
                        ? one_of({"{view: '\"good\"'}", "{view: '\"bad\"'}", "{n: '3'}",
                                  "{n: 'n + 1'}", "{n: '0', view: '\"open\"'}"})
                    : computes_view ? one_of({"{view: '\"good\"'}", "{view: '\"bad\"'}"})
                                    : one_of({"{n: '3'}", "{n: 'n + 1'}", "{n: '0'}"});
                // What is computed may be anything.
                exact = exact && set.find('+') == std::string::npos;
                text += ", sets: " + set;
            }
            text += "}";
        }
        return "{task: survey, post: window, outcomes: {" + text + "}}";
    }
    std::string step(std::size_t steps) {
        switch (below(7)) {
            case 0:
            case 1:
            case 2: {
                std::string branches;
                const auto count = 1 + below(3);
                for (std::size_t i = 0; i < count; ++i)
                    branches += "{when: '" + condition() + "', to: " + target(steps) + "}, ";
                if (below(2) == 0) branches += "{otherwise: " + target(steps) + "}";
                return "{choose: [" + branches + "]}";
            }
            case 3:
                return "{wait: time, on: {after 3 workdays: " + target(steps) + "}}";
            case 4:
                return "{wait: applicant, on: {supplied: " + target(steps) +
                       ", after 3 workdays: " + target(steps) + "}}";
            default:
                return outcomes(steps, "");
        }
    }
    std::string item() {
        exact = true;
        const auto steps = 2 + below(5);
        const auto view = origin(computes_view), n = origin(computes_n);
        std::string text =
            "item: a\ntitle: A\nkind: committed\nlimits: {promised: 5 workdays}\nfields:\n"
            "  view: {type: string, values: [good, bad, open], from: " +
            view + "}\n  n: {type: number, from: " + n +
            (n == "applicant" ? ", required: true" : "") + "}\n" + "start: s0\nsteps:\n";
        const auto side = below(3) == 0 ? below(steps) : steps;
        for (std::size_t i = 0; i < steps; ++i) {
            const auto name = "s" + std::to_string(i);
            if (i != side) {
                text += "  " + name + ": " + step(steps) + "\n";
                continue;
            }
            text += "  " + name + ":\n    parallel:\n      one: " + outcomes(steps, "done") +
                    "\n      two:\n        start: look\n        steps:\n          look: {choose: "
                    "[{when: '" +
                    condition() + "', to: more}, {otherwise: done}]}\n          more: " +
                    outcomes(steps, "done") + "\n    join: " + one_of({"all", "any"}) +
                    "\n    then: " + target(steps) + "\n";
        }
        return text +
               "  never: {task: survey, post: window, outcomes: {go: granted}}\n"
               "  granted: {end: granted}\n  refused: {end: not accepted}\n";
    }
};

/// A case as it rests: its marking, and which of the values below it has.
using At = std::pair<std::vector<std::pair<unsigned, unsigned>>, std::size_t>;

/// Goes on with each value by the engine's own rule.
class Cases {
public:
    explicit Cases(const process::Process& process) : process_(process) {
        for (const auto* view : {"good", "bad", "open", ""})
            for (const auto* n : {"0", "1", "2", "3", "4", ""})
                values_.push_back(
                    {*view ? Value(view) : Value(), *n ? Value(*parse_decimal(n)) : Value()});
        for (std::size_t v = 0; v < values_.size(); ++v)
            if (can_begin_with(values_[v])) try_to(nullptr, {}, {process::none}, v);
        while (!ahead_.empty()) {
            const auto at = ahead_.back();
            ahead_.pop_back();
            act(at);
        }
    }
    [[nodiscard]] bool takes(TransitionIndex index) const { return taken_.contains(index); }
    [[nodiscard]] bool gets_stuck() const {
        std::set<At> can = ends_;
        for (bool changed = true; changed;) {
            changed = false;
            for (const auto& [from, to] : steps_)
                if (can.contains(to)) changed = can.insert(from).second || changed;
        }
        return can.size() < seen_.size();
    }

private:
    [[nodiscard]] bool is_set(std::size_t slot) const {
        return std::any_of(
            process_.transitions.begin(), process_.transitions.end(), [&](const auto& transition) {
                return std::any_of(transition.sets.begin(), transition.sets.end(),
                                   [&](const auto& set) { return set.field == slot; });
            });
    }
    [[nodiscard]] bool can_begin_with(const std::vector<Value>& values) const {
        for (std::size_t slot = 0; slot < values.size(); ++slot) {
            const auto& info = process_.fields[slot];
            const bool given = info.origin == definition::FieldOrigin::applicant ||
                               (info.origin == definition::FieldOrigin::computed && !is_set(slot));
            if (values[slot].is_null() ? info.required : !given) return false;
        }
        return true;
    }
    /// Can the act, which may write some fields, make the one of the other?
    template <class MayWrite>
    [[nodiscard]] bool can_become(std::size_t from, std::size_t to, MayWrite may_write) const {
        for (std::size_t slot = 0; slot < values_[from].size(); ++slot) {
            if (values_[from][slot] == values_[to][slot]) continue;
            if (!may_write(slot)) return false;
            if (process_.fields[slot].required && values_[to][slot].is_null()) return false;
        }
        return true;
    }

    void act(const At& at) {
        engine::Marking marking;
        for (const auto& [place, count] : at.first)
            marking.push_back(
                {static_cast<process::PlaceIndex>(place), static_cast<std::uint16_t>(count)});
        std::vector<TransitionIndex> supplied;
        for (const auto& token : marking) {
            const auto& place = process_.places[token.place];
            if (process_.end_at(token.place)) {
                ends_.insert(at);
                return;
            }
            if (const auto* task = process_.task_at(token.place))
                for (const auto outcome : task->outcomes)
                    for (std::size_t v = 0; v < values_.size(); ++v)
                        if (can_become(at.second, v, [&](std::size_t slot) {
                                return std::find(task->writes.begin(), task->writes.end(), slot) !=
                                       task->writes.end();
                            }))
                            complete(at, marking, outcome, v);
            if (const auto* wait = process_.wait_at(token.place);
                wait && wait->supplied != process::none)
                supplied.push_back(wait->supplied);
            for (const auto timer : place.timers)
                if (engine::enabled(process_, timer, marking))
                    try_to(&at, marking, {timer}, at.second);
        }
        if (!supplied.empty())
            for (std::size_t v = 0; v < values_.size(); ++v)
                if (can_become(at.second, v, [&](std::size_t slot) {
                        return process_.fields[slot].origin == definition::FieldOrigin::applicant;
                    }))
                    try_to(&at, marking, supplied, v);
    }

    void complete(const At& at, const engine::Marking& marking, TransitionIndex outcome,
                  std::size_t given) {
        const auto& transition = process_.transitions[outcome];
        if (transition.guard) {
            const auto answer = transition.guard.evaluate(values_[given], {});
            if (!answer.as<bool>() || !*answer.as<bool>()) return;
        }
        auto values = values_[given];
        for (const auto& set : transition.sets)
            values[set.field] = set.value.evaluate(values_[given], {});
        // Above four all numbers are alike.
        const auto known = std::find(values_.begin(), values_.end(), values);
        const auto v =
            known == values_.end() ? given : static_cast<std::size_t>(known - values_.begin());
        try_to(&at, marking, {outcome}, v);
    }

    void try_to(const At* from, engine::Marking marking, const std::vector<TransitionIndex>& acts,
                std::size_t v) {
        engine::Places left;
        Path path;
        for (const auto index : acts) {
            if (index != process::none && !engine::enabled(process_, index, marking)) continue;
            if (engine::run(process_, index, marking, left, path, values_[v], {},
                            [](auto) { return true; }))
                return;
        }
        At to;
        to.second = v;
        for (const auto& token : marking) to.first.emplace_back(token.place, token.count);
        for (const auto id : path) taken_.insert(process_.index_of(id));
        if (from) steps_.emplace(*from, to);
        if (seen_.insert(to).second) ahead_.push_back(to);
    }

    const process::Process& process_;
    std::vector<std::vector<Value>> values_;
    std::set<TransitionIndex> taken_;
    std::set<At> seen_, ends_;
    std::set<std::pair<At, At>> steps_;
    std::vector<At> ahead_;
};

}  // namespace

TEST_CASE("what is said of the ways of values is what the engine does with each of them") {
    Maker make{{0x9e3779b97f4a7c15U}};
    std::size_t compared = 0, stuck = 0, never = 0;
    for (int i = 0; i < 3'000; ++i) {
        const auto text = make.item();
        Sources sources;
        DiagnosticSink findings(sources);
        const auto loaded = definition::load({{"a.yaml", text}}, sources, findings);
        if (loaded.items.empty()) continue;
        const auto process = process::compile(loaded.items[0], nullptr, findings);
        if (!process || findings.has_errors()) continue;
        CAPTURE(i, text);
        const Cases cases(*process);
        const verify::ValueCells cells(*process);
        const ValuePaths ways(*process, cells);
        REQUIRE(ways.complete());
        ++compared;
        for (TransitionIndex index = 0; index < process->transitions.size(); ++index) {
            if (index == process->withdraw) continue;
            CAPTURE(index);
            const bool taken = ways.use(index) == ValuePaths::Use::taken;
            if (cases.takes(index)) REQUIRE(taken);
            if (!make.exact) continue;
            REQUIRE(cases.takes(index) == taken);
            never += taken ? 0 : 1;
        }
        if (!make.exact) continue;
        REQUIRE(ways.stuck().has_value() == cases.gets_stuck());
        stuck += ways.stuck() ? 1 : 0;
    }
    CHECK(compared > 500);
    CHECK(stuck > 20);
    CHECK(never > 200);
}

}  // namespace workflow::testing::values_test
