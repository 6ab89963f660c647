#pragma once

/// FEEL, the DMN standard's expression language (DMN 1.4, chapter 10): compile once against the
/// declared names, evaluate many times. No side effects, always ends, cannot reach the system.

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

/// The finding that tells of such a mistake (base/diagnostics.hpp).
std::string_view finding_of(Mistake::Kind kind);

/// The names an expression may use, each with its type; its index is its slot at evaluation.
struct Scope {
    struct Name {
        std::string name;  ///< may hold spaces and Chinese characters
        Type type;
        /// What it always is, such as a decision's function: it is read at no evaluation.
        std::optional<Value> value = {};
    };
    std::vector<Name> names;
    /// Types that expressions may name, beside FEEL's own.
    std::vector<std::pair<std::string, Type>> types;
};

/// What `today()` and `now()` answer: given, never read.
struct Moment {
    Instant now;
    UtcOffset offset;
};

/// Steps one evaluation may take unless its caller says otherwise; what would need more is null.
inline constexpr std::uint32_t evaluation_budget = 100'000;

/// A rule of a decision table that applied.
struct RuleHit {
    Mark table, rule;
    std::size_t number = 0;  ///< from 1
};

/// One evaluation: what it may know and cost. Used by one thread at a time.
struct Evaluation {
    Moment moment{};
    std::uint32_t budget = evaluation_budget;      ///< steps left
    std::uint32_t depth = 0;                       ///< levels of functions that call each other
    std::vector<std::string>* problems = nullptr;  ///< takes what made something null, if wanted
    std::vector<RuleHit>* hits = nullptr;          ///< takes the rules that applied, if wanted
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

    /// The value for these slots. Never throws on any input; what has no answer is null.
    [[nodiscard]] Value evaluate(std::span<const Value> slots, const Moment& moment) const;
    /// The same, as part of a larger evaluation.
    [[nodiscard]] Value evaluate(std::span<const Value> slots, Evaluation& evaluation) const;
    [[nodiscard]] const Type& type() const { return type_; }
    [[nodiscard]] explicit operator bool() const { return root_ != nullptr; }
    /// Slots the expression reads, sorted.
    [[nodiscard]] std::vector<std::uint32_t> reads() const;
    /// The value that it always has, where it is written out or follows from what is.
    [[nodiscard]] std::optional<Value> constant() const;
    [[nodiscard]] const std::shared_ptr<const Node>& root() const { return root_; }

private:
    std::shared_ptr<const Node> root_;
    Type type_;
};

/// Is the value of `expression` that one? Never null.
Expression equals(const Expression& expression, Value value);

struct Options {
    std::optional<Type> wanted = {};  ///< a different type is a mistake
    /// As the standard has it, an ill-typed part or an unknown name is null when it is evaluated:
    /// such mistakes are told, and the expression is made all the same.
    bool lenient = false;
};

/// Parses and types `text`. On a mistake the expression is empty and `mistakes` says where; all
/// mistakes that can be found are found.
Expression compile(std::string_view text, const Scope& scope, std::vector<Mistake>& mistakes,
                   const Options& options = {});

/// The same for the unary tests of a value of type `input` (DMN 1.5, 10.3.1.2 rules 14 to 16):
/// `< 10, [20..30]`, `not("a")`, `-`. The value is the slot after the scope's names, and `?`. The
/// answer is true, false or null.
Expression compile_unary_tests(std::string_view text, const Scope& scope, const Type& input,
                               std::vector<Mistake>& mistakes, const Options& options = {});

}  // namespace workflow::feel
