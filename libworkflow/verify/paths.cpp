#include "paths.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "activities.hpp"

namespace workflow::verify {
namespace {

using process::Process;

constexpr std::size_t most_told = 8;
/// The maximum length of a traced path. Paths are shortest ones.
constexpr std::size_t most_traced = 50;

struct Act {
    std::string name;
    Mark mark;
};

std::vector<Act> acts_on(const Process& process, const Path& way) {
    std::vector<Act> acts;
    for (const auto index : way) {
        if (is_visible(process, index))
            acts.push_back({name_of(process, index), process.transitions[index].mark});
        if (const auto end = end_after(process, index); end != process::none)
            acts.push_back({process.step_at(end).id.text, process.step_at(end).mark});
    }
    return acts;
}

}  // namespace

std::string chained(const std::vector<std::string>& names, std::size_t most) {
    const auto first = names.size() - std::min(most, names.size());
    return fmt::format(
        "{}{}", first > 0 ? "... -> " : "",
        fmt::join(names.begin() + static_cast<std::ptrdiff_t>(first), names.end(), " -> "));
}

std::string steps_of(const Process& process, const Path& way) {
    std::vector<std::string> steps;
    for (const auto index : way) {
        const auto& id = process.step_at(process.transitions[index].takes.front().place).id.text;
        if (steps.empty() || steps.back() != id) steps.push_back(id);
    }
    return chained(steps, most_told);
}

std::string activities_of(const Process& process, const Path& way) {
    std::vector<std::string> names;
    for (auto& act : acts_on(process, way)) names.push_back(std::move(act.name));
    return chained(names, most_told);
}

void trace(const Process& process, const Path& way, DiagnosticSink& findings, Diagnostic& finding) {
    std::size_t number = 0;
    for (const auto& act : acts_on(process, way)) {
        if (++number > most_traced) return;
        findings.relate(finding, act.mark, fmt::format("{}. `{}`", number, act.name));
    }
}

}  // namespace workflow::verify
