#pragma once

/// Vocabulary: the interfaces that the library needs from outside. Each can be implemented by its
/// users.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// Returns the current time. Must be safe to call from several threads.
using Clock = std::function<Instant()>;

/// Returns unpredictable 64-bit words, for draws. Must come from a cryptographic source in
/// production and be safe to call from several threads.
using Entropy = std::function<std::uint64_t()>;

Clock system_clock();
Entropy system_entropy();  ///< getrandom(2)

/// Signs checkpoints of the trail with a key that is out of reach of whoever administers the store:
/// in a file, a separate process or a token. `sign` returns the signature over the given bytes, or
/// throws.
struct Signer {
    std::string name;  ///< of the key: not empty, without spaces and `+`
    /// An algorithm label (01: Ed25519; ff and `sm2`: SM2 with SM3), then the key: 32 bytes, or x
    /// and y of 32 bytes each.
    std::string public_key;
    std::function<std::string(std::string_view)> sign;
};

/// The hash function of a store's hash chains and tree: SHA-256, or SM3 (GB/T 32905). Both give 32
/// bytes.
enum class Hashing : std::uint8_t { sha256, sm3 };
std::string_view to_string(Hashing hashing);  ///< `sha256`, `sm3`
std::optional<Hashing> parse_hashing(std::string_view name);

/// The store could not be read or written, is corrupt, or has a newer schema. Nothing of the
/// current unit of work is kept, unless `Store::commit` itself threw.
class StoreError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A case's key inside its store: small, dense, never shown to applicants.
enum class CaseKey : std::int64_t {};

/// The number under which a store keeps events that belong to no case (changes of the
/// organization), stored like a case without an item. No case has this number.
inline constexpr std::string_view journal_number = "journal";

/// One row per case: what lists need without replaying.
struct CaseRow {
    CaseKey key{};
    CaseNumber number;
    ItemId item;
    Digest definition;  ///< the revision that the case runs on
    HallId hall;
    std::string status;  ///< `open`, or how it ended: `granted`, `refused`, ...
    std::string steps;   ///< current step ids, separated by spaces
    std::uint32_t version = 0;
    Digest head;              ///< hash of its last event
    Instant opened, changed;  ///< when its first and last act happened, as stated
    std::optional<Date> statutory_due, promised_due;
    std::optional<Date> wake;  ///< the first day on which `advance` has something to do
};

/// One row per open task: the work list.
struct TaskRow {
    CaseKey case_key{};
    TaskNumber task{};
    StepId step;
    ItemId item;
    PostId post;         ///< claimable by holders of this post; empty for drawn tasks
    HallId hall;         ///< claimable in this hall only; empty: anywhere
    OfficerId holder;    ///< empty: nobody yet
    std::string barred;  ///< officers who may not take it, each between spaces: " lin zhao "
    std::optional<Date> due;
    Instant offered;
    bool comes_first = false;  ///< before those without it, regardless of waiting time
    friend bool operator==(const TaskRow&, const TaskRow&) = default;
};

struct EventRecord {
    CaseKey case_key{};
    std::uint32_t sequence = 0;  ///< from 1
    std::string body;            ///< canonical bytes (trail/codec)
    Digest hash;                 ///< chain (trail/chain)
};

/// The key of one person's data. Rows remain after erasure, so that no number is reused.
struct PersonKeyRow {
    std::int64_t id = 0;  ///< from 1, in order of creation
    std::string token;    ///< finds the row by person without naming the person; empty: erased
    std::string wrapped;  ///< the key, encrypted with the vault key; empty: erased
    friend bool operator==(const PersonKeyRow&, const PersonKeyRow&) = default;
};

/// Personal parts of one event, all of one person, encrypted with that person's key.
struct SealedRow {
    std::uint32_t sequence = 0;  ///< of the event in its case
    std::int64_t person = 0;     ///< of a PersonKeyRow
    std::string box;             ///< docs/formats/sealed.md
    friend bool operator==(const SealedRow&, const SealedRow&) = default;
};

/// The position of an event in the order of all events of a store.
struct EventPlace {
    std::int64_t position = 0;  ///< from 1, without gaps
    CaseKey case_key{};
    std::uint32_t sequence = 0;
    Digest hash;
};

