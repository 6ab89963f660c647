#include "readers.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include <fmt/format.h>

namespace workflow::definition {

namespace {

bool lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr std::size_t longest_id = 100;

/// Returns whether the node is a text; reports a list or mapping.
bool scalar(const YamlNode& node, std::string_view what, DiagnosticSink& findings) {
    if (node.kind == YamlNode::Kind::scalar) return true;
    findings.add("wrong-type", node.mark,
                 fmt::format("{} must be a text, not a {}", what,
                             node.kind == YamlNode::Kind::mapping ? "mapping" : "list"));
    return false;
}

}  // namespace

std::string shortened(std::string_view text) {
    if (text.size() <= 80) return std::string(text);
    std::size_t end = 77;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return std::string(text.substr(0, end)) + "...";
}

bool unfilled(const YamlNode& node) {
    return node.kind == YamlNode::Kind::scalar && node.plain && node.text.starts_with('=');
}

std::string suggestion(std::string_view given, std::span<const std::string> known,
                       const DiagnosticSink& findings) {
    // comparing all pairs, a malicious text could take minutes
    constexpr std::size_t compared = 500;
    if (findings.full() || known.size() > compared) return {};
    const auto near = nearest(given, known);
    return did_you_mean(near);
}

bool is_id(std::string_view text) {
    if (text.empty() || text.size() > longest_id || !lower(text.front())) return false;
    char before = 'a';
    for (const char c : text) {
        const bool separator = c == '-' || c == '.' || c == '_';
        if (!lower(c) && !digit(c) && !separator) return false;
        if (separator && !lower(before) && !digit(before)) return false;
        before = c;
    }
    return lower(before) || digit(before);
}

bool is_field_name(std::string_view text) {
    static const std::unordered_set<std::string_view> words{
        "and",      "between", "else",      "every",    "external", "false", "for",
        "function", "if",      "in",        "instance", "not",      "null",  "of",
        "or",       "return",  "satisfies", "some",     "then",     "true"};
    if (text.empty() || text.size() > longest_id || words.contains(text)) return false;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (lower(c) || (c >= 'A' && c <= 'Z') || c == '_' || (i > 0 && digit(c))) {
            ++i;
            continue;
        }
        // U+4E00 to U+9FFF
        const std::string_view three = text.substr(i, 3);
        if (three.size() < 3 || three < "\xE4\xB8\x80" || three > "\xE9\xBF\xBF") return false;
        i += 3;
    }
    return true;
}

bool check_id(std::string_view text, Mark mark, std::string_view what, DiagnosticSink& findings) {
    if (is_id(text)) return true;
    findings.add("bad-id", mark, fmt::format("`{}` cannot be {}", shortened(text), what),
                 "use lower-case letters and digits, joined by single `-`, `.` or `_`, and begin "
                 "with a letter");
    return false;
}

std::optional<std::string> read_text(const YamlNode& node, std::string_view what,
                                     DiagnosticSink& findings) {
    if (unfilled(node) || !scalar(node, what, findings)) return std::nullopt;
    if (node.text.empty()) {
        findings.add("missing-key", node.mark, fmt::format("{} is empty", what));
        return std::nullopt;
    }
    return node.text;
}

std::optional<std::string> read_id(const YamlNode& node, std::string_view what,
                                   DiagnosticSink& findings) {
    auto text = read_text(node, what, findings);
    if (!text || !check_id(*text, node.mark, what, findings)) return std::nullopt;
    return text;
}

std::optional<Title> read_title(const YamlNode& node, DiagnosticSink& findings) {
    if (node.kind != YamlNode::Kind::mapping) {
        auto text = read_text(node, "a title", findings);
        if (!text) return std::nullopt;
        return Title{std::move(*text), {}};
    }
    const Form form(node, "title", findings);
    Title title;
    if (const auto* zh = form.find("zh"))
        title.zh = read_text(*zh, "a title", findings).value_or("");
    if (const auto* en = form.find("en"))
        title.en = read_text(*en, "a title", findings).value_or("");
    if (title.zh.empty() && title.en.empty()) {
        if (node.entries.empty())
            findings.add("missing-key", node.mark, "a title needs `zh` or `en`");
        return std::nullopt;
    }
    return title;
}

