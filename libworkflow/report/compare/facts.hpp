#pragma once

/// Folds the events of a case into the facts that a comparison needs.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <workflow/catalog.hpp>
#include <workflow/event.hpp>
#include <workflow/ports.hpp>

#include "../../calendar/working_days.hpp"
#include "../../process/net.hpp"

namespace workflow::report {

/// Numbers for names, in the order of their first occurrence.
class Names {
public:
    std::uint32_t number(const std::string& name);
    [[nodiscard]] const std::string& name(std::uint32_t number) const { return *names_[number]; }
    [[nodiscard]] std::size_t size() const { return names_.size(); }

private:
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::vector<const std::string*> names_;
};

/// A step of an item: officers who work at the same one can be compared.
struct Stratum {
    std::uint32_t item = 0;
    std::string step;
};

/// What a comparison needs of a definition to read cases that run on it.
struct Edition {
    std::shared_ptr<const process::Process> process;  ///< nullptr: it is no longer available
    const WorkingDays* calendar = nullptr;
    std::uint32_t item = 0;
    std::vector<bool> refusing;  ///< by transition: all ends that can follow are refusals
    std::vector<bool> compared;  ///< by field: given, and not personal
    std::vector<std::pair<std::string, std::uint32_t>> strata;
};

/// Returns which of a net's transitions lead to refusals only: every reachable end is `refused` or
/// `not_accepted`, and there is at least one.
std::vector<bool> refusing_transitions(const process::Process& process);

inline constexpr std::uint32_t nobody = 0xffffffff;
inline constexpr std::int32_t no_day = INT32_MIN;

struct TaskFact {
    std::uint32_t task = 0, stratum = 0, officer = nobody;
    std::int32_t from = 0;  ///< the day on which the officer got it
    std::int32_t done = no_day, due = no_day;
    std::uint32_t outcome = 0;
    std::uint16_t days = 0;   ///< working days between, without pauses
    std::uint16_t delay = 0;  ///< calendar days until it was entered
    bool drawn = false, moved = false, refusing = false, returned = false, overturned = false;
    bool by_batch = false;
};

struct CaseFact {
    const Edition* edition = nullptr;
    std::uint32_t hall = 0;
    std::int32_t received = 0, accepted = no_day, due = no_day, ended = no_day;
    EndKind end{};
    bool paused = false;
    std::uint8_t yellow = 0, red = 0;
    std::uint32_t acting = nobody;  ///< stratum of the task that the present act completed
    std::uint64_t facts = 0;        ///< fingerprint of what was given; 0: nothing to compare
    std::vector<TaskFact>
        tasks;  ///< in the order in which they were offered, without cancelled ones
    std::vector<DaySpan> pauses;
    /// Officers who were recused, and who granted it.
    std::vector<std::pair<OfficerId, std::uint32_t>> recused;
};

/// A draw, and the officers whose acts had narrowed its pool.
struct DrawFact {
    std::size_t candidates = 0;
    bool widened = false, held_back = false;
    std::vector<std::uint32_t>
        narrowed_by;  ///< officers who returned the task, or granted a recusal
};

/// Callbacks for what is not part of a case's own facts, called while cases are read.
struct CaseEvents {
    /// A draw in a stratum.
    std::function<void(std::uint32_t stratum, std::int32_t day, const TaskDrawn& drawn,
                       const DrawFact& draw)>
        drawn;
    /// A limit passed while an officer held the task.
    std::function<void(std::uint32_t officer, std::int32_t day, bool red)> signalled;
};

/// Reads the events of many cases. Not thread-safe, except for `names`.
class FactReader {
public:
    /// Locks `store_in_use` while it reads a definition from the store.
    FactReader(const Catalog& catalog, Store& store, std::mutex& store_in_use, CaseEvents events);

    /// Adds an event. Returns whether the case has ended with it.
    bool take(CaseFact& fact, const Event& event);
    /// Returns the working days after `from`, up to and including `to`, without the case's pauses
    /// (R2, R14).
    static std::int64_t working_days(const CaseFact& fact, std::int32_t from, std::int32_t to);

    Names items, halls, officers, outcomes;
    std::vector<Stratum> strata;

    /// Never returns nullptr, but its `process` may be nullptr.
    const Edition* edition_of(const ItemId& item, const Digest& definition);

private:
    friend struct FactTaker;
    std::uint32_t stratum_of(const Edition& edition, const std::string& step);

    const Catalog& catalog_;
    Store& store_;
    std::mutex& store_in_use_;
    CaseEvents events_;
    std::unordered_map<std::string, std::unique_ptr<Edition>> editions_;
    std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> stratum_numbers_;
};

}  // namespace workflow::report
