#pragma once

/// Maps the activity names of a log to the steps and outcomes of an item.

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "../../process/net.hpp"

namespace workflow::report {

/// A line of a map that cannot be used; says why, and how to fix it.
class MapError : public std::runtime_error {
public:
    explicit MapError(const std::string& message, std::string mend = {})
        : std::runtime_error(message), hint(std::move(mend)) {}
    std::string hint;
};

class ActivityMap {
public:
    /// `process` must outlive this object.
    explicit ActivityMap(const process::Process& process) : process_(process) {}

    /// Adds `Activity=step`, `Activity=step.outcome`, several of these separated by commas, or
    /// `Activity=` for an activity that is not a step. Throws MapError.
    void add(std::string_view line);
    /// Adds one entry for each line; skips empty lines and those that begin with `#`. The message
    /// of a MapError begins with the line's number.
    void add_lines(std::string_view text);

    /// Returns the transitions that an activity may stand for: by the map, else by its name, if it
    /// is a step, a step and its outcome, or a step's title, else none. Returns nothing for an
    /// activity that does not count.
    [[nodiscard]] std::optional<std::vector<TransitionIndex>> stands_for(
        const std::string& activity) const;
    /// Returns whether the map or the item has such a name.
    [[nodiscard]] bool knows(const std::string& activity) const;

private:
    /// Returns none if there is no such step or outcome.
    [[nodiscard]] std::vector<TransitionIndex> named(std::string_view target) const;
    [[nodiscard]] std::vector<TransitionIndex> titled(std::string_view title) const;
    [[nodiscard]] std::vector<std::string> names() const;

    const process::Process& process_;
    std::map<std::string, std::vector<TransitionIndex>, std::less<>> given_;
};

}  // namespace workflow::report
