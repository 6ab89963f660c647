#include "diagnostics.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace workflow::inline v0 {

namespace {

// A hostile text can contain a million mistakes. Nobody reads more than these.
constexpr std::size_t kept = 2000;
// Longer lines are not shown: a one-line text would be copied into every finding.
constexpr std::size_t shown_line = 1000;

const FindingKind& kind_of(std::string_view name) {
    for (const FindingKind& kind : finding_kinds()) {
        if (kind.name == name) return kind;
    }
    throw std::logic_error("no such kind of finding: " + std::string(name));
}

auto order_of(const Diagnostic& finding) {
    return std::tie(finding.span.file, finding.span.line, finding.span.column, finding.code,
                    finding.message);
}

/// Decodes valid UTF-8 into code points.
std::u32string decode(std::string_view text) {
    std::u32string points;
    for (const char byte : text) {
        const auto value = static_cast<unsigned char>(byte);
        if ((value & 0xC0U) == 0x80U && !points.empty())
            points.back() = points.back() << 6U | (value & 0x3FU);
        else
            points.push_back(value < 0x80 ? value : value < 0xE0 ? value & 0x1FU : value & 0x0FU);
    }
    return points;
}

/// Returns the Damerau-Levenshtein distance (optimal string alignment), or `limit + 1` for anything
/// larger.
std::size_t distance(const std::u32string& a, const std::u32string& b, std::size_t limit) {
    if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return limit + 1;
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min(
                {last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

constexpr std::string_view asks = "did you mean ";

/// Returns the name that `hint` suggests in place of `word`: a bare name, or a quoted text. Returns
/// nullopt where the mark covers more than the word.
std::optional<std::string> replacement_of(std::string_view hint, std::string_view word) {
    if (!hint.starts_with(asks) || !hint.ends_with("?") || hint.size() < asks.size() + 4) return {};
    hint = hint.substr(asks.size(), hint.size() - asks.size() - 1);
    if (hint.front() != hint.back()) return {};
    const auto name = hint.substr(1, hint.size() - 2);
    if (hint.front() == '`' && name.find('`') == std::string_view::npos) hint = name;
    if (word.empty() || word.find_first_of(" \t\r\n") != std::string_view::npos) return {};
    const std::vector<std::string> only{std::string(hint)};
    return nearest(word, only);
}

}  // namespace

Diagnostic& DiagnosticSink::add(std::string_view name, Mark mark, std::string message,
                                std::string hint) {
    const FindingKind& kind = kind_of(name);
    if (kind.severity == Severity::error) ++errors_;
    if (kind.severity == Severity::warning) ++warnings_;
    if (list_.size() >= kept) {
        ++left_out_;
        beyond_ = {};
        return beyond_;
    }
    Diagnostic& finding = list_.emplace_back();
    finding.code = kind.code;
    finding.severity = kind.severity;
    finding.span = sources_->span(mark);
    finding.message = std::move(message);
    finding.hint = std::move(hint);
    if (finding.span.line > 0) {
        const std::string_view line = sources_->at(mark.source).line(finding.span.line);
        // Invalid UTF-8 must not reach any output.
        if (line.size() <= shown_line && first_invalid_utf8(line) == std::string_view::npos) {
            finding.source_line = line;
            const auto whole = sources_->at(mark.source).text();
            const auto begin = std::min<std::size_t>(mark.begin, whole.size());
            if (mark.end > begin && mark.end - begin <= shown_line)
                finding.replacement =
                    replacement_of(finding.hint, whole.substr(begin, mark.end - begin));
        }
    }
    return finding;
}

void DiagnosticSink::relate(Diagnostic& finding, Mark mark, std::string message) const {
    finding.related.push_back({sources_->span(mark), std::move(message)});
}

bool DiagnosticSink::has_errors() const {
    return errors_ > 0;
}
bool DiagnosticSink::full() const {
    return list_.size() >= kept;
}
std::size_t DiagnosticSink::errors() const {
    return errors_;
}
std::size_t DiagnosticSink::warnings() const {
    return warnings_;
}

std::vector<Diagnostic> DiagnosticSink::take(std::size_t limit) {
    std::vector<Diagnostic> all = std::exchange(list_, {});
    std::size_t more = std::exchange(left_out_, 0);
    errors_ = warnings_ = 0;
    std::stable_sort(all.begin(), all.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return order_of(a) < order_of(b);
    });
    all.erase(std::unique(all.begin(), all.end(),
                          [](const Diagnostic& a, const Diagnostic& b) {
                              return order_of(a) == order_of(b);
                          }),
              all.end());
    if (all.size() > limit) {
        more += all.size() - limit;
        all.resize(limit);
    }
    if (more > 0) {
        Diagnostic rest;
        rest.code = kind_of("more-findings").code;
        rest.severity = Severity::note;
        if (!all.empty()) rest.span.file = all.back().span.file;
        rest.message = fmt::format("{} more findings are not shown", more);
        all.push_back(std::move(rest));
    }
    return all;
}

std::optional<std::string> nearest(std::string_view given, std::span<const std::string> known) {
    const std::u32string wanted = decode(given.substr(0, 200));
    const std::size_t limit = std::max<std::size_t>(1, wanted.size() / 3);
    std::optional<std::string> best;
    std::size_t best_distance = limit + 1;
    for (const std::string& name : known) {
        const std::u32string points = decode(name);
        const std::size_t found = distance(wanted, points, limit);
        // A one-letter name is near to every other one.
        if (found < best_distance && found < std::max(wanted.size(), points.size())) {
            best_distance = found;
            best = name;
        }
    }
    return best;
}

std::string did_you_mean(const std::optional<std::string>& near) {
    return near ? fmt::format("{}`{}`?", asks, *near) : std::string();
}

}  // namespace workflow::inline v0
