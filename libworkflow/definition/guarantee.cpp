#include "guarantee.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "readers.hpp"

namespace workflow::definition {
namespace {

struct Row {
    std::string_view name;
    Template holds;
    std::size_t least, most;  ///< number of activities
    std::string_view words;   ///< with {0}, {1} for the activities, {2} for the count
};
constexpr std::size_t several = 16;
constexpr std::array rows{
    Row{"existence", Template::existence, 1, 1, "{0} occurs at least {2} in every case"},
    Row{"absence", Template::absence, 1, 1, "{0} occurs less often than {2} in every case"},
    Row{"exactly", Template::exactly, 1, 1, "{0} occurs exactly {2} in every case"},
    Row{"init", Template::init, 1, 1, "every case begins with {0}"},
    Row{"last", Template::last, 1, 1, "every case ends with {0}"},
    Row{"responded existence", Template::responded_existence, 2, 2,
        "if {0} occurs, {1} occurs as well, before or after it"},
    Row{"co-existence", Template::co_existence, 2, 2, "{0} and {1} both occur or neither occurs"},
    Row{"response", Template::response, 2, 2, "after {0}, {1} follows"},
    Row{"precedence", Template::precedence, 2, 2, "before {1}, {0} has occurred"},
    Row{"succession", Template::succession, 2, 2, "after {0}, {1} follows, and never without it"},
    Row{"alternate response", Template::alternate_response, 2, 2,
        "after {0}, {1} follows before {0} occurs again"},
    Row{"alternate precedence", Template::alternate_precedence, 2, 2,
        "before each {1}, {0} has occurred since the previous {1}"},
    Row{"alternate succession", Template::alternate_succession, 2, 2, "{0} and {1} alternate"},
    Row{"chain response", Template::chain_response, 2, 2, "immediately after {0}, {1} follows"},
    Row{"chain precedence", Template::chain_precedence, 2, 2,
        "immediately before {1}, {0} has occurred"},
    Row{"chain succession", Template::chain_succession, 2, 2,
        "{0} and {1} occur immediately after each other, never alone"},
    Row{"not co-existence", Template::not_co_existence, 2, 2,
        "{0} and {1} never occur in one case"},
    Row{"not succession", Template::not_succession, 2, 2, "after {0}, {1} never occurs"},
    Row{"not chain succession", Template::not_chain_succession, 2, 2,
        "{1} never occurs immediately after {0}"},
    Row{"choice", Template::choice, 2, 2, "{0} or {1} occurs in every case"},
    Row{"exclusive choice", Template::exclusive_choice, 2, 2,
        "{0} or {1} occurs in every case, but not both"},
    Row{"separated", Template::separated, 2, several,
        "no officer performs two of them in one case"},
    Row{"reasoned", Template::reasoned, 1, several,
        "it never occurs without a reason; a rule counts as a reason"},
};

const Row& row_of(Template holds) {
    return *std::find_if(rows.begin(), rows.end(),
                         [&](const Row& row) { return row.holds == holds; });
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

std::optional<EndKind> end_called(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(EndKind::lapsed); ++i) {
        std::string word(to_string(static_cast<EndKind>(i)));
        std::replace(word.begin(), word.end(), '_', ' ');
        if (word == name) return static_cast<EndKind>(i);
    }
    return {};
}

class Reading {
public:
    Reading(const YamlNode& node, DiagnosticSink& findings) : node_(node), findings_(findings) {}

    std::optional<Guarantee> read() {
        Guarantee guarantee;
        guarantee.text = node_.text;
        guarantee.mark = node_.mark;
        const std::string_view text = trimmed(node_.text);
        const auto open = text.find('(');
        if (open == std::string_view::npos || text.back() != ')')
            return wrong(
                fmt::format("`{}` is not a guarantee", text),
                "write a template with its activities, such as response(intake.accept, end)");
        const auto name = trimmed(text.substr(0, open));
        const auto row = std::find_if(rows.begin(), rows.end(),
                                      [&](const Row& known) { return known.name == name; });
        if (row == rows.end()) {
            std::vector<std::string> known;
            for (const auto& one : rows) known.emplace_back(one.name);
            return wrong(fmt::format("there is no template `{}`", name),
                         suggestion(name, known, findings_));
        }
        guarantee.holds = row->holds;
        auto parts = split(text.substr(open + 1, text.size() - open - 2));
        const bool counted = row->holds == Template::existence || row->holds == Template::absence ||
                             row->holds == Template::exactly;
        if (counted && parts.size() == 2 && !read_count(parts, guarantee)) return {};
        if (parts.size() < row->least || parts.size() > row->most)
            return wrong(
                fmt::format("`{}` takes {} activities, not {}", name,
                            row->most == row->least ? std::to_string(row->least)
                                                    : fmt::format("{} or more", row->least),
                            parts.size()),
                row->least == 1 ? "" : "separate the activities with commas");
        for (const auto part : parts) {
            auto activity = read_activity(part);
            if (!activity) return {};
            guarantee.activities.push_back(std::move(*activity));
        }
        return guarantee;
    }

private:
    std::optional<Guarantee> wrong(std::string message, std::string hint) {
        findings_.add("bad-guarantee", node_.mark, std::move(message), std::move(hint));
        return {};
    }