std::optional<bool> read_boolean(const YamlNode& node, std::string_view what,
                                 DiagnosticSink& findings) {
    if (unfilled(node) || !scalar(node, what, findings)) return std::nullopt;
    if (node.plain && node.text == "true") return true;
    if (node.plain && node.text == "false") return false;
    findings.add("bad-boolean", node.mark,
                 fmt::format("{} must be true or false, not `{}`", what, shortened(node.text)),
                 "write true or false, in lower case and without quotes");
    return std::nullopt;
}

std::optional<std::int64_t> read_whole(const YamlNode& node, std::string_view what,
                                       std::int64_t low, std::int64_t high,
                                       DiagnosticSink& findings) {
    if (unfilled(node) || !scalar(node, what, findings)) return std::nullopt;
    const std::string& text = node.text;
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool zeros = text.size() > 1 && text.front() == '0';
    if (problem != std::errc{} || end != text.data() + text.size() || zeros || value < low ||
        value > high) {
        findings.add("bad-number", node.mark,
                     fmt::format("{} must be a whole number from {} to {}, not `{}`", what, low,
                                 high, shortened(text)));
        return std::nullopt;
    }
    return value;
}

std::optional<Limit> parse_limit(std::string_view text, std::string& why) {
    const std::string_view original = text;
    const auto amount = [&](std::int64_t most) -> std::optional<std::int32_t> {
        std::int32_t value = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (text.empty() || !digit(text.front()) || problem != std::errc{} || value < 1 ||
            value > most)
            return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        return value;
    };
    constexpr std::int64_t most_days = 36'600,
                           most_minutes = 5'270'400;  // a hundred years, ten years
    why = "write an amount and its unit: `5 workdays`, `60 days`, `2 hours`, `30 minutes`";
    if (text.starts_with("P")) {
        const bool time = text.starts_with("PT");
        text.remove_prefix(time ? 2 : 1);
        const auto value = amount(time ? most_minutes : most_days);
        if (!value) return std::nullopt;
        if (!time && text == "D") return Limit{*value, LimitUnit::days};
        if (time && text == "H" && *value <= most_minutes / 60)
            return Limit{*value * 60, LimitUnit::minutes};
        if (time && text == "M") return Limit{*value, LimitUnit::minutes};
        why = "write an ISO duration in whole days (`P10D`), hours (`PT2H`) or minutes (`PT30M`)";
        return std::nullopt;
    }
    const auto value = amount(most_minutes);
    if (!value) {
        if (!original.empty() && digit(original.front()))
            why = "write a whole number from 1; the longest limit is a hundred years";
        return std::nullopt;
    }
    if (!text.starts_with(' ')) return std::nullopt;
    while (text.starts_with(' ')) text.remove_prefix(1);
    const bool days = *value <= most_days;
    if (days && (text == "workdays" || text == "workday"))
        return Limit{*value, LimitUnit::workdays};
    if (days && (text == "days" || text == "day")) return Limit{*value, LimitUnit::days};
    if (*value <= most_minutes / 60 && (text == "hours" || text == "hour"))
        return Limit{*value * 60, LimitUnit::minutes};
    if (text == "minutes" || text == "minute") return Limit{*value, LimitUnit::minutes};
    // the time for which a hall is open in about five years
    constexpr std::int32_t most_working = 600'000;
    if (*value <= most_working / 60 && (text == "working hours" || text == "working hour"))
        return Limit{*value * 60, LimitUnit::working_minutes};
    if (*value <= most_working && (text == "working minutes" || text == "working minute"))
        return Limit{*value, LimitUnit::working_minutes};
    static const std::vector<std::string> units{
        "workdays",     "workday",         "days",
        "day",          "hours",           "hour",
        "minutes",      "minute",          "working hours",
        "working hour", "working minutes", "working minute"};
    if (std::find(units.begin(), units.end(), text) != units.end())
        why =
            "shorten it: the longest limits are a hundred years in days, ten years in minutes and "
            "10,000 working hours";
    else if (const auto near = nearest(text, units))
        why = did_you_mean(near);
    return std::nullopt;
}

