#pragma once

/// The applicants' ratings of visits and cases (好差评, R28), using only the trail. A missing
/// rating does not count; ratings that were set aside are counted separately.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <workflow/catalog.hpp>
#include <workflow/ports.hpp>

#include "../compare/compare.hpp"

namespace workflow::report {

/// By the day of the visit, or of the end of a case that was received online.
struct RatingFigures {
    std::uint64_t invited = 0, rated = 0, negative = 0, set_aside = 0;
    std::uint64_t grades = 0;  ///< the sum of those that count

    void add(const RatingFigures& other);
    /// Returns nothing if nobody rated.
    [[nodiscard]] std::optional<double> mean() const;
};

struct RatingRow {
    std::string name;  ///< of the officer, post, window or item
    Month period = all_time;
    RatingFigures figures;
};

/// Cases that follow up negative ratings, by the day on which they were opened.
struct FollowUps {
    std::uint64_t opened = 0, answered = 0, in_time = 0, open = 0, overdue = 0;
};

struct RatingReport {
    std::uint64_t cases = 0, events = 0;
    std::optional<Date> first, last;
    /// By name, then period. `windows` contains only what was done at a window.
    std::vector<RatingRow> officers, posts, windows, items;
    FollowUps follow_ups;
};

/// Reads the whole trail once. Memory grows by some 32 bytes an invitation. Of `options`, only the
/// days, the grain and `progress` are used. Throws StoreError.
RatingReport ratings(const Catalog& catalog, Store& store, const CompareOptions& options);

}  // namespace workflow::report
