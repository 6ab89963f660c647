#pragma once

/// Facade: definitions loaded, checked and compiled.

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <workflow/decision.hpp>
#include <workflow/diagnostic.hpp>
#include <workflow/values.hpp>

namespace workflow {

namespace process {
struct Process;
}
namespace definition {
struct Organization;
}
class WorkingDays;
struct StaffChanged;

/// Service items, organization and calendars, published together. Immutable; share it between
/// threads and engines. Copies are cheap.
class Catalog {
public:
    /// A text that is not in a file.
    struct Text {
        std::string path, content;
    };

    struct Loaded;

    /// Loads and checks `.yaml` and `.dmn` files and folders together. Reports every mistake; the
    /// catalog is there only when none is an error. Never throws on what an author can write.
    static Loaded load(const std::vector<std::filesystem::path>& paths);
    static Loaded load(const std::vector<Text>& texts);

    [[nodiscard]] std::vector<ItemId> items() const;  ///< sorted
    [[nodiscard]] std::optional<Title> title(const ItemId& item) const;

    /// The item that takes up whatever fits no other (零拒绝), where the catalog names one.
    [[nodiscard]] const std::optional<ItemId>& demand_desk() const;
    /// The item that is opened for each negative rating, where the catalog names one.
    [[nodiscard]] const std::optional<ItemId>& rating_follow_up() const;

    /// How long after it happened an act may still be entered; nothing: at any time.
    [[nodiscard]] const std::optional<Limit>& late_entry() const;

    /// The decisions that items may use: those of `decision:` files, by their names, and those of
    /// the DMN models.
    [[nodiscard]] const DecisionModel& decisions() const;

    // The compiled parts, for the library's own floors and tools.
    [[nodiscard]] std::shared_ptr<const process::Process> process(const ItemId& item) const;
    /// The texts that `item` was built from, as one; publishing keeps it for running cases.
    [[nodiscard]] std::string bundle(const ItemId& item) const;
    [[nodiscard]] const definition::Organization& organization() const;
    /// The same definitions, with the organization as these changes leave it. `journal`: the hash
    /// that stands for all of them.
    [[nodiscard]] Catalog with_staff(std::span<const StaffChanged> changes,
                                     const Digest& journal) const;
    /// What all calendars of the item have in common.
    [[nodiscard]] const WorkingDays& calendar(const process::Process& process) const;
    /// Each of them by itself.
    [[nodiscard]] std::vector<std::pair<CalendarId, const WorkingDays*>> calendars(
        const process::Process& process) const;
    /// Compiles a published bundle again (R19): a running case keeps its revision.
    [[nodiscard]] std::shared_ptr<const process::Process> restore(const std::string& bundle) const;

private:
    struct Contents;
    std::shared_ptr<const Contents> contents_;
};

struct Catalog::Loaded {
    std::optional<Catalog> catalog;
    std::vector<Diagnostic> diagnostics;  ///< ordered by file, line, column
    std::size_t files = 0, errors = 0, warnings = 0;
};

}  // namespace workflow