std::optional<Limit> read_step_limit(const YamlNode& node, DiagnosticSink& findings) {
    if (unfilled(node) || !scalar(node, "a limit", findings)) return std::nullopt;
    std::string why;
    auto limit = parse_limit(node.text, why);
    if (!limit)
        findings.add("bad-limit", node.mark,
                     fmt::format("`{}` is not a limit", shortened(node.text)), why);
    return limit;
}

std::optional<Limit> read_limit(const YamlNode& node, DiagnosticSink& findings) {
    const auto limit = read_step_limit(node, findings);
    if (!limit || limit->unit != LimitUnit::working_minutes) return limit;
    findings.add("bad-limit", node.mark,
                 "working hours are allowed only in limits of steps and in waits",
                 "give this limit in workdays or days");
    return std::nullopt;
}

std::optional<Date> read_date(const YamlNode& node, std::string_view what,
                              DiagnosticSink& findings) {
    if (unfilled(node) || !scalar(node, what, findings)) return std::nullopt;
    auto date = parse_date(node.text);
    if (!date) {
        findings.add(
            "bad-date", node.mark,
            fmt::format("{} must be an existing day, not `{}`", what, shortened(node.text)),
            "write year-month-day, as in 2026-03-02");
    }
    return date;
}

std::optional<ExpressionText> read_expression(const YamlNode& node, std::string_view what,
                                              DiagnosticSink& findings) {
    if (unfilled(node)) return std::nullopt;
    if (node.kind != YamlNode::Kind::scalar) {
        findings.add("wrong-type", node.mark,
                     fmt::format("{} must be a FEEL expression, not a {}", what,
                                 node.kind == YamlNode::Kind::mapping ? "mapping" : "list"),
                     "put an expression that begins with a bracket or brace in quotes");
        return std::nullopt;
    }
    auto text = read_text(node, what, findings);
    if (!text) return std::nullopt;
    return ExpressionText{std::move(*text), node.mark};
}

std::optional<Target> read_target(const YamlNode& node, DiagnosticSink& findings) {
    auto text = read_id(node, "the name of a step", findings);
    if (!text) return std::nullopt;
    return Target{StepId(std::move(*text)), node.mark};
}

std::optional<std::size_t> read_word(const YamlNode& node, std::string_view what,
                                     std::span<const std::string_view> words,
                                     DiagnosticSink& findings) {
    if (unfilled(node) || !scalar(node, what, findings)) return std::nullopt;
    const auto found = std::find(words.begin(), words.end(), node.text);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    const std::vector<std::string> known(words.begin(), words.end());
    std::string hint = suggestion(node.text, known, findings);
    if (hint.empty()) hint = fmt::format("use one of: {}", fmt::join(words, ", "));
    findings.add("unknown-word", node.mark,
                 fmt::format("{} cannot be `{}`", what, shortened(node.text)), std::move(hint));
    return std::nullopt;
}

std::vector<const YamlNode*> read_list(const YamlNode& node, std::string_view what,
                                       DiagnosticSink& findings, bool single) {
    std::vector<const YamlNode*> list;
    if (node.kind == YamlNode::Kind::sequence) {
        for (const YamlNode& entry : node.items) list.push_back(&entry);
    } else if (single && node.kind == YamlNode::Kind::scalar) {
        list.push_back(&node);
    } else if (!unfilled(node)) {
        findings.add("wrong-type", node.mark, fmt::format("{} must be a list", what),
                     node.kind == YamlNode::Kind::scalar
                         ? fmt::format("write [{}]", shortened(node.text))
                         : std::string());
    }
    return list;
}

std::vector<std::string> read_texts_list(const YamlNode& node, std::string_view what,
                                         DiagnosticSink& findings, bool single) {
    std::vector<std::string> texts;
    std::unordered_set<std::string_view> seen;
    for (const YamlNode* entry : read_list(node, what, findings, single)) {
        auto text = read_text(*entry, fmt::format("an entry of {}", what), findings);
        if (!text) continue;
        if (!seen.insert(entry->text).second) {
            findings.add("listed-twice", entry->mark,
                         fmt::format("`{}` is listed twice", shortened(*text)), "delete one");
            continue;
        }
        texts.push_back(std::move(*text));
    }
    return texts;
}

