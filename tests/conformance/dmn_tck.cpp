// Runs the public conformance kit of the DMN standard (github.com/dmn-tck/tck) on the library.
//
//     dmn_tck [DIR] [--csv FILE] [--failures] [--at-least CASES,VALUES]
//
// Without DIR the kit is looked for where the external suites are: in WORKFLOW_SUITES, or beside
// the checkout. Where it is not, nothing is run, and a line says so.
//
// Prints a line for each folder with test cases below DIR and at the end `N passed, N failed`, and
// the same for the cases that expect a value: an engine that answers null to everything passes
// nearly half of all. A case passes when each of its results is as expected, numbers within 1e-8. A
// case that cannot be run has failed. `--csv` writes the kit's own table of results, `--failures`
// says what each failed case gave. `--at-least` is a floor: exit code 1 below it.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "decision/model_files.hpp"
#include "decision/program.hpp"
#include "tck_cases.hpp"
#include "workflow_paths.hpp"

namespace fs = std::filesystem;
using namespace workflow;
using namespace workflow::conformance;

namespace {

struct Count {
    std::size_t passed = 0, failed = 0;
    void add(bool pass) { ++(pass ? passed : failed); }
};

struct Options {
    fs::path folder;
    std::string csv;
    bool failures = false;
    std::size_t least_cases = 0, least_values = 0;
};

/// What the model gives for one of a case's results.
Value answer(const decision::Program& program, const TestCase& test, const Result& result) {
    feel::Evaluation evaluation;
    evaluation.moment = {Instant{1'764'000'000'000'000}, UtcOffset{0}};
    if (!test.service.empty()) {
        const auto service = program.find("", test.service);
        if (!service) return {};
        auto outputs = program.invoke(*service, test.inputs, evaluation);
        if (program.nodes()[*service].outputs.size() == 1) return outputs;
        const auto* entries = outputs.as<Context>();
        if (!entries) return {};
        for (const auto& [name, value] : *entries)
            if (name == result.name) return value;
        return {};
    }
    const auto node = program.find(result.space, result.name);
    return node ? program.evaluate(*node, test.inputs, evaluation) : Value();
}

std::string quoted(std::string text) {
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c == '\n' ? ' ' : c);
    return out + "\"";
}

class Runner {
public:
    explicit Runner(const Options& options) : options_(options) {
        if (!options.csv.empty()) csv_.open(options.csv);
    }

    void folder(const fs::path& path) {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(path))
            if (entry.path().extension() == ".xml") files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        Count count;
        for (const auto& file : files) run(file, path, count);
        if (count.passed + count.failed == 0) return;
        std::cout << fmt::format("{:<58} {:4} passed, {:3} failed\n",
                                 fs::relative(path, options_.folder).string(), count.passed,
                                 count.failed);
    }

    int finish() const {
        const auto rate = [](const Count& count) {
            const auto all = count.passed + count.failed;
            return all == 0 ? 0.0
                            : 100.0 * static_cast<double>(count.passed) / static_cast<double>(all);
        };
        std::cout << fmt::format("expecting a value: {} passed, {} failed ({:.2f} %)\n",
                                 values_.passed, values_.failed, rate(values_))
                  << fmt::format("{} passed, {} failed ({:.2f} %)\n", all_.passed, all_.failed,
                                 rate(all_));
        if (all_.passed >= options_.least_cases && values_.passed >= options_.least_values)
            return 0;
        std::cout << fmt::format("at least {} and, with a value, {} should pass\n",
                                 options_.least_cases, options_.least_values);
        return 1;
    }

private:
    void run(const fs::path& file, const fs::path& folder, Count& count) {
        const auto suite = read_suite(file);
        if (!suite) return;
        Sources sources;
        DiagnosticSink findings(sources);
        const auto models = decision::read_models(folder / suite->model, sources, findings);
        const auto program = decision::Program::compile(models, findings);
        for (const auto& test : suite->cases) {
            std::string detail;
            bool passed = true, with_value = false;
            for (const auto& result : test.results) {
                with_value = with_value || !result.expected.is_null();
                const auto got = answer(*program, test, result);
                if (same(got, result.expected)) continue;
                passed = false;
                detail += fmt::format("{}: {} was expected, not {}. ", result.name,
                                      to_string(result.expected), to_string(got));
            }
            count.add(passed);
            all_.add(passed);
            if (with_value) values_.add(passed);
            if (!passed && options_.failures)
                std::cout << fmt::format("    {} {}: {}\n", file.stem().string(), test.id, detail);
            if (csv_.is_open())
                csv_ << quoted(fs::relative(folder, options_.folder).generic_string()) << ','
                     << quoted(file.stem().string()) << ',' << quoted(test.id) << ','
                     << (passed ? "\"SUCCESS\"" : "\"ERROR\"") << ',' << quoted(detail) << '\n';
        }
    }

    const Options& options_;
    std::ofstream csv_;
    Count all_, values_;
};

int usage() {
    std::cerr << "usage: dmn_tck [DIR] [--csv FILE] [--failures] [--at-least CASES,VALUES]\n";
    return 2;
}

}  // namespace

int main(int count, char** words) {
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (word == "--failures") {
            options.failures = true;
        } else if (word == "--csv" && i + 1 < count) {
            options.csv = words[++i];
        } else if (word == "--at-least" && i + 1 < count) {
            const std::string floor = words[++i];
            const auto comma = floor.find(',');
            if (comma == std::string::npos) return usage();
            std::from_chars(floor.data(), floor.data() + comma, options.least_cases);
            std::from_chars(floor.data() + comma + 1, floor.data() + floor.size(),
                            options.least_values);
        } else if (options.folder.empty()) {
            options.folder = word;
        } else {
            return usage();
        }
    }
    std::error_code ignored;
    if (options.folder.empty()) {
        const char* suites = std::getenv("WORKFLOW_SUITES");
        options.folder =
            (suites ? fs::path(suites) : fs::path(WORKFLOW_SOURCE_DIR "/../shared/suites")) /
            "dmn-tck" / "TestCases";
        if (!fs::is_directory(options.folder, ignored)) {
            std::cout << "skipped: there is no " << options.folder.string()
                      << "; set WORKFLOW_SUITES to the folder that holds dmn-tck/\n";
            return 0;
        }
    }
    if (!fs::is_directory(options.folder, ignored)) return usage();
    std::vector<fs::path> folders{options.folder};
    for (const auto& entry : fs::recursive_directory_iterator(options.folder))
        if (entry.is_directory()) folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    Runner runner(options);
    for (const auto& folder : folders) runner.folder(folder);
    return runner.finish();
}
