#pragma once

/// Vocabulary: what changes in the organization, of one officer, while the engine runs.

#include <string>
#include <variant>
#include <vector>

#include <workflow/values.hpp>

namespace workflow {

/// Enters service.
struct OfficerJoined {
    std::string name;
    PersonId person;  ///< the human being; empty only for an account that comes back
    HallId hall;
    std::string section;
    friend bool operator==(const OfficerJoined&, const OfficerJoined&) = default;
};
/// Works elsewhere from now on.
struct OfficerMoved {
    HallId hall;
    std::string section;
    friend bool operator==(const OfficerMoved&, const OfficerMoved&) = default;
};
/// Is on these posts from now on, and on no other.
struct OfficerPosted {
    std::vector<PostId> posts;
    friend bool operator==(const OfficerPosted&, const OfficerPosted&) = default;
};
/// Is qualified for these items from now on, and for no other.
struct OfficerQualified {
    std::vector<std::string> items;  ///< names, `prefix.*` or `*`
    friend bool operator==(const OfficerQualified&, const OfficerQualified&) = default;
};
struct OfficerAbsent {
    Date from, to;  ///< both included
    friend bool operator==(const OfficerAbsent&, const OfficerAbsent&) = default;
};
/// Is back: no absence reaches to this day or beyond it.
struct OfficerBack {
    Date on;
    friend bool operator==(const OfficerBack&, const OfficerBack&) = default;
};
/// Is no longer in service from this day.
struct OfficerLeft {
    Date from;
    friend bool operator==(const OfficerLeft&, const OfficerLeft&) = default;
};
/// Stands in for a colleague on those days: has his posts beside his own.
struct OfficerSubstitutes {
    OfficerId colleague;
    Date from, to;  ///< both included
    friend bool operator==(const OfficerSubstitutes&, const OfficerSubstitutes&) = default;
};
/// The chance in draws, beside others who have the weight 1.
struct OfficerWeighted {
    std::uint32_t weight = 1;  ///< up to 10; more, in old journals, counts as 10
    friend bool operator==(const OfficerWeighted&, const OfficerWeighted&) = default;
};
struct OfficerSupervises {
    bool supervisor = false;
    friend bool operator==(const OfficerSupervises&, const OfficerSupervises&) = default;
};

/// Sits at that window of his hall from now on. Whoever comes to another hall, or is no longer on a
/// post that is served there, sits at none.
struct OfficerSeated {
    WindowId window;  ///< empty: at none
    friend bool operator==(const OfficerSeated&, const OfficerSeated&) = default;
};
/// Works in that shift from now on.
struct OfficerShifted {
    ShiftId shift;  ///< empty: in none, every day
    friend bool operator==(const OfficerShifted&, const OfficerShifted&) = default;
};

/// Signs with this key from now on.
struct OfficerKeyed {
    std::string key;  ///< the public one, labelled as in Signer; empty: with none
    friend bool operator==(const OfficerKeyed&, const OfficerKeyed&) = default;
};

using StaffChanges =
    std::variant<OfficerJoined, OfficerMoved, OfficerPosted, OfficerQualified, OfficerAbsent,
                 OfficerBack, OfficerLeft, OfficerSubstitutes, OfficerWeighted, OfficerSupervises,
                 OfficerSeated, OfficerShifted, OfficerKeyed>;

/// Holds one change. base/alternatives.cpp defines the special members once.
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

/// Asks for a change. What is known of officers begins with the organization's file; the changes
/// are kept in the store, in its journal, and go on from there.
struct ChangeStaff {
    OfficerId officer;
    StaffChange change;
    std::string reason;  ///< never empty
    /// Whoever joins may have an account already: the second one is meant.
    bool same_person = false;
};

/// A second person's answer to a proposed change.
struct ConfirmStaff {
    std::uint32_t proposal = 0;  ///< StaffProposal::number
    bool confirmed = true;
    std::string reason;  ///< never empty where it is declined
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

}  // namespace workflow
