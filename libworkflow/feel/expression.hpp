#pragma once

/// FEEL, the expression language of the DMN standard (DMN 1.4, chapter 10). An expression is
/// compiled once against the declared names and evaluated many times. It has no side effects,
/// always ends and cannot access the system.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/values.hpp>

#include "../base/source.hpp"
#include "types.hpp"

namespace workflow::feel {

/// A mistake in an expression: bytes [begin, end) of its text.
struct Mistake {
    enum class Kind : std::uint8_t { syntax, unknown_name, type, limit };
    Kind kind = Kind::syntax;
    std::uint32_t begin = 0, end = 0;
    std::string message, hint;
};

/// Returns the name of the finding for such a mistake (base/diagnostics.hpp).
std::string_view finding_of(Mistake::Kind kind);

/// The names that an expression may use, each with its type. The index of a name is its slot at
/// evaluation.
struct Scope {
    struct Name {
        std::string name;  ///< may contain spaces and Chinese characters
        Type type;
        /// A constant value, such as the function of a decision. It is not read from the slots.
        std::optional<Value> value = {};
    };
    std::vector<Name> names;
    /// The types that expressions may name, in addition to those of FEEL.
    std::vector<std::pair<std::string, Type>> types;
};

/// The result of `today()` and `now()`: given by the caller, never read from a clock.
struct Moment {
    Instant now;
    UtcOffset offset;
};

/// The default number of steps of one evaluation. An evaluation that needs more gives null.
inline constexpr std::uint32_t evaluation_budget = 100'000;

/// A rule of a decision table that applied.
struct RuleHit {
    Mark table, rule;
    std::size_t number = 0;  ///< from 1
};

/// The context and the cost of one evaluation. Used by one thread at a time.
struct Evaluation {
    Moment moment{};
    std::uint32_t budget = evaluation_budget;  ///< steps left
    std::uint32_t depth = 0;                   ///< the depth of nested function calls
    /// receives the reasons for null values, if given
    std::vector<std::string>* problems = nullptr;
    std::vector<RuleHit>* hits = nullptr;  ///< receives the rules that applied, if given
    void problem(std::string why) const {
        if (problems) problems->push_back(std::move(why));
    }
};

struct Node;

/// A compiled, typed expression. Immutable; may be evaluated by several threads at once.
class Expression {
public:
    Expression() = default;
    Expression(std::shared_ptr<const Node> root, Type type)
        : root_(std::move(root)), type_(std::move(type)) {}

    /// Returns the value for these slots. Never throws, on any input. The result is null if there
    /// is no answer.
    [[nodiscard]] Value evaluate(std::span<const Value> slots, const Moment& moment) const;
    /// Like the above, as part of a larger evaluation.
    [[nodiscard]] Value evaluate(std::span<const Value> slots, Evaluation& evaluation) const;
    [[nodiscard]] const Type& type() const { return type_; }
    [[nodiscard]] explicit operator bool() const { return root_ != nullptr; }
    /// Returns the slots that the expression reads, sorted.
    [[nodiscard]] std::vector<std::uint32_t> reads() const;
    /// Returns the value of a constant expression: one that is written as a value or follows from
    /// such values.
    [[nodiscard]] std::optional<Value> constant() const;
    [[nodiscard]] const std::shared_ptr<const Node>& root() const { return root_; }

private:
    std::shared_ptr<const Node> root_;
    Type type_;
};

/// Returns the expression that compares the value of `expression` with `value`. Its result is never
/// null.
Expression equals(const Expression& expression, Value value);

struct Options {
    std::optional<Type> wanted = {};  ///< an expression of a different type is a mistake
    /// With this option, an ill-typed part or an unknown name is null at evaluation, as the
    /// standard requires. Such mistakes are reported, and the expression is created nevertheless.
    bool lenient = false;
};

/// Parses and types `text`. On a mistake the expression is empty and `mistakes` contains the
/// positions. Reports all mistakes that can be found.
Expression compile(std::string_view text, const Scope& scope, std::vector<Mistake>& mistakes,
                   const Options& options = {});

/// Parses and types the unary tests of a value of type `input` (DMN 1.5, 10.3.1.2 rules 14 to 16):
/// `< 10, [20..30]`, `not("a")`, `-`. The value is in the slot after the names of the scope, and is
/// the value of `?`. The result is true, false or null.
Expression compile_unary_tests(std::string_view text, const Scope& scope, const Type& input,
                               std::vector<Mistake>& mistakes, const Options& options = {});

}  // namespace workflow::feel
