// Large decision tables: how long one evaluation takes, and the search for overlaps and gaps; and
// how long the type check of many expressions takes. Exit code 1 when a goal is missed.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <vector>

#include "decision/analysis.hpp"
#include "decision/program.hpp"
#include "feel/constant_tests.hpp"

using namespace workflow;

namespace {

constexpr int numbers = 4, texts = 2;  // and one boolean: seven inputs
constexpr int widest = 1'000'000;
const std::vector<std::string> words{"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"};

/// A part of the space of inputs.
struct Part {
    std::array<std::pair<int, int>, numbers> ranges;               // [from, to)
    std::array<std::pair<std::size_t, std::size_t>, texts> words;  // [from, to)
    std::optional<bool> flag;
};

/// Parts that together are the whole space, each rule another one: no gap and no overlap.
std::vector<Part> parts(std::size_t count) {
    std::mt19937 random(7);
    Part whole;
    whole.ranges.fill({0, widest});
    whole.words.fill({0, words.size()});
    std::vector<Part> all{whole};
    while (all.size() < count) {
        auto& one = all[random() % all.size()];
        auto other = one;
        const auto axis = random() % 7;
        if (axis < numbers) {
            auto& [from, to] = one.ranges[axis];
            if (to - from < 4) continue;
            const auto middle = from + 1 + static_cast<int>(random() % (to - from - 2));
            to = middle;
            other.ranges[axis].first = middle;
        } else if (axis < numbers + texts) {
            auto& [from, to] = one.words[axis - numbers];
            if (to - from < 2) continue;
            const auto middle = from + 1 + random() % (to - from - 1);
            to = middle;
            other.words[axis - numbers].first = middle;
        } else {
            if (one.flag) continue;
            one.flag = true;
            other.flag = false;
        }
        all.push_back(other);
    }
    return all;
}

std::vector<std::string> cells_of(const Part& part) {
    std::vector<std::string> cells;
    for (const auto& [from, to] : part.ranges)
        cells.push_back(from == 0 && to == widest ? "-"
                        : from == 0               ? fmt::format("< {}", to)
                        : to == widest            ? fmt::format(">= {}", from)
                                                  : fmt::format("[{}..{})", from, to));
    for (const auto& [from, to] : part.words) {
        std::string cell;
        for (auto i = from; i < to; ++i)
            cell += fmt::format("{}\"{}\"", i > from ? ", " : "", words[i]);
        cells.push_back(to - from == words.size() ? "-" : cell);
    }
    cells.push_back(!part.flag ? "-" : *part.flag ? "true" : "false");
    return cells;
}

std::string type_of(int input) {
    return input < numbers ? "number" : input < numbers + texts ? "string" : "boolean";
}

std::string values_of(int input) {
    if (input < numbers) return fmt::format("[0..{})", widest);
    if (input >= numbers + texts) return {};
    std::string all;
    for (const auto& word : words) all += fmt::format("{}\"{}\"", all.empty() ? "" : ", ", word);
    return all;
}

decision::Model model_of(const std::vector<Part>& all) {
    auto table = std::make_shared<decision::Table>();
    decision::Logic function;
    function.kind = decision::Logic::Kind::function;
    for (int i = 0; i < 7; ++i) {
        const auto name = fmt::format("x{}", i);
        function.names.push_back({name, type_of(i), {}});
        table->inputs.push_back({{name, {}}, {values_of(i), {}}, type_of(i)});
    }
    table->outputs.push_back({"rule", "number", {}, {}, {}});
    for (std::size_t i = 0; i < all.size(); ++i) {
        decision::Table::Rule rule;
        for (const auto& cell : cells_of(all[i])) rule.tests.push_back({cell, {}});
        rule.results.push_back({fmt::format("{}", i), {}});
        table->rules.push_back(std::move(rule));
    }
    decision::Logic body;
    body.kind = decision::Logic::Kind::table;
    body.table = std::move(table);
    function.parts.push_back(std::move(body));
    decision::Element element;
    element.kind = decision::Element::Kind::knowledge;
    element.id = element.variable.name = "table";
    element.logic = std::move(function);
    decision::Model model;
    model.strict = true;
    model.elements.push_back(std::move(element));
    return model;
}

double milliseconds(const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
        .count();
}

bool goal(const std::string& what, double measured, const char* unit, double most) {
    fmt::print("{:<58} {:9.2f} {:<3} (goal: under {:g}{})\n", what, measured, unit, most,
               measured < most ? "" : ", MISSED");
    return measured < most;
}

decision::Cells cells_of(const std::vector<Part>& all) {
    decision::Cells cells;
    const auto tests = [](const std::string& text, int input) {
        feel::Type type;
        type.kind = input < numbers           ? feel::Kind::number
                    : input < numbers + texts ? feel::Kind::string
                                              : feel::Kind::boolean;
        std::vector<feel::Mistake> mistakes;
        return feel::constant_tests(feel::compile_unary_tests(text, {}, type, mistakes));
    };
    for (int i = 0; i < 7; ++i) {
        decision::Axis::Domain domain;
        domain.kind = i < numbers           ? feel::Kind::number
                      : i < numbers + texts ? feel::Kind::string
                                            : feel::Kind::boolean;
        if (const auto values = values_of(i); !values.empty()) domain.values = tests(values, i);
        cells.domains.push_back(std::move(domain));
    }
    for (const auto& part : all) {
        cells.rules.emplace_back();
        const auto row = cells_of(part);
        for (int i = 0; i < 7; ++i)
            cells.rules.back().push_back(tests(row[static_cast<std::size_t>(i)], i));
    }
    return cells;
}

/// With `missing`, one rule in a hundred is left out.
bool measure_analysis(std::size_t rules, bool missing, double most) {
    auto cells = cells_of(parts(rules));
    for (std::size_t i = cells.rules.size(); missing && i-- > 0;)
        if (i % 100 == 0) cells.rules.erase(cells.rules.begin() + static_cast<std::ptrdiff_t>(i));
    double best = 1e9;
    for (int round = 0; round < 5; ++round)
        best = std::min(
            best, milliseconds([&] {
                const decision::Grid grid(cells);
                const auto overlaps = decision::find_overlaps(grid, 10'000);
                const auto gaps = decision::find_gaps(grid, 10, overlaps.empty());
                if (!overlaps.empty() || gaps.witnesses.empty() == missing || !gaps.complete)
                    std::abort();
            }));
    return goal(fmt::format("{} rules by 7 inputs: overlaps and gaps{}", rules,
                            missing ? ", with gaps" : ""),
                best, "ms", most);
}

bool measure_evaluation(std::size_t rules) {
    const auto all = parts(rules);
    const std::vector<decision::Model> models{model_of(all)};
    Sources sources;
    sources.add(Source("", ""));
    DiagnosticSink findings(sources);
    std::shared_ptr<const decision::Program> program;
    const auto compile =
        milliseconds([&] { program = decision::Program::compile(models, findings); });
    if (findings.errors() > 0) std::abort();
    fmt::print("{:<58} {:9.2f} ms\n", fmt::format("{} rules by 7 inputs: compiled", rules),
               compile);
    const auto callee = program->function(0);
    const auto* function = callee.as<feel::Function>();
    std::mt19937 random(11);
    std::vector<std::pair<std::size_t, std::vector<Value>>> calls;
    for (int i = 0; i < 2000; ++i) {
        const auto rule = random() % all.size();
        std::vector<Value> arguments;
        for (const auto& [from, to] : all[rule].ranges)
            arguments.emplace_back(decimal_of(from + static_cast<int>(random() % (to - from))));
        for (const auto& [from, to] : all[rule].words)
            arguments.emplace_back(words[from + random() % (to - from)]);
        arguments.emplace_back(all[rule].flag.value_or(random() % 2 == 0));
        calls.emplace_back(rule, std::move(arguments));
    }
    double best = 1e9;
    for (int round = 0; round < 5; ++round)
        best = std::min(best, milliseconds([&] {
                            for (const auto& [rule, arguments] : calls) {
                                feel::Evaluation evaluation;
                                const auto value = function->call(arguments, evaluation);
                                if (!(value == Value(decimal_of(static_cast<std::int64_t>(rule)))))
                                    std::abort();
                            }
                        }));
    return goal(fmt::format("{} rules by 7 inputs: one evaluation", rules),
                best * 1000 / static_cast<double>(calls.size()), "us", rules <= 1500 ? 5 : 15);
}

bool measure_types() {
    feel::Scope scope;
    for (int i = 0; i < 20; ++i) {
        feel::Type type;
        type.kind = i % 2 == 0 ? feel::Kind::number : feel::Kind::string;
        scope.names.push_back({fmt::format("field{}", i), type});
    }
    std::vector<std::string> expressions;
    for (int i = 0; i < 10'000; ++i)
        expressions.push_back(
            fmt::format("field{} > {} and field{} = \"x\"", i % 10 * 2, i, i % 10 * 2 + 1));
    double best = 1e9;
    for (int round = 0; round < 3; ++round)
        best = std::min(best, milliseconds([&] {
                            std::vector<feel::Mistake> mistakes;
                            for (const auto& text : expressions)
                                if (!feel::compile(text, scope, mistakes)) std::abort();
                        }));
    return goal("10,000 expressions read and typed", best, "ms", 50);
}

}  // namespace

int main() {
    bool met = measure_evaluation(1500);
    met = measure_evaluation(5000) && met;
    met = measure_analysis(1500, false, 10) && met;
    met = measure_analysis(1500, true, 10) && met;
    met = measure_analysis(5000, false, 100) && met;
    met = measure_analysis(5000, true, 100) && met;
    met = measure_types() && met;
    return met ? 0 : 1;
}
