#pragma once

/// `--purpose`: why a reader reads personal data, as `show` and `trail` are told it.

#include <optional>
#include <vector>

#include <workflow/engine.hpp>

#include "cli_context.hpp"

namespace workflow::tools {

/// --reader, --purpose and --sign-with.
std::vector<Option> reading_options();
/// Throws UsageError where a purpose is given for nobody, or a key for no purpose.
void check_reading(const Arguments& arguments);
/// Only an event that says why is written; reading alone needs no lock.
StoreNeed need_of_reading(const Arguments& arguments);
/// Where --purpose says why, an event says so from now on: ReadCase of the --reader. Or why not.
std::optional<Refusal> begin_reading(const Arguments& arguments, Streams& streams, Engine& engine,
                                     const CaseNumber& number);
/// Does the value only say that it is kept from the reader?
bool is_withheld(const Value& value);
/// Says on standard error how personal data are read, where the --reader has given no purpose.
void tell_withheld(const Arguments& arguments, Streams& streams, Engine& engine,
                   const CaseNumber& number);

}  // namespace workflow::tools
