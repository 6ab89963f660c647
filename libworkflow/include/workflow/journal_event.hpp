#pragma once

/// Vocabulary: what happens beside the cases, in the store's journal (event.hpp has what happens in
/// them).

#include <cstdint>
#include <string>

#include <workflow/staff.hpp>
#include <workflow/values.hpp>

namespace workflow {

/// What is known of an officer has changed. It stands in the store's journal, not in a case.
struct StaffChanged {
    OfficerId officer;
    StaffChange change;
    std::string reason;
    std::uint32_t proposal = 0;  ///< sequence of the StaffProposed that it confirms; 0: none
    friend bool operator==(const StaffChanged&, const StaffChanged&) = default;
};

/// A revision of an item is used by the store's cases from now on (R19). In the journal; by an
/// officer, or by the engine when the first case of it is opened.
struct DefinitionPublished {
    ItemId item;
    std::uint32_t revision = 0;
    Digest definition;
    std::string reason;
    friend bool operator==(const DefinitionPublished&, const DefinitionPublished&) = default;
};

/// The clock shows less than it did. In the journal, recorded at `reached`, since recorded time
/// never goes back; until the clock shows that again, nothing falls due.
struct ClockSetBack {
    Instant reached, shows;
    friend bool operator==(const ClockSetBack&, const ClockSetBack&) = default;
};

/// The key of a person's data was destroyed: nobody can read them any more (PIPL, article 47).
/// In the journal.
struct PersonErased {
    std::int64_t person = 0;  ///< the store's number for him (PersonKeyRow)
    std::string reason;
    friend bool operator==(const PersonErased&, const PersonErased&) = default;
};

/// An officer has reached the limit of cases to read within an hour, and asks for another. Recorded
/// once an hour.
struct ReadingStopped {
    OfficerId officer;
    std::uint32_t cases = 0;
    friend bool operator==(const ReadingStopped&, const ReadingStopped&) = default;
};

/// A change of an officer that a second person must confirm. In the journal; nothing changes yet.
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

}  // namespace workflow