    static std::vector<std::string_view> split(std::string_view text) {
        std::vector<std::string_view> parts;
        while (true) {
            const auto comma = text.find(',');
            parts.push_back(trimmed(text.substr(0, comma)));
            if (comma == std::string_view::npos) return parts;
            text.remove_prefix(comma + 1);
        }
    }

    /// Reads the count of `absence(2, intake.supplement)`, which is the first part.
    bool read_count(std::vector<std::string_view>& parts, Guarantee& guarantee) {
        constexpr unsigned most = 9;
        const auto word = parts.front();
        const auto behind = word.data() + word.size();
        const auto [last, trouble] = std::from_chars(word.data(), behind, guarantee.count);
        if (trouble != std::errc() || last != behind || guarantee.count < 1 ||
            guarantee.count > most) {
            wrong(fmt::format("`{}` is not a valid number of times", word),
                  "write a number from 1 to 9");
            return false;
        }
        parts.erase(parts.begin());
        return true;
    }

    std::optional<Activity> read_activity(std::string_view text) {
        Activity activity;
        activity.text = std::string(text);
        if (text == "end") return activity;
        if (text == "accepted" || text == "decided") {
            activity.kind = text == "accepted" ? Activity::Kind::accepted : Activity::Kind::decided;
            return activity;
        }
        if (text.starts_with("end ")) {
            activity.end = end_called(trimmed(text.substr(4)));
            if (activity.end) return activity;
            wrong(fmt::format("`{}` is not a kind of end", trimmed(text.substr(4))),
                  "use one of: granted, refused, not accepted, withdrawn, answered, lapsed");
            return {};
        }
        const bool duty = text.starts_with("duty ");
        if (duty) text = trimmed(text.substr(5));
        const auto dot = text.rfind('.');
        activity.kind = duty                            ? Activity::Kind::duty
                        : dot == std::string_view::npos ? Activity::Kind::step
                                                        : Activity::Kind::outcome;
        activity.name = std::string(duty ? text : text.substr(0, dot));
        if (activity.kind == Activity::Kind::outcome) activity.outcome = text.substr(dot + 1);
        if (is_id(activity.name) &&
            (activity.kind != Activity::Kind::outcome || is_id(activity.outcome)))
            return activity;
        wrong(fmt::format("`{}` is not an activity", activity.text),
              "name a step, STEP.OUTCOME, `duty NAME`, `accepted`, `decided`, `end` or `end KIND`");
        return {};
    }

    const YamlNode& node_;
    DiagnosticSink& findings_;
};

std::string times(unsigned count) {
    return count == 1 ? "once" : count == 2 ? "twice" : fmt::format("{} times", count);
}

}  // namespace

std::string in_words(const Guarantee& guarantee) {
    const auto named = [&](std::size_t i) {
        return i < guarantee.activities.size() ? "`" + guarantee.activities[i].text + "`"
                                               : std::string();
    };
    return fmt::format(fmt::runtime(row_of(guarantee.holds).words), named(0), named(1),
                       times(guarantee.count));
}

std::vector<Guarantee> read_guarantees(const YamlNode& node, DiagnosticSink& findings) {
    std::vector<Guarantee> guarantees;
    for (const YamlNode* entry : read_list(node, "`guarantees`", findings)) {
        if (!read_text(*entry, "a guarantee", findings)) continue;
        if (auto guarantee = Reading(*entry, findings).read())
            guarantees.push_back(std::move(*guarantee));
    }
    return guarantees;
}

}  // namespace workflow::definition