/// What the cases of one matter (a person and an item) pass on to its next case
/// (engine/matter.hpp).
struct MatterRow {
    Digest matter;
    std::optional<Date> first;  ///< of the first case received since the last decision
    std::uint32_t decided = 0;  ///< number of cases that were decided
    friend bool operator==(const MatterRow&, const MatterRow&) = default;
};

/// A case of a matter was received on `received`, or was decided.
struct MatterStep {
    Digest matter;
    std::optional<Date> received;  ///< nullopt: it was decided
    friend bool operator==(const MatterStep&, const MatterStep&) = default;
};

/// The changes made by one command. Appending checks that `row.version` grows by exactly the number
/// of events given.
struct Change {
    CaseRow row;  ///< number, item, definition, hall and `opened` are used only when the row is new
    bool opened = false;  ///< the row is new
    std::vector<EventRecord> events;
    std::vector<TaskRow> put;  ///< new or changed
    std::vector<TaskNumber> removed;
    CommandKey request;  ///< key of a command that did not name a case (open, next); may be empty
    /// Whose turn it was last, by queue, for tasks allocated in turn.
    std::vector<std::pair<std::string, OfficerId>> turns;
    std::vector<SealedRow> sealed = {};  ///< of the events given
    /// Who starts to read personal data of the case, and when.
    std::vector<std::pair<OfficerId, Instant>> reads = {};
    std::vector<MatterStep> matters = {};
};

/// The answer to a keyed command that did not name a case.
struct RequestRow {
    CaseKey case_key{};
    std::uint32_t version = 0;  ///< the case's version after it
};

struct CaseFilter {
    std::optional<ItemId> item;
    std::optional<std::string> status;
    std::optional<HallId> hall;
    std::optional<Date> due_by;  ///< statutory or promised due day on or before this day
    CaseKey after{};             ///< keyset paging: only cases with a greater key
    std::size_t limit = 1000;
    bool journal = false;  ///< includes the journal's row, which has no item
};

struct TaskFilter {
    std::optional<OfficerId> holder;
    std::optional<PostId> post;
    std::optional<ItemId> item;
    CaseKey after{};
    TaskNumber after_task{};
    std::size_t limit = 1000;
};

/// Stores events and the work list. Not thread-safe: one thread at a time, which the engine
/// ensures.
///
/// Reading is allowed inside and outside a unit of work, writing only inside. A unit of work sees
/// its own writes. Every member may throw StoreError. After an I/O error, a full disk or corruption
/// every member throws until the store is reopened.
class Store {
public:
    virtual ~Store() = default;

    /// Begins a unit of work and excludes other writers. Returns whether another writer has written
    /// since this store's last unit of work, in which case the caller's caches are stale. Units of
    /// work do not nest.
    virtual bool begin() = 0;
    /// Returns when the whole unit of work is durable. After a write that threw, keeps nothing and
    /// throws. When it throws for another reason, the caller can find out whether the unit of work
    /// was kept only by reopening the store. It is never kept in part.
    virtual void commit() = 0;
    /// Discards the unit of work. Does nothing when there is none.
    virtual void rollback() noexcept = 0;

    /// Returns a key for a case to be opened in this unit of work, greater than any in the store. A
    /// caller that excludes other writers may count up from it.
    virtual CaseKey new_case() = 0;
    /// Throws when the case is not at the version that `change` continues, when the number or the
    /// request already exists, or when the change contains events or tasks of another case.
    virtual void append(const Change& change) = 0;

    virtual std::optional<CaseRow> find(const CaseNumber& number) = 0;
    virtual std::optional<CaseRow> find(CaseKey key) = 0;
    /// Returns the greatest case number that begins with `prefix`. Used for serials (R18).
    virtual std::optional<CaseNumber> last_number(std::string_view prefix) = 0;
    virtual std::vector<EventRecord> events(CaseKey key) = 0;
    /// Returns the event that was appended last, of any case. O(log events).
    virtual std::optional<EventRecord> last_event() = 0;
    virtual std::optional<RequestRow> request(const CommandKey& key) = 0;

