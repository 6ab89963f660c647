#pragma once

/// Facade: loads, checks and compiles definitions.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <workflow/decision.hpp>
#include <workflow/diagnostic.hpp>
#include <workflow/item_form.hpp>
#include <workflow/organization_view.hpp>
#include <workflow/values.hpp>

namespace workflow::shell {
class CompiledCatalog;
}

namespace workflow::inline v0 {

/// Service items, organization and calendars, published together. Immutable; may be shared between
/// threads and engines. Copies are cheap.
class Catalog {
public:
    /// The text of a definition that is not in a file.
    struct Text {
        std::string path, content;
    };

    struct Loaded;

    /// Loads and checks `.yaml` and `.dmn` files and folders together. Reports every mistake;
    /// returns a catalog only if none of them is an error. Never throws because of the contents of
    /// a definition.
    static Loaded load(const std::vector<std::filesystem::path>& paths);
    static Loaded load(const std::vector<Text>& texts);

    [[nodiscard]] std::vector<ItemId> items() const;  ///< sorted
    [[nodiscard]] std::optional<Title> title(const ItemId& item) const;

    /// Returns the item that accepts requests which fit no other (零拒绝), if the catalog names
    /// one.
    [[nodiscard]] const std::optional<ItemId>& demand_desk() const;
    /// Returns the item that is opened for each negative rating, if the catalog names one.
    [[nodiscard]] const std::optional<ItemId>& rating_follow_up() const;

    /// Returns how long after it happened an act may still be entered; nothing: at any time.
    [[nodiscard]] const std::optional<Limit>& late_entry() const;

    /// Returns the decisions that items may use: those of `decision:` files, by their names, and
    /// those of the DMN models.
    [[nodiscard]] const DecisionModel& decisions() const;

    /// Returns what `item` asks for and how its tasks may end, by the catalog's revision. Throws
    /// std::out_of_range if the catalog has no such item.
    [[nodiscard]] ItemForm form(const ItemId& item) const;
    /// Returns halls, posts and officers; empty for a catalog without an organization. For
    /// `Engine::catalog`, returns the current organization.
    [[nodiscard]] OrganizationView organization() const;

private:
    friend class shell::CompiledCatalog;
    struct Contents;
    std::shared_ptr<const Contents> contents_;
};

struct Catalog::Loaded {
    std::optional<Catalog> catalog;
    std::vector<Diagnostic> diagnostics;  ///< ordered by file, line, column
    std::size_t files = 0, errors = 0, warnings = 0;
};

}  // namespace workflow::inline v0