Mark entry_mark(const YamlNode& list, std::string_view text) {
    for (const YamlNode& item : list.items) {
        if (item.kind == YamlNode::Kind::scalar && item.text == text) return item.mark;
        if (item.kind != YamlNode::Kind::sequence) continue;
        for (const YamlNode& inner : item.items) {
            if (inner.text == text) return inner.mark;
        }
    }
    return list.mark;
}

std::span<const YamlNode::Entry> read_entries(const YamlNode& node, std::string_view what,
                                              DiagnosticSink& findings) {
    if (node.kind != YamlNode::Kind::mapping) {
        if (!unfilled(node)) {
            findings.add("wrong-type", node.mark,
                         fmt::format("{} must be a mapping from names to values", what));
        }
        return {};
    }
    if (node.entries.empty())
        findings.add("nothing-listed", node.mark, fmt::format("{} is empty", what),
                     "delete the key or add an entry");
    return node.entries;
}

Form::Form(const YamlNode& node, std::string_view group, DiagnosticSink& findings,
           std::string_view second_group)
    : Form(node, key_group(group), findings,
           second_group.empty() ? nullptr : &key_group(second_group)) {}

Form::Form(const YamlNode& node, const KeyGroup& group, DiagnosticSink& findings,
           const KeyGroup* second)
    : node_(&node), group_(&group), findings_(&findings) {
    if (!is_mapping()) {
        if (!unfilled(node)) {
            findings.add("wrong-type", node.mark,
                         fmt::format("{} must be a mapping with keys, not a {}", group_->noun,
                                     node.kind == YamlNode::Kind::scalar ? "text" : "list"));
        }
        return;
    }
    const auto has = [](const KeyGroup* rows, std::string_view key) {
        return rows && std::any_of(rows->rows.begin(), rows->rows.end(),
                                   [&](const KeyRow& row) { return row.key == key; });
    };
    // In these mappings `~` removes an inherited key.
    const bool inherits = node.find("based on") || (group.name == "item" && node.find("process"));
    std::vector<std::string> known;
    for (const YamlNode::Entry& entry : node.entries) {
        if (has(group_, entry.key) || has(second, entry.key)) {
            if (entry.value.empty() && (!inherits || entry.value.text.empty())) {
                findings.add("missing-key", entry.key_mark,
                             fmt::format("`{}` has no value", entry.key),
                             "give it a value or delete the key");
            }
            continue;
        }
        if (known.empty()) {
            for (const KeyRow& row : group_->rows) known.emplace_back(row.key);
            if (second) {
                for (const KeyRow& row : second->rows) known.emplace_back(row.key);
            }
        }
        std::string hint = suggestion(entry.key, known, findings);
        if (hint.empty()) hint = fmt::format("use one of its keys: {}", fmt::join(known, ", "));
        findings.add("unknown-key", entry.key_mark,
                     fmt::format("{} has no key `{}`", group_->noun, shortened(entry.key)),
                     std::move(hint));
    }
}

const YamlNode* Form::find(std::string_view key) const {
    const YamlNode* node = is_mapping() ? node_->find(key) : nullptr;
    return node && !node->empty() ? node : nullptr;
}

const YamlNode* Form::require(std::string_view key) const {
    const YamlNode* node = is_mapping() ? node_->find(key) : nullptr;
    if (node && !node->empty()) return node;
    // A key without a value was reported with the form.
    if (is_mapping() && !node) {
        findings_->add("missing-key", node_->mark, fmt::format("{} needs `{}`", group_->noun, key));
    }
    return nullptr;
}

Mark Form::key_mark(std::string_view key) const {
    for (const YamlNode::Entry& entry : node_->entries) {
        if (entry.key == key) return entry.key_mark;
    }
    return node_->mark;
}

}  // namespace workflow::definition
