#include "analysis.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace workflow::decision {
namespace {

/// The maximum number of regions that the search for gaps examines.
constexpr std::size_t most_regions = 2'000'000;

/// Returns the first segment that two lists of stretches share.
std::optional<std::uint32_t> shared(const std::vector<Stretch>& a, const std::vector<Stretch>& b) {
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        const auto first = std::max(a[i].first, b[j].first);
        if (first <= std::min(a[i].last, b[j].last)) return first;
        if (a[i].last < b[j].last)
            ++i;
        else
            ++j;
    }
    return {};
}

bool holds(const std::vector<Stretch>& outer, const Stretch& inner) {
    return std::any_of(outer.begin(), outer.end(), [&](const Stretch& one) {
        return one.first <= inner.first && inner.last <= one.last;
    });
}

using Region = std::vector<Stretch>;

/// Divides the space where the fewest rules cross the cut, until a rule covers the whole region, or
/// no rule touches it, which is a gap.
class GapSearch {
public:
    GapSearch(const Grid& grid, std::size_t limit) : grid_(grid), limit_(limit) {}

    Gaps run() {
        Region all;
        for (const auto& axis : grid_.axes) {
            if (axis.size() == 0) return std::move(gaps_);
            all.push_back({0, axis.size() - 1});
        }
        std::vector<std::uint32_t> rules(grid_.boxes.size());
        std::iota(rules.begin(), rules.end(), 0U);
        search(all, rules);
        return std::move(gaps_);
    }

private:
    struct Cut {
        std::size_t axis = 0;
        std::uint32_t before = 0;  ///< the first segment of the right side
    };

    void search(Region& region, const std::vector<std::uint32_t>& candidates) {
        if (gaps_.witnesses.size() >= limit_) return;
        if (++regions_ > most_regions) {
            gaps_.complete = false;
            return;
        }
        std::vector<std::uint32_t> rules;
        for (const auto rule : candidates) {
            const auto relation = relate(grid_.boxes[rule], region);
            if (relation == Relation::covers) return;
            if (relation == Relation::touches) rules.push_back(rule);
        }
        if (rules.empty()) {
            std::vector<std::uint32_t> witness;
            for (const auto& side : region) witness.push_back(side.first);
            gaps_.witnesses.push_back(std::move(witness));
            return;
        }
        const auto cut = best_cut(region, rules);
        const auto whole = region[cut.axis];
        region[cut.axis] = {whole.first, cut.before - 1};
        search(region, rules);
        region[cut.axis] = {cut.before, whole.last};
        search(region, rules);
        region[cut.axis] = whole;
    }

    enum class Relation : std::uint8_t { apart, touches, covers };

    static Relation relate(const Box& box, const Region& region) {
        auto relation = Relation::covers;
        for (std::size_t i = 0; i < region.size(); ++i) {
            if (holds(box[i], region[i])) continue;
            const bool touches = std::any_of(box[i].begin(), box[i].end(), [&](const Stretch& one) {
                return one.first <= region[i].last && region[i].first <= one.last;
            });
            if (!touches) return Relation::apart;
            relation = Relation::touches;
        }
        return relation;
    }

