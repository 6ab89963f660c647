#pragma once

/// --reader: whose view of the store is wanted, an officer's or an applicant's, instead of the
/// whole.

#include <optional>
#include <string>
#include <vector>

#include <workflow/engine.hpp>

#include "command.hpp"

namespace workflow::tools {

struct Reader {
    bool applicant = false;  ///< or the agent in the case
    std::string id;          ///< the officer's, or the person's
};

/// `--reader OFFICER`, or `--reader applicant:PERSON`.
Option reader_option();
/// For what only officers have: `--reader OFFICER`.
Option officer_reader_option();
/// Throws UsageError where no id is given.
std::optional<Reader> reader_of(const Arguments& arguments);
/// Throws UsageError where it is an applicant: `what` is an officer's.
std::optional<OfficerId> officer_reader_of(const Arguments& arguments, const std::string& what);

Expected<CaseDetail> show_to(Engine& engine, const Reader& reader, const CaseNumber& number);
Expected<std::vector<SeenEvent>> trail_to(Engine& engine, const Reader& reader,
                                          const CaseNumber& number);
std::vector<CaseView> cases_for(Engine& engine, const Reader& reader, const CaseFilter& filter);

/// The whole trail, numbered.
Expected<std::vector<SeenEvent>> whole_trail(Engine& engine, const CaseNumber& number);
/// The part of the trail that the applicant of the case may see.
Expected<std::vector<SeenEvent>> trail_to_applicant(Engine& engine, const CaseNumber& number);

/// The event that may be proved to a reader of `shown`: `wanted`, or with 0 the last one up to
/// `covered`, that is shown whole. Refuses not_yours_to_read: the hash of any other could be tried
/// with guesses at what is withheld.
Expected<std::uint32_t> provable(const std::vector<SeenEvent>& shown, std::uint32_t wanted,
                                 std::uint32_t covered);

}  // namespace workflow::tools
