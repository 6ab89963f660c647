#pragma once

/// Reads the rules of a script from its tree. Their expressions may use the input's columns.

#include <optional>
#include <string>
#include <vector>

#include "../definition/readers.hpp"
#include "known_names.hpp"
#include "script.hpp"

namespace workflow::batch {

class ScriptReader {
public:
    /// `columns` with their types. Keeps references to `known` and `findings`. `let`: the script's
    /// own names, each of which may use those before it; may be nullptr.
    ScriptReader(const std::vector<std::string>& columns, const std::vector<CellType>& types,
                 const definition::YamlNode* let, const KnownNames& known,
                 DiagnosticSink& findings);

    feel::Expression expression(const definition::YamlNode& node, std::string_view what);
    /// Returns the condition under `key`; empty when it is not given.
    feel::Expression condition(const definition::Form& form, std::string_view key);

    /// Returns the expressions of `let`, in order.
    std::vector<feel::Expression> take_lets() { return std::move(lets_); }
    OpenRule open(const definition::YamlNode& node);
    DutyRule duty(const definition::YamlNode::Entry& entry);
    ApplicantRule supply(const definition::YamlNode& node);
    ApplicantRule withdraw(const definition::YamlNode& node);

    /// Returns, by `Extra`, whether some expression reads it.
    [[nodiscard]] const std::vector<bool>& reads() const { return reads_; }

private:
    void read_lets(const definition::YamlNode& node);
    feel::Expression compile(const definition::ExpressionText& text,
                             const std::optional<feel::Type>& wanted = {});
    Given given(const definition::YamlNode& node, std::string_view what);
    Given given(const definition::Form& form, std::string_view key);
    Given at(const definition::Form& form, std::string_view key = "at");
    Given by(const definition::Form& form);
    void circumstances(const definition::Form& form, OpenRule& rule);
    GivenFields fields(const definition::Form& form);
    GivenMaterials materials(const definition::Form& form);
    std::optional<OutcomeRule> outcome(const definition::YamlNode& node, const std::string& rule,
                                       bool last);

    const KnownNames& known_;
    DiagnosticSink& findings_;
    feel::Scope scope_;
    std::vector<feel::Expression> lets_;
    std::size_t first_extra_ = 0;  // slot
    std::vector<bool> reads_ = std::vector<bool>(extras);
};

}  // namespace workflow::batch