    /// Returns a cut at a side of a rule that few rules cross and that divides the rules evenly.
    Cut best_cut(const Region& region, const std::vector<std::uint32_t>& rules) {
        Cut best;
        auto best_cost = static_cast<std::size_t>(-1);
        // Any cut is correct. Of many rules, a sample is sufficient to find a good one.
        constexpr std::size_t sample = 96;
        const auto stride = rules.size() / sample + 1;
        for (std::size_t axis = 0; axis < region.size(); ++axis) {
            begins_.clear();
            ends_.clear();
            const auto& side = region[axis];
            for (std::size_t i = 0; i < rules.size(); i += stride)
                for (const auto& one : grid_.boxes[rules[i]][axis]) {
                    if (one.last < side.first || one.first > side.last) continue;
                    begins_.push_back(std::max(one.first, side.first));
                    ends_.push_back(std::min(one.last, side.last));
                }
            std::sort(begins_.begin(), begins_.end());
            std::sort(ends_.begin(), ends_.end());
            const auto consider = [&](std::uint32_t before) {
                if (before <= side.first || before > side.last) return;
                // Rules that end before the cut are on the left; those that begin at or after it
                // are on the right.
                const auto left = static_cast<std::size_t>(
                    std::lower_bound(ends_.begin(), ends_.end(), before) - ends_.begin());
                const auto right =
                    begins_.size() -
                    static_cast<std::size_t>(
                        std::lower_bound(begins_.begin(), begins_.end(), before) - begins_.begin());
                const auto straddling = begins_.size() - left - right;
                const auto cost = 4 * straddling + (left > right ? left - right : right - left);
                if (cost >= best_cost) return;
                best_cost = cost;
                best = {axis, before};
            };
            for (const auto begin : begins_) consider(begin);
            for (const auto end : ends_) consider(end + 1);
        }
        if (best_cost == static_cast<std::size_t>(-1)) best = any_cut(region, rules);
        return best;
    }

    /// Returns a cut at a side of some rule inside the region. There is one, because no rule covers
    /// the region.
    [[nodiscard]] Cut any_cut(const Region& region, const std::vector<std::uint32_t>& rules) const {
        for (const auto rule : rules)
            for (std::size_t axis = 0; axis < region.size(); ++axis)
                for (const auto& one : grid_.boxes[rule][axis]) {
                    const auto& side = region[axis];
                    if (one.first > side.first && one.first <= side.last) return {axis, one.first};
                    if (one.last >= side.first && one.last < side.last) return {axis, one.last + 1};
                }
        return {};
    }

    const Grid& grid_;
    std::size_t limit_;
    std::size_t regions_ = 0;
    Gaps gaps_;
    std::vector<std::uint32_t> begins_, ends_;
};

}  // namespace

namespace {

/// Finds all boxes that may overlap a box: on each axis, those that begin before it ends and end
/// after it begins. Uses two bitmaps of the boxes for each position of an axis; neighbouring
/// segments share a position if there are many.
class Neighbours {
public:
    explicit Neighbours(const Grid& grid) : grid_(grid), words_((grid.boxes.size() + 63) / 64) {
        for (std::size_t axis = 0; axis < grid.axes.size(); ++axis) add(axis);
    }

    /// Returns the boxes with a higher number that may overlap `box`.
    [[nodiscard]] std::vector<std::uint64_t> of(std::size_t box) const {
        std::vector<std::uint64_t> bits(words_, ~std::uint64_t{0});
        std::fill_n(bits.begin(), box / 64, 0);
        bits[box / 64] &= box % 64 == 63 ? 0 : ~std::uint64_t{0} << (box % 64 + 1);
        for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
            const auto& stretches = grid_.boxes[box][axis];
            if (stretches.empty()) return {};
            const auto& [segments, begun, unfinished] = axes_[axis];
            const auto* begin = &begun[stretches.back().last / segments * words_];
            const auto* end = &unfinished[stretches.front().first / segments * words_];
            for (auto word = box / 64; word < words_; ++word) bits[word] &= begin[word] & end[word];
        }
        return bits;
    }

private:
    struct Places {
        std::uint32_t segments = 1;  ///< the number of segments that share a position
        std::vector<std::uint64_t> begun, unfinished;
    };

    void add(std::size_t axis) {
        constexpr std::uint32_t most = 512;
        const auto size = std::max(grid_.axes[axis].size(), 1U);
        Places places{(size + most - 1) / most, {}, {}};
        const auto count = (size + places.segments - 1) / places.segments;
        places.begun.resize(count * words_);
        places.unfinished.resize(count * words_);
        for (std::size_t box = 0; box < grid_.boxes.size(); ++box) {
            const auto& stretches = grid_.boxes[box][axis];
            if (stretches.empty()) continue;
            const auto bit = std::uint64_t{1} << (box % 64);
            places.begun[stretches.front().first / places.segments * words_ + box / 64] |= bit;
            places.unfinished[stretches.back().last / places.segments * words_ + box / 64] |= bit;
        }
        for (std::size_t i = words_; i < places.begun.size(); ++i)
            places.begun[i] |= places.begun[i - words_];
        for (auto i = places.unfinished.size(); i-- > words_;)
            places.unfinished[i - words_] |= places.unfinished[i];
        axes_.push_back(std::move(places));
    }

