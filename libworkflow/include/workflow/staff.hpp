#pragma once

/// Vocabulary: changes of an officer's record while the engine runs.

#include <string>
#include <variant>
#include <vector>

#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// The officer enters service.
struct OfficerJoined {
    std::string name;
    PersonId person;  ///< the human being; empty only for a returning account
    HallId hall;
    std::string section;
    friend bool operator==(const OfficerJoined&, const OfficerJoined&) = default;
};
/// The officer works elsewhere from now on.
struct OfficerMoved {
    HallId hall;
    std::string section;
    friend bool operator==(const OfficerMoved&, const OfficerMoved&) = default;
};
/// Replaces the officer's posts.
struct OfficerPosted {
    std::vector<PostId> posts;
    friend bool operator==(const OfficerPosted&, const OfficerPosted&) = default;
};
/// Replaces the officer's qualifications.
struct OfficerQualified {
    std::vector<std::string> items;  ///< names, `prefix.*` or `*`
    friend bool operator==(const OfficerQualified&, const OfficerQualified&) = default;
};
struct OfficerAbsent {
    Date from, to;  ///< inclusive
    friend bool operator==(const OfficerAbsent&, const OfficerAbsent&) = default;
};
/// The officer is back: absences end before this day.
struct OfficerBack {
    Date on;
    friend bool operator==(const OfficerBack&, const OfficerBack&) = default;
};
/// The officer is no longer in service from this day on.
struct OfficerLeft {
    Date from;
    friend bool operator==(const OfficerLeft&, const OfficerLeft&) = default;
};
/// The officer stands in for a colleague on those days, and has the colleague's posts in addition
/// to their own.
struct OfficerSubstitutes {
    OfficerId colleague;
    Date from, to;  ///< inclusive
    friend bool operator==(const OfficerSubstitutes&, const OfficerSubstitutes&) = default;
};
/// The officer's weight in draws; the default is 1.
struct OfficerWeighted {
    std::uint32_t weight = 1;  ///< at most 10; greater values in old journals count as 10
    friend bool operator==(const OfficerWeighted&, const OfficerWeighted&) = default;
};
struct OfficerSupervises {
    bool supervisor = false;
    friend bool operator==(const OfficerSupervises&, const OfficerSupervises&) = default;
};

/// The officer sits at that window of their hall from now on. An officer who moves to another hall,
/// or leaves the posts served at the window, sits at none.
struct OfficerSeated {
    WindowId window;  ///< empty: none
    friend bool operator==(const OfficerSeated&, const OfficerSeated&) = default;
};
/// The officer works in that shift from now on.
struct OfficerShifted {
    ShiftId shift;  ///< empty: none, every day
    friend bool operator==(const OfficerShifted&, const OfficerShifted&) = default;
};

/// The officer signs with this key from now on.
struct OfficerKeyed {
    std::string key;  ///< the public key, labelled as in Signer; empty: none
    friend bool operator==(const OfficerKeyed&, const OfficerKeyed&) = default;
};

using StaffChanges =
    std::variant<OfficerJoined, OfficerMoved, OfficerPosted, OfficerQualified, OfficerAbsent,
                 OfficerBack, OfficerLeft, OfficerSubstitutes, OfficerWeighted, OfficerSupervises,
                 OfficerSeated, OfficerShifted, OfficerKeyed>;

/// Holds one change. Its special members are defined once, in base/alternatives.cpp.
struct StaffChange : StaffChanges {
    using StaffChanges::variant;
    StaffChange();
    StaffChange(const StaffChange&);
    StaffChange(StaffChange&&) noexcept;
    StaffChange& operator=(const StaffChange&);
    StaffChange& operator=(StaffChange&&) noexcept;
    ~StaffChange();
    friend bool operator==(const StaffChange&, const StaffChange&);
};

/// Requests a change. Records of officers start from the organization's file. Changes are kept in
/// the store's journal and apply on top of it.
struct ChangeStaff {
    OfficerId officer;
    StaffChange change;
    std::string reason;  ///< must not be empty
    /// Confirms that the joining person may already have an account, and that a second one is
    /// intended.
    bool same_person = false;
};

/// A second person's answer to a proposed change.
struct ConfirmStaff {
    std::uint32_t proposal = 0;  ///< StaffProposal::number
    bool confirmed = true;
    std::string reason;  ///< must not be empty when declining
};

/// A change that waits for a second person.
struct StaffProposal {
    std::uint32_t number = 0;  ///< of its event in the journal, from 1
    OfficerId officer;
    StaffChange change;
    std::string reason;
    OfficerId by;
    Instant proposed;
};

}  // namespace workflow::inline v0
