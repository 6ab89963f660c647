#pragma once

/// Visits the cases that an export asks for.

#include <functional>

#include "entries.hpp"

namespace workflow::report {

/// Reads a page of case rows at a time and one case's events at a time.
EventLogReport for_each_story(const Catalog& catalog, Store& store, const EventLogOptions& options,
                              const std::function<void(const CaseStory&)>& visit);

}  // namespace workflow::report
