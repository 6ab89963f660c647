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

#include "types.hpp"

namespace workflow::feel {

/// A mistake in an expression: bytes [begin, end) of its text.
struct Mistake {
    enum class Kind : std::uint8_t { syntax, unknown_name, type, limit };
    Kind kind = Kind::syntax;
    std::uint32_t begin = 0, end = 0;
    std::string message, hint;
};

/// The names an expression may use, each with its type; its index is its slot at evaluation.
struct Scope {
    struct Name {
        std::string name;  ///< may hold spaces and Chinese characters
        Type type;
    };
    std::vector<Name> names;
};

/// What `today()` and `now()` answer: given, never read.
struct Moment {
    Instant now;
    UtcOffset offset;
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
    [[nodiscard]] const Type& type() const { return type_; }
    [[nodiscard]] explicit operator bool() const { return root_ != nullptr; }
    /// Slots the expression reads, sorted.
    [[nodiscard]] std::vector<std::uint32_t> reads() const;

private:
    std::shared_ptr<const Node> root_;
    Type type_;
};

/// Parses and types `text`. On a mistake the expression is empty and `mistakes` says where; all
/// mistakes that can be found are found. `wanted` makes a different type a mistake.
Expression compile(std::string_view text, const Scope& scope, std::vector<Mistake>& mistakes,
                   const std::optional<Type>& wanted = {});

}  // namespace workflow::feel
