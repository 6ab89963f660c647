#pragma once

/// From the names that a log has for what was done to the steps and outcomes of an item.

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "../../process/net.hpp"

namespace workflow::report {

/// A line of a map that cannot be used; says why, and how to mend it.
class MapError : public std::runtime_error {
public:
    explicit MapError(const std::string& message, std::string mend = {})
        : std::runtime_error(message), hint(std::move(mend)) {}
    std::string hint;
};

class ActivityMap {
public:
    /// `process` must outlive this.
    explicit ActivityMap(const process::Process& process) : process_(process) {}

    /// `Activity=step`, `Activity=step.outcome`, several separated by commas, or `Activity=` for
    /// what is no step at all. Throws MapError.
    void add(std::string_view line);
    /// A line each; empty lines and those that begin with `#` are passed over. The message of a
    /// MapError begins with the line's number.
    void add_lines(std::string_view text);

    /// The transitions that an activity may stand for, by the map; else by its name, which is a
    /// step, a step and its outcome, or a step's title; else none. Nothing: it does not count.
    [[nodiscard]] std::optional<std::vector<TransitionIndex>> stands_for(
        const std::string& activity) const;
    /// Whether the map or the item has such a name.
    [[nodiscard]] bool knows(const std::string& activity) const;

private:
    /// None where there is no such step or outcome.
    [[nodiscard]] std::vector<TransitionIndex> named(std::string_view target) const;
    [[nodiscard]] std::vector<TransitionIndex> titled(std::string_view title) const;
    [[nodiscard]] std::vector<std::string> names() const;

    const process::Process& process_;
    std::map<std::string, std::vector<TransitionIndex>, std::less<>> given_;
};

}  // namespace workflow::report
