#pragma once

/// Reads cases as values in a transaction.

#include <optional>

#include "transaction.hpp"

namespace workflow::shell {

TaskView view_of(const TaskRow& row, const CaseNumber& number);
CaseView view_of(const CaseRow& row);

/// Returns the case that `key` opened; nothing if it opened none.
std::optional<CaseView> case_opened_by(Transaction& unit, const CommandKey& key);
/// Returns nothing if there is no such case.
std::optional<CaseDetail> detail_of(Transaction& unit, const CaseNumber& number);

}  // namespace workflow::shell
