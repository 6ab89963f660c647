#pragma once

/// From nodes to typed values, each mistake at its place. A reader answers nothing when it has made
/// a finding, so that its caller goes on with the next key.

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

/// What an author wrote, for a message: cut, at the end of a character, when it is long.
std::string shortened(std::string_view text);

/// A mapping with the keys of one or two groups of the field table. Making it reports what is no
/// mapping, unknown keys and keys without a value.
class Form {
public:
    Form(const YamlNode& node, std::string_view group, DiagnosticSink& findings,
         std::string_view second_group = {});
    /// With keys that are not the language's (a batch script's).
    Form(const YamlNode& node, const KeyGroup& group, DiagnosticSink& findings,
         const KeyGroup* second_group = nullptr);

    /// The value of a key that the groups have; nullptr when it is not given.
    [[nodiscard]] const YamlNode* find(std::string_view key) const;
    /// The same; its absence is a finding.
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

/// `=name` that no parameter has replaced: reported where it was looked up, and silent here.
bool unfilled(const YamlNode& node);

bool is_id(std::string_view text);
bool is_field_name(std::string_view text);

/// `what` is the noun of messages: "the step's name".
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
/// A limit that is not in working hours, which only steps have.
std::optional<Limit> read_limit(const YamlNode& node, DiagnosticSink& findings);
std::optional<Limit> read_step_limit(const YamlNode& node, DiagnosticSink& findings);
std::optional<Date> read_date(const YamlNode& node, std::string_view what,
                              DiagnosticSink& findings);
/// A FEEL text; whether it is one is for the compiler to say.
std::optional<ExpressionText> read_expression(const YamlNode& node, std::string_view what,
                                              DiagnosticSink& findings);
std::optional<Target> read_target(const YamlNode& node, DiagnosticSink& findings);
/// The index of the word among `words`.
std::optional<std::size_t> read_word(const YamlNode& node, std::string_view what,
                                     std::span<const std::string_view> words,
                                     DiagnosticSink& findings);
/// The entries of a list; a single scalar counts as a list of one where `single` allows it.
std::vector<const YamlNode*> read_list(const YamlNode& node, std::string_view what,
                                       DiagnosticSink& findings, bool single = false);
/// A list of distinct texts.
std::vector<std::string> read_texts_list(const YamlNode& node, std::string_view what,
                                         DiagnosticSink& findings, bool single = false);
/// The place of the entry `text` in a list, or in the lists that it holds.
Mark entry_mark(const YamlNode& list, std::string_view text);
/// The entries of a mapping with free keys; a finding when it is none or is empty.
std::span<const YamlNode::Entry> read_entries(const YamlNode& node, std::string_view what,
                                              DiagnosticSink& findings);

/// `5 workdays`, `60 days`, `2 hours`, `30 minutes`, `2 working hours`, `P10D`, `PT2H`; on nothing,
/// `why` says why.
std::optional<Limit> parse_limit(std::string_view text, std::string& why);

/// "did you mean `review`?", or nothing to offer.
std::string suggestion(std::string_view given, std::span<const std::string> known,
                       const DiagnosticSink& findings);

}  // namespace workflow::definition
