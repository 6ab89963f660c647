#pragma once

/// Checks the tables of a store in a file against what follows from the events of all cases.

#include <functional>
#include <vector>

#include "../store/whole_file.hpp"
#include "verify_case.hpp"

namespace workflow::shell {

/// The rows of the file, read in their order.
struct FileSide {
    TableSums sums;
    std::uint64_t tasks = 0;
    std::vector<TrailReport::Break> breaks;  ///< that the rows alone show
};
FileSide read_side(store::WholeFile& file, const RowHash& hash);

/// Visits the rows of all tables that are compared by sums.
void each_row(store::WholeFile& file, const std::function<void(const TableRow&)>& visit);

/// Compares the tables that are small enough for a row-by-row comparison: turns, definitions,
/// persons.
std::vector<TrailReport::Break> compare_tables(store::WholeFile& file,
                                               const FollowsFromEvents& follows);

/// Returns the tasks that belong to no case; `store` finds cases.
std::vector<TrailReport::Break> stray_tasks(store::WholeFile& file, Store& store);

}  // namespace workflow::shell
