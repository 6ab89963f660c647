#pragma once

/// Vocabulary: the events of the store's journal, which belong to no case. event.hpp has the events
/// of cases.

#include <cstdint>
#include <string>

#include <workflow/staff.hpp>
#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// The record of an officer has changed. Kept in the store's journal, not in a case.
struct StaffChanged {
    OfficerId officer;
    StaffChange change;
    std::string reason;
    std::uint32_t proposal = 0;  ///< sequence of the StaffProposed that this confirms; 0: none
    friend bool operator==(const StaffChanged&, const StaffChanged&) = default;
};

/// The store's cases use a revision of an item from now on (R19). In the journal. Published by an
/// officer, or by the engine when the first case of the revision is opened.
struct DefinitionPublished {
    ItemId item;
    std::uint32_t revision = 0;
    Digest definition;
    std::string reason;
    friend bool operator==(const DefinitionPublished&, const DefinitionPublished&) = default;
};

/// The clock shows an earlier time than before. In the journal, recorded at `reached`, because
/// recorded time never goes back. Nothing falls due until the clock shows that time again.
struct ClockSetBack {
    Instant reached, shows;
    friend bool operator==(const ClockSetBack&, const ClockSetBack&) = default;
};

/// The key of a person's data was destroyed. The data cannot be read any more (PIPL, article 47).
/// In the journal.
struct PersonErased {
    std::int64_t person = 0;  ///< the store's number of the data subject (PersonKeyRow)
    std::string reason;
    friend bool operator==(const PersonErased&, const PersonErased&) = default;
};

/// An officer who has read the maximum number of cases within an hour asked for another. Recorded
/// once an hour. In the journal.
struct ReadingStopped {
    OfficerId officer;
    std::uint32_t cases = 0;
    friend bool operator==(const ReadingStopped&, const ReadingStopped&) = default;
};

/// A change to an officer that a second person must confirm. In the journal. Nothing changes yet.
struct StaffProposed {
    OfficerId officer;
    StaffChange change;
    std::string reason;
    friend bool operator==(const StaffProposed&, const StaffProposed&) = default;
};

struct StaffDeclined {
    std::uint32_t proposal = 0;  ///< sequence of the StaffProposed in the journal
    std::string reason;
    friend bool operator==(const StaffDeclined&, const StaffDeclined&) = default;
};

}  // namespace workflow::inline v0
