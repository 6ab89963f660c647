#pragma once

/// A terminal in memory: runs the program in-process and keeps what it said.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "command.hpp"
#include "support/standard_item.hpp"

namespace workflow::testing {

inline bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

struct Said {
    int code = -1;
    std::string out, err;
    [[nodiscard]] nlohmann::ordered_json json() const { return nlohmann::ordered_json::parse(out); }
};

/// A folder with the standard item's definitions and room for a store; gone at the end.
class Terminal {
public:
    Terminal() {
        static int count = 0;
        folder_ = std::filesystem::temp_directory_path() /
                  ("workflow-tools-" + std::to_string(getpid()) + "-" + std::to_string(count++));
        std::filesystem::create_directories(folder_ / "definitions");
        for (const auto& text : standard_texts()) write("definitions/" + text.path, text.content);
        environment["WORKFLOW_CATALOG"] = path("definitions");
        environment["WORKFLOW_STORE"] = path("hall.db");
        // What is weak is told by every command that writes; only some tests want to read it.
        environment["WORKFLOW_ACCEPTED"] = "draws,ratings,vault,checkpoints,operator";
    }
    ~Terminal() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    [[nodiscard]] std::string path(const std::string& name) const {
        return (folder_ / name).string();
    }
    void write(const std::string& name, const std::string& content) const {
        std::ofstream(folder_ / name, std::ios::binary) << content;
    }

    Said operator()(const std::vector<std::string>& words, const std::string& input = {}) {
        std::istringstream in(input);
        std::ostringstream out, err;
        tools::Streams streams{
            .in = in,
            .out = out,
            .err = err,
            .out_terminal = false,
            .err_terminal = false,
            .environment = [this](const std::string& name) -> std::optional<std::string> {
                const auto found = environment.find(name);
                if (found == environment.end()) return std::nullopt;
                return found->second;
            },
            .clock = [this] { return now; }};
        Said said;
        said.code = tools::run_program(words, streams);
        said.out = out.str();
        said.err = err.str();
        return said;
    }

    /// Opens a case of the standard item; gives its number.
    std::string open(const std::string& person = "1001") {
        const Said said = (*this)({"open", "social-card.replace-lost", "--as", "lin", "--applicant",
                                   person, "--field", "id_number=42060019900101" + person,
                                   "--material", "photo", "--format", "json"});
        return said.code == 0 ? said.json().at("case").get<std::string>() : said.out + said.err;
    }
    void pass_days(int days) { now.microseconds += std::int64_t{days} * 86'400'000'000; }

    std::map<std::string, std::string> environment;
    /// A Monday morning.
    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", UtcOffset{});

private:
    std::filesystem::path folder_;
};

}  // namespace workflow::testing
