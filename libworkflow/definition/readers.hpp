#pragma once

/// Converts nodes to typed values and reports each error at its place. A reader that has reported a
/// finding returns no value, so that its caller continues with the next key.

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/values.hpp>

#include "../base/diagnostics.hpp"
#include "field_table.hpp"
#include "steps/step.hpp"
#include "yaml_tree.hpp"

namespace workflow::definition {

/// Returns what an author wrote, for use in a message. A long text is truncated at the end of a
/// character.
std::string shortened(std::string_view text);

/// A mapping with the keys of one or two groups of the field table. The constructor reports a node
/// that is not a mapping, unknown keys and keys without a value.
class Form {
public:
    Form(const YamlNode& node, std::string_view group, DiagnosticSink& findings,
         std::string_view second_group = {});
    /// Uses keys that are not part of the language (those of a batch script).
    Form(const YamlNode& node, const KeyGroup& group, DiagnosticSink& findings,
         const KeyGroup* second_group = nullptr);

    /// Returns the value of a key of the groups, or nullptr if it is not given.
    [[nodiscard]] const YamlNode* find(std::string_view key) const;
    /// Like `find`, but reports a missing key.
    const YamlNode* require(std::string_view key) const;
    [[nodiscard]] bool is_mapping() const { return node_->kind == YamlNode::Kind::mapping; }
    [[nodiscard]] Mark key_mark(std::string_view key) const;
    [[nodiscard]] Mark mark() const { return node_->mark; }
    [[nodiscard]] DiagnosticSink& findings() const { return *findings_; }

private:
    const YamlNode* node_;
    const KeyGroup* group_;
    DiagnosticSink* findings_;
};

/// Returns whether the node is a `=name` that no parameter has replaced. It was reported when it
/// was looked up, and is not reported again.
bool unfilled(const YamlNode& node);

bool is_id(std::string_view text);
bool is_field_name(std::string_view text);

/// `what` is the noun for messages: "the step's name".
bool check_id(std::string_view text, Mark mark, std::string_view what, DiagnosticSink& findings);

std::optional<std::string> read_text(const YamlNode& node, std::string_view what,
                                     DiagnosticSink& findings);
std::optional<std::string> read_id(const YamlNode& node, std::string_view what,
                                   DiagnosticSink& findings);
std::optional<Title> read_title(const YamlNode& node, DiagnosticSink& findings);
std::optional<bool> read_boolean(const YamlNode& node, std::string_view what,
                                 DiagnosticSink& findings);
std::optional<std::int64_t> read_whole(const YamlNode& node, std::string_view what,
                                       std::int64_t low, std::int64_t high,
                                       DiagnosticSink& findings);
/// Reads a limit that is not in working hours, which are allowed only in steps.
std::optional<Limit> read_limit(const YamlNode& node, DiagnosticSink& findings);
std::optional<Limit> read_step_limit(const YamlNode& node, DiagnosticSink& findings);
std::optional<Date> read_date(const YamlNode& node, std::string_view what,
                              DiagnosticSink& findings);
/// Reads a FEEL text. The compiler checks it.
std::optional<ExpressionText> read_expression(const YamlNode& node, std::string_view what,
                                              DiagnosticSink& findings);
std::optional<Target> read_target(const YamlNode& node, DiagnosticSink& findings);
/// Returns the index of the word among `words`.
std::optional<std::size_t> read_word(const YamlNode& node, std::string_view what,
                                     std::span<const std::string_view> words,
                                     DiagnosticSink& findings);
/// Returns the entries of a list. If `single` is set, a single scalar counts as a list of one
/// entry.
std::vector<const YamlNode*> read_list(const YamlNode& node, std::string_view what,
                                       DiagnosticSink& findings, bool single = false);
/// Returns a list of distinct texts.
std::vector<std::string> read_texts_list(const YamlNode& node, std::string_view what,
                                         DiagnosticSink& findings, bool single = false);
/// Returns the place of the entry `text` in a list, or in the lists that it contains.
Mark entry_mark(const YamlNode& list, std::string_view text);
/// Returns the entries of a mapping with free keys. Reports a node that is not a mapping or is
/// empty.
std::span<const YamlNode::Entry> read_entries(const YamlNode& node, std::string_view what,
                                              DiagnosticSink& findings);

/// Reads `5 workdays`, `60 days`, `2 hours`, `30 minutes`, `2 working hours`, `P10D` or `PT2H`. If
/// it returns no value, `why` contains the reason.
std::optional<Limit> parse_limit(std::string_view text, std::string& why);

/// Returns "did you mean `review`?", or an empty text if there is no near name.
std::string suggestion(std::string_view given, std::span<const std::string> known,
                       const DiagnosticSink& findings);

}  // namespace workflow::definition