    virtual std::vector<CaseRow> cases(const CaseFilter& filter) = 0;
    virtual std::vector<TaskRow> tasks(const TaskFilter& filter) = 0;
    virtual std::vector<TaskRow> tasks_of(CaseKey key) = 0;
    /// Returns the task that `officer` holds and should do next: one with `comes_first`, otherwise
    /// the one that has waited longest. O(log tasks).
    virtual std::optional<TaskRow> next_held(const OfficerId& officer) = 0;
    /// Returns the task to claim next: one with `comes_first`, otherwise the one that has waited
    /// longest. Considers tasks without a holder, at one of `posts`, in `hall` or claimable
    /// anywhere, from which `officer` is not barred and which `acceptable` accepts. O(log tasks),
    /// plus the tasks that it rejects.
    virtual std::optional<TaskRow> next_claimable(
        const OfficerId& officer, std::span<const PostId> posts, const HallId& hall,
        const std::function<bool(const TaskRow&)>& acceptable) = 0;
    /// Returns the number of tasks that `officer` holds. O(log tasks + held).
    virtual std::uint32_t held(const OfficerId& officer) = 0;
    /// Returns whose turn it was last in `queue`. Empty: nobody's yet.
    virtual OfficerId last_turn(std::string_view queue) = 0;
    /// Returns the matter's row, or nullopt where no case of it was received. O(log matters).
    virtual std::optional<MatterRow> matter(const Digest& matter) = 0;
    /// Returns the rows after the given matter, in byte order. Nullopt starts at the first one.
    virtual std::vector<MatterRow> matters(const std::optional<Digest>& after,
                                           std::size_t limit) = 0;
    /// Returns the store's own secret, used for draws without external parties.
    virtual std::optional<Digest> draw_key() = 0;
    /// Throws when there is one already.
    virtual void put_draw_key(const Digest& key) = 0;
    /// Returns how many readings of cases `officer` has started at or after `since`. O(log readings
    /// + result).
    virtual std::uint32_t reads(const OfficerId& officer, Instant since) = 0;
    /// Returns cases with `wake` on or before `day`, ordered by wake day, then key, after `after`.
    virtual std::vector<CaseRow> due(Date day, std::optional<std::pair<Date, CaseKey>> after,
                                     std::size_t limit) = 0;
    /// Numbers of rows, so that rows that belong to no case are detected.
    struct Counts {
        std::uint64_t cases = 0, events = 0, tasks = 0;
    };
    virtual Counts counts() = 0;

    /// Stores texts of published definitions by content, so that a running case keeps its revision
    /// (R19).
    virtual void publish(const Digest& digest, std::string_view text) = 0;
    virtual std::optional<std::string> published(const Digest& digest) = 0;

    /// Returns the encrypted parts of a case's events, by sequence, then person.
    virtual std::vector<SealedRow> sealed(CaseKey key) = 0;
    /// Returns whether the store holds encrypted parts of any case.
    virtual bool has_sealed() = 0;
    virtual std::optional<PersonKeyRow> person(std::int64_t id) = 0;
    /// Finds the row with a non-empty token. O(log persons).
    virtual std::optional<PersonKeyRow> person(std::string_view token) = 0;
    /// Adds a row (id 0) or replaces the one with that id. Returns the id. The replaced content
    /// cannot be read from the store's files once the unit of work is committed. Throws when there
    /// is no such row, or another row has the token.
    virtual std::int64_t put_person(const PersonKeyRow& row) = 0;
    /// Returns rows with a greater id, by id.
    virtual std::vector<PersonKeyRow> persons(std::int64_t after, std::size_t limit) = 0;
    /// Returns cases with a greater key that have encrypted parts of the person, by key.
    virtual std::vector<CaseKey> cases_of_person(std::int64_t id, CaseKey after,
                                                 std::size_t limit) = 0;

    /// Streams all events after a position, in the order in which they were appended, as of one
    /// moment, until `visit` returns false. `visit` must not use the store. Pass the least integer
    /// to read also invalid rows at position 0 or below.
    virtual void events_after(std::int64_t position,
                              const std::function<bool(const EventPlace&)>& visit) = 0;

    /// Returns the hash function of this store's hash chains and tree. Never changes.
    [[nodiscard]] virtual Hashing hashing() const = 0;
};

}  // namespace workflow::inline v0
