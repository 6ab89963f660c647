#pragma once

/// Sums the cases that have been read by officer, item, hall and pool.

#include <unordered_map>
#include <vector>

#include "compare.hpp"
#include "facts.hpp"

namespace workflow::report {

class Tally {
public:
    explicit Tally(const CompareOptions& options)
        : options_(options),
          judged_by_(options.by == Grain::quarter ? Grain::quarter : Grain::month) {}

    void drawn(std::uint32_t stratum, std::int32_t day, const TaskDrawn& drawn,
               const DrawFact& draw, Names& officers);
    void signalled(std::uint32_t officer, std::int32_t day, bool red);
    /// Adds an applicant's rating of an officer, or of a case (`nobody`).
    void rated(std::uint32_t officer, std::uint32_t item, std::uint32_t hall, std::int32_t day,
               const Grades& grades);
    /// Adds a case at its end, or when all events have been read.
    void add(const CaseFact& fact, CaseKey key);

    /// Fills the report except for pairs; names lost cases by `store`.
    void finish(FactReader& names, const Catalog& catalog, Store& store, Comparison& report);

    /// A decided case, for finding pairs.
    struct Decided {
        std::uint64_t facts = 0;
        CaseKey key{};
        std::uint32_t item = 0;
        EndKind end{};
    };
    std::vector<Decided> decided;
    std::uint64_t without_facts = 0;

private:
    using Key = std::uint64_t;
    static Key key(std::uint32_t who, Month month) {
        return (static_cast<Key>(who) << 32) | static_cast<std::uint32_t>(month);
    }
    [[nodiscard]] bool in_range(std::int32_t day) const {
        return !(options_.from && day < options_.from->days) &&
               !(options_.to && day > options_.to->days);
    }
    Month month(std::int32_t day);
    void add_tasks(const CaseFact& fact);
    void compare(const TaskFact& task);
    [[nodiscard]] bool is_lost(const CaseFact& fact) const;
    void name_lost(const CaseFact& fact, CaseKey key);
    void add_case(const CaseFact& fact, CaseFigures& figures);
    void add_officers(const FactReader& names, const Catalog& catalog, Comparison& report);
    void add_pools(FactReader& names, Comparison& report);
    void add_shares(FactReader& names, Comparison& report);

    /// One officer in the draws of a pool.
    struct Share {
        std::uint64_t draws = 0, drawn = 0;
        double expected = 0, variance = 0;
    };
    struct Pool {
        DayCounts sizes;
        std::uint64_t nobody = 0, narrowed = 0, widened = 0, held_back = 0;
        std::map<std::uint32_t, std::uint64_t> by;        ///< acts that narrowed it, by officer
        std::unordered_map<std::uint32_t, Share> shares;  // by officer
        // Consecutive draws mostly have the same candidates: they are counted, and added up when
        // the candidates change.
        std::vector<OfficerId> candidates;
        std::vector<std::uint32_t> figures;
        std::uint64_t alike = 0;

        void add_up(Names& officers);
    };
    struct Lost {
        std::int32_t due = 0;
        CaseKey key{};
        friend auto operator<=>(const Lost&, const Lost&) = default;
    };

    const CompareOptions& options_;
    Grain judged_by_;
    std::unordered_map<Key, TaskFigures> officers_;
    std::unordered_map<Key, CaseFigures> items_, halls_;
    std::unordered_map<Key, Pool> pools_;
    std::unordered_map<Key, std::unordered_map<std::uint32_t, Cell>> cells_;  // stratum, period
    std::vector<Lost> lost_;  // a heap of the longest overdue ones
    std::unordered_map<std::int32_t, Month> months_;
    std::optional<std::int32_t> first_, last_;
    std::uint64_t cases_ = 0;
};

}  // namespace workflow::report
