#pragma once

/// The names that a script may use, from the catalog: fields, materials, duties, steps, outcomes.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <workflow/catalog.hpp>

#include "../base/diagnostics.hpp"
#include "../feel/types.hpp"
#include "../process/net.hpp"

namespace workflow::batch {

/// The names of one item, or of all items where rows name the item.
class KnownNames {
public:
    /// `item`: the constant item of the script, or nullopt.
    KnownNames(const Catalog& catalog, const std::optional<ItemId>& item);

    [[nodiscard]] bool one_item() const { return processes_.size() == 1; }
    /// Returns the type of `case` and of `materials` in expressions.
    [[nodiscard]] feel::Type fields_type() const;
    [[nodiscard]] feel::Type materials_type() const;

    /// Each returns the field, or adds a finding at `mark` when there is none of that name.
    const process::FieldInfo* field(const std::string& name, Mark mark,
                                    DiagnosticSink& findings) const;
    void material(const std::string& name, Mark mark, DiagnosticSink& findings) const;
    void duty_or_step(const std::string& name, Mark mark, DiagnosticSink& findings) const;
    void outcome(const std::string& rule, const std::string& name, Mark mark,
                 DiagnosticSink& findings) const;
    void channel(const std::string& name, Mark mark, DiagnosticSink& findings) const;
    void applicant_kind(const std::string& name, Mark mark, DiagnosticSink& findings) const;
    void mode(const std::string& name, Mark mark, DiagnosticSink& findings) const;
    void hall(const std::string& name, Mark mark, DiagnosticSink& findings) const;
    void officer(const std::string& name, Mark mark, DiagnosticSink& findings) const;

private:
    const Catalog& catalog_;
    std::vector<std::shared_ptr<const process::Process>> processes_;
};

/// Adds a finding about the unknown `name`, with the nearest of `known`.
void report_unknown(std::string_view kind, std::string message, const std::string& name, Mark mark,
                    const std::vector<std::string>& known, DiagnosticSink& findings);

}  // namespace workflow::batch
