#pragma once

/// FEEL, the expression language of DMN (1.5, chapter 10), without the engine. Compile once,
/// evaluate any number of times. Expressions have no side effects, always terminate and cannot
/// access the system.
///
///     auto compiled = workflow::FeelExpression::compile(
///         "age >= 16 and region in [\"A\", \"B\"]", {{"age", "number"}, {"region", "string"}});
///     const std::vector<workflow::Value> values{workflow::decimal_of(17), std::string("A")};
///     compiled.expression->evaluate(values).value;  // true
///
/// docs/feel.md describes the language.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/diagnostic.hpp>
#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// A name that an expression may use, with the type of its values in FEEL syntax: `number`, `date
/// and time`, `list<string>`, `context<street: string, number: number>`. `Any`: unknown.
struct FeelName {
    std::string name;
    std::string type = "Any";
};

/// The current time and the budget of one evaluation.
struct EvaluationLimits {
    Instant now{};                   ///< the result of `now()` and `today()`
    UtcOffset offset{};              ///< of the local clock
    std::uint32_t budget = 100'000;  ///< evaluation steps; null when exceeded
};

/// A value, and the reasons why it, or a part of it, is null.
struct FeelOutcome {
    Value value;
    std::vector<std::string> problems;
};

/// Immutable. May be evaluated by several threads at once. Cheap to copy.
class FeelExpression {
public:
    struct Compiled;

    /// Parses and type-checks `text`. A mistake is an error with its column. The `file` of spans is
    /// empty. `evaluate` takes values in the order of `names`.
    static Compiled compile(std::string_view text, const std::vector<FeelName>& names = {});
    /// Does the same for unary tests, for example `[18..65), null`, on a value of type `input`.
    /// `evaluate` takes that value last.
    static Compiled compile_unary_tests(std::string_view text, const FeelName& input,
                                        const std::vector<FeelName>& names = {});

    /// Returns null where the expression has no result. Names without a value are null. Throws only
    /// when memory runs out.
    [[nodiscard]] FeelOutcome evaluate(std::span<const Value> values = {},
                                       const EvaluationLimits& limits = {}) const;
    /// Returns the type of the expression's values, as text.
    [[nodiscard]] std::string type() const;

private:
    struct Contents;
    std::shared_ptr<const Contents> contents_;
};

struct FeelExpression::Compiled {
    std::optional<FeelExpression> expression;  ///< nullopt when there are mistakes
    std::vector<Diagnostic> diagnostics;
};

}  // namespace workflow::inline v0
