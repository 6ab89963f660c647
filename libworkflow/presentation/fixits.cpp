#include "fixits.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>

namespace workflow::presentation {
namespace {

/// The maximum number of rounds, since one replacement may uncover the next; more of them indicate
/// an error.
constexpr int most_rounds = 50;

/// Converts a line and column, in characters, to a byte offset.
std::optional<std::size_t> byte_at(std::string_view text, std::uint32_t line,
                                   std::uint32_t column) {
    std::size_t at = 0;
    for (std::uint32_t i = 1; i < line; ++i) {
        at = text.find('\n', at);
        if (at == std::string_view::npos) return {};
        ++at;
    }
    const auto is_inside = [&](std::size_t byte) {
        return (static_cast<unsigned char>(text[byte]) & 0xC0U) == 0x80U;
    };
    for (std::uint32_t i = 1; i < column; ++i) {
        if (at >= text.size() || text[at] == '\n') return {};
        for (++at; at < text.size() && is_inside(at); ++at) {
        }
    }
    return at;
}

class Fixing {
public:
    Fixing(std::vector<Catalog::Text>& texts,
           const std::function<bool(const std::string&)>& may_change)
        : texts_(texts), may_change_(may_change) {}

    std::vector<AppliedFix> run() {
        auto told = Catalog::load(texts_).diagnostics;
        const auto known = errors_of(told);
        // All at once, since a second mistake may be hidden behind the first one.
        const auto kept = texts_;
        std::vector<AppliedFix> done;
        auto now = told;
        for (int round = 0; round < most_rounds; ++round) {
            const auto before = done.size();
            replace_all(now, done);
            if (done.size() == before) break;
            now = Catalog::load(texts_).diagnostics;
        }
        if (adds_nothing(now, known)) return done;
        texts_ = kept;
        return one_by_one(std::move(told));
    }

private:
    using Diagnostics = std::vector<Diagnostic>;
    using Errors = std::multiset<std::tuple<std::string, std::string, std::string>>;

    /// Ignores lines and columns, which replacements move; compares the messages.
    static Errors errors_of(const Diagnostics& told) {
        Errors errors;
        for (const auto& one : told)
            if (one.severity == Severity::error)
                errors.emplace(one.span.file, one.code, one.message);
        return errors;
    }
    static bool adds_nothing(const Diagnostics& told, const Errors& known) {
        const auto now = errors_of(told);
        return std::includes(known.begin(), known.end(), now.begin(), now.end());
    }

    std::optional<AppliedFix> replace(const Diagnostic& finding) {
        const auto& span = finding.span;
        if (!finding.replacement || span.line == 0 || span.line != span.end_line ||
            !may_change_(span.file))
            return {};
        for (auto& text : texts_) {
            if (text.path != span.file) continue;
            const auto begin = byte_at(text.content, span.line, span.column);
            const auto end = byte_at(text.content, span.end_line, span.end_column);
            if (!begin || !end || *begin >= *end) return {};
            AppliedFix fixed{span.file, span.line, span.column,
                             text.content.substr(*begin, *end - *begin), *finding.replacement};
            text.content.replace(*begin, *end - *begin, *finding.replacement);
            return fixed;
        }
        return {};
    }

    void replace_all(const Diagnostics& told, std::vector<AppliedFix>& done) {
        // From the end, so that earlier places remain correct; only one replacement for each place.
        std::set<std::tuple<std::string, std::uint32_t, std::uint32_t>> places;
        std::vector<AppliedFix> round;
        for (auto finding = told.rbegin(); finding != told.rend(); ++finding)
            if (finding->replacement &&
                places.emplace(finding->span.file, finding->span.line, finding->span.column).second)
                if (auto fixed = replace(*finding)) round.push_back(std::move(*fixed));
        done.insert(done.end(), round.rbegin(), round.rend());
    }

    std::vector<AppliedFix> one_by_one(Diagnostics told) {
        std::vector<AppliedFix> done;
        std::set<std::tuple<std::string, std::string>> given_up;
        for (std::size_t i = 0; i < told.size();) {
            const auto& finding = told[i++];
            if (given_up.contains({finding.span.file, finding.message})) continue;
            const auto kept = texts_;
            const auto known = errors_of(told);
            const auto fixed = replace(finding);
            if (!fixed) continue;
            auto now = Catalog::load(texts_).diagnostics;
            if (adds_nothing(now, known) && now.size() < told.size()) {
                done.push_back(*fixed);
                told = std::move(now);
                i = 0;
            } else {
                given_up.emplace(finding.span.file, finding.message);
                texts_ = kept;
            }
        }
        return done;
    }

    std::vector<Catalog::Text>& texts_;
    const std::function<bool(const std::string&)>& may_change_;
};

}  // namespace

std::vector<AppliedFix> fix(std::vector<Catalog::Text>& texts,
                            const std::function<bool(const std::string&)>& may_change) {
    return Fixing(texts, may_change).run();
}

}  // namespace workflow::presentation
