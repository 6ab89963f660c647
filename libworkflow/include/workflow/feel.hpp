#pragma once

/// FEEL, the expression language of DMN (1.5, chapter 10), by itself: compile once, evaluate as
/// often as you like. An expression has no side effects, always ends and cannot reach the system.
///
///     auto compiled = workflow::FeelExpression::compile(
///         "age >= 16 and region in [\"A\", \"B\"]", {{"age", "number"}, {"region", "string"}});
///     const std::vector<workflow::Value> values{workflow::decimal_of(17), std::string("A")};
///     compiled.expression->evaluate(values).value;  // true
///
/// docs/feel.md says what the language has.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/diagnostic.hpp>
#include <workflow/values.hpp>

namespace workflow {

/// A name that an expression may use, with the type of its values as FEEL writes it: `number`,
/// `date and time`, `list<string>`, `context<street: string, number: number>`. `Any`: not known.
struct FeelName {
    std::string name;
    std::string type = "Any";
};

/// What one evaluation may know and cost.
struct EvaluationLimits {
    Instant now{};                   ///< what `now()` and `today()` answer
    UtcOffset offset{};              ///< of the clock on the wall
    std::uint32_t budget = 100'000;  ///< steps; what would need more is null
};

/// A value, and what made it, or a part of it, null.
struct FeelOutcome {
    Value value;
    std::vector<std::string> problems;
};

/// Immutable; may be evaluated by several threads at once. Copies are cheap.
class FeelExpression {
public:
    struct Compiled;

    /// Reads and types `text`. A mistake is an error with its column; `file` of their spans is
    /// empty. Values are given to `evaluate` in the order of `names`.
    static Compiled compile(std::string_view text, const std::vector<FeelName>& names = {});
    /// The same for unary tests such as `[18..65), null`: of a value of type `input`, which is the
    /// last one given to `evaluate`.
    static Compiled compile_unary_tests(std::string_view text, const FeelName& input,
                                        const std::vector<FeelName>& names = {});

    /// Never throws but for lack of memory: what has no answer is null. Names without a value are
    /// null.
    [[nodiscard]] FeelOutcome evaluate(std::span<const Value> values = {},
                                       const EvaluationLimits& limits = {}) const;
    /// The type of its values, in words.
    [[nodiscard]] std::string type() const;

private:
    struct Contents;
    std::shared_ptr<const Contents> contents_;
};

struct FeelExpression::Compiled {
    std::optional<FeelExpression> expression;  ///< nothing when there are mistakes
    std::vector<Diagnostic> diagnostics;
};

}  // namespace workflow
