#pragma once

/// Cases as values, read in a unit of work.

#include <optional>

#include "transaction.hpp"

namespace workflow::shell {

TaskView view_of(const TaskRow& row, const CaseNumber& number);
CaseView view_of(const CaseRow& row);

/// The case that `key` opened; nothing when none was.
std::optional<CaseView> case_opened_by(Transaction& unit, const CommandKey& key);
/// Nothing when there is no such case.
std::optional<CaseDetail> detail_of(Transaction& unit, const CaseNumber& number);

}  // namespace workflow::shell
