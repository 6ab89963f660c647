#pragma once

/// The test cases of the conformance kit, as its schema has them.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <workflow/values.hpp>

#include "decision/program.hpp"

namespace workflow::conformance {

struct Result {
    std::string space, name;
    Value expected;
};

struct TestCase {
    std::string id;
    std::string service;  ///< the decision service it invokes; empty: the results are decisions
    std::vector<decision::Given> inputs;
    std::vector<Result> results;
};

struct Suite {
    std::string model;  ///< file name
    std::vector<TestCase> cases;
};

/// Nothing when the file holds no test cases.
std::optional<Suite> read_suite(const std::filesystem::path& file);

/// Equal, numbers within 1e-8; the order of a context's entries does not matter.
bool same(const Value& got, const Value& expected);

}  // namespace workflow::conformance