    const Grid& grid_;
    std::size_t words_;
    std::vector<Places> axes_;
};

}  // namespace

Grid::Grid(const Cells& cells) {
    for (std::size_t input = 0; input < cells.domains.size(); ++input) {
        std::vector<const Cell*> column;
        for (const auto& rule : cells.rules) column.push_back(&rule[input]);
        axes.emplace_back(cells.domains[input], column);
    }
    known_inputs.assign(axes.size(), true);
    for (const auto& rule : cells.rules) {
        for (std::size_t input = 0; input < rule.size(); ++input)
            if (!rule[input]) known_inputs[input] = false;
        Box box;
        for (std::size_t input = 0; input < rule.size(); ++input)
            box.push_back(axes[input].stretches(rule[input]));
        boxes.push_back(std::move(box));
        known.push_back(std::all_of(rule.begin(), rule.end(),
                                    [](const Cell& cell) { return cell.has_value(); }));
    }
}

std::vector<Overlap> find_overlaps(const Grid& grid, std::size_t limit) {
    std::vector<Overlap> found;
    std::vector<std::uint32_t> witness(grid.axes.size());
    const auto overlap = [&](const Box& a, const Box& b) {
        for (std::size_t i = 0; i < witness.size(); ++i) {
            const auto segment = shared(a[i], b[i]);
            if (!segment) return false;
            witness[i] = *segment;
        }
        return true;
    };
    const Neighbours neighbours(grid);
    for (std::size_t a = 0; a < grid.boxes.size(); ++a) {
        const auto near = neighbours.of(a);
        for (std::size_t word = 0; word < near.size(); ++word)
            for (auto left = near[word]; left != 0; left &= left - 1) {
                const auto b = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
                if (b >= grid.boxes.size() || !overlap(grid.boxes[a], grid.boxes[b])) continue;
                found.push_back({a, b, witness});
                if (found.size() == limit) return found;
            }
    }
    return found;
}

namespace {

/// Returns the number of segments of a box, or of the whole space; no value if it is very large.
template <class Side>
std::optional<unsigned __int128> volume(std::size_t axes, const Side& side) {
    constexpr auto most = ~static_cast<unsigned __int128>(0) >> 33U;
    unsigned __int128 all = 1;
    for (std::size_t axis = 0; axis < axes; ++axis) {
        if (all > most) return {};
        all *= side(axis);
    }
    return all;
}

/// Returns whether boxes that do not overlap fill the space: their volumes add up to its volume.
bool filled(const Grid& grid) {
    const auto space =
        volume(grid.axes.size(), [&](std::size_t axis) { return grid.axes[axis].size(); });
    if (!space) return false;
    unsigned __int128 left = *space;
    for (const auto& box : grid.boxes) {
        const auto one = volume(box.size(), [&](std::size_t axis) {
            std::uint32_t length = 0;
            for (const auto& stretch : box[axis]) length += stretch.last - stretch.first + 1;
            return length;
        });
        if (!one || *one > left) return false;
        left -= *one;
    }
    return left == 0;
}

}  // namespace

Gaps find_gaps(const Grid& grid, std::size_t limit, bool disjoint) {
    if (disjoint && filled(grid)) return {};
    return GapSearch(grid, limit).run();
}

bool covers(const Box& outer, const Box& inner) {
    for (std::size_t i = 0; i < inner.size(); ++i)
        for (const auto& stretch : inner[i])
            if (!holds(outer[i], stretch)) return false;
    return true;
}

std::optional<std::size_t> joinable(const Box& a, const Box& b) {
    std::optional<std::size_t> differs;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] == b[i]) continue;
        if (differs) return {};
        differs = i;
    }
    return differs;
}

}  // namespace workflow::decision
