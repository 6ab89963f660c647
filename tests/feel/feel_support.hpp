#pragma once

/// One scope with a name of each kind, and what expressions over it answer.

#include <catch2/catch.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feel/expression.hpp"

namespace workflow::testing {

workflow::feel::Type type(workflow::feel::Kind kind, std::vector<std::string> values = {});
workflow::feel::Type list_of(const workflow::feel::Type& element);

/// age 20, region "B", status "approved", birth date 2000-02-29, 挂失 true, unknown null (a
/// boolean), rows three contexts {a: 1} to {a: 3}, tags ["x", "y"], anything 7 of no known type.
const workflow::feel::Scope& scope();
std::vector<workflow::Value> slots();
/// Monday, 2 March 2026, 09:30 in China.
const workflow::feel::Moment& moment();

/// The answer as a literal, or `mistake at BEGIN-END: MESSAGE`.
std::string eval(std::string_view text);
std::vector<workflow::feel::Mistake> mistakes_of(
    std::string_view text, const std::optional<workflow::feel::Type>& wanted = {});
/// Each mistake as `BEGIN-END MESSAGE (HINT)`.
std::vector<std::string> told(std::string_view text,
                              const std::optional<workflow::feel::Type>& wanted = {});

struct Case {
    const char *text, *answer;
};
void check_all(std::initializer_list<Case> cases);

}  // namespace workflow::testing
