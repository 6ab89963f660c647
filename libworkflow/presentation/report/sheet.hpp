#pragma once

/// A comparison as rows and columns, and its findings in words, independent of the format.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <workflow/catalog.hpp>
#include <workflow/values.hpp>

#include "../../report/compare/compare.hpp"
#include "../../report/ratings/ratings.hpp"

namespace workflow::presentation {

/// The unit that determines how a column's numbers are written.
enum class Unit : std::uint8_t { text, count, days, share, mark };

struct SheetColumn {
    std::string key;  ///< in JSON and CSV; never changes
    Title title;
    Unit unit = Unit::count;
};
/// Empty if there is no figure, which differs from zero.
using SheetCell = std::variant<std::monostate, std::string, double>;

struct Sheet {
    std::string name;  ///< officers, items, halls, pools
    Title title;
    std::vector<SheetColumn> columns;
    std::vector<std::vector<SheetCell>> rows;
};

Sheet officers_sheet(const report::Comparison& report, report::Grain by);
Sheet items_sheet(const report::Comparison& report, report::Grain by);
Sheet halls_sheet(const report::Comparison& report, report::Grain by);
Sheet pools_sheet(const report::Comparison& report, report::Grain by);
/// Returns how many draws each officer of a pool should have been given, and how many they were
/// given.
Sheet shares_sheet(const report::Comparison& report, report::Grain by);
/// The subject of ratings.
enum class RatedBy : std::uint8_t { officer, post, window, item };
Sheet ratings_sheet(const report::RatingReport& report, RatedBy who, report::Grain by);

/// Returns the columns in which any row has a figure other than zero; always includes the first
/// one.
std::vector<std::size_t> telling_columns(const Sheet& sheet);

/// Formats a cell for people: days with two decimals, shares in percent; a dash if there is no
/// figure.
std::string text_of(const SheetCell& cell, Unit unit);

/// Describes the findings in one of the languages `zh` and `en`.
class ComparisonWords {
public:
    ComparisonWords(const report::Comparison& report, const report::CompareOptions& options,
                    std::string_view language)
        : report_(report), options_(options), chinese_(language == "zh") {}

    /// Returns the officer, the measure, and the figures of each period.
    [[nodiscard]] std::string flag(const report::Flag& flag) const;
    [[nodiscard]] std::string flag_headline(const report::Flag& flag) const;
    /// Returns the rule by which an officer is flagged, with its thresholds.
    [[nodiscard]] std::string rule() const;
    /// Returns how many could be judged, and how many could not.
    [[nodiscard]] std::string judged() const;
    [[nodiscard]] std::string pool(const report::PoolRow& row) const;
    [[nodiscard]] std::string pool_rule() const;
    [[nodiscard]] std::string share_rule() const;
    [[nodiscard]] std::string lost(const report::LostCase& lost) const;
    [[nodiscard]] std::string lost_rule() const;
    [[nodiscard]] std::string pair(const report::Pair& pair) const;
    [[nodiscard]] std::string pair_rule() const;
    /// Returns the results of the negative ratings.
    [[nodiscard]] std::string follow_ups(const report::FollowUps& all) const;
    [[nodiscard]] std::string rating_rule() const;
    /// Returns how a case ended.
    [[nodiscard]] std::string end(const std::string& status) const;
    [[nodiscard]] std::string pick(std::string_view zh, std::string_view en) const {
        return std::string(chinese_ ? zh : en);
    }

private:
    const report::Comparison& report_;
    const report::CompareOptions& options_;
    bool chinese_;
};

}  // namespace workflow::presentation
