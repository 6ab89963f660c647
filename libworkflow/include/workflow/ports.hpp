#pragma once

/// Vocabulary: what the library needs from outside, each a contract that a stranger can implement.

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

namespace workflow {

/// The present moment. Must be safe to call from several threads.
using Clock = std::function<Instant()>;

/// Unpredictable 64-bit words, for draws. Must come from a cryptographic source in production and
/// be safe to call from several threads.
using Entropy = std::function<std::uint64_t()>;

Clock system_clock();
Entropy system_entropy();  ///< getrandom(2)

/// Signs checkpoints of the trail, with a key that whoever keeps the store does not have: a file, a
/// process of its own, a token. `sign` gives the signature over the bytes it is handed, or throws.
struct Signer {
    std::string name;  ///< of the key: not empty, without blanks and `+`
    /// A label for the algorithm (01: Ed25519; ff and `sm2`: SM2 with SM3), then the key: 32 bytes,
    /// or x and y of 32 bytes each.
    std::string public_key;
    std::function<std::string(std::string_view)> sign;
};

/// By what a store's chains and its tree are computed: SHA-256, or SM3 (GB/T 32905). Both give 32
/// bytes.
enum class Hashing : std::uint8_t { sha256, sm3 };
std::string_view to_string(Hashing hashing);  ///< `sha256`, `sm3`
std::optional<Hashing> parse_hashing(std::string_view name);

/// The store could not be read or written, is corrupt, or is of a newer schema. Nothing of the
/// current unit of work is kept, save when `Store::commit` itself threw.
class StoreError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A case's key inside its store: small, dense, never shown to a citizen.
enum class CaseKey : std::int64_t {};

/// The number under which a store keeps what happened beside its cases (changes of the
/// organization), as if it were a case of no item; no case is numbered so.
inline constexpr std::string_view journal_number = "journal";

/// One row a case: what lists need without replaying.
struct CaseRow {
    CaseKey key{};
    CaseNumber number;
    ItemId item;
    Digest definition;  ///< the revision it runs on
    HallId hall;
    std::string status;  ///< `open`, or how it ended: `granted`, `refused`, ...
    std::string steps;   ///< where it stands: step ids joined by a space
    std::uint32_t version = 0;
    Digest head;              ///< hash of its last event
    Instant opened, changed;  ///< when its first and last act are said to have happened
    std::optional<Date> statutory_due, promised_due;
    std::optional<Date> wake;  ///< the first day on which `advance` has something to do
};

/// One row an open task: the work list.
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
    bool comes_first = false;  ///< before those that do not, however long they wait
    friend bool operator==(const TaskRow&, const TaskRow&) = default;
};

struct EventRecord {
    CaseKey case_key{};
    std::uint32_t sequence = 0;  ///< from 1
    std::string body;            ///< canonical bytes (trail/codec)
    Digest hash;                 ///< chain (trail/chain)
};

/// The key of one person's data. Rows stay when it is erased, so that no number is given anew.
struct PersonKeyRow {
    std::int64_t id = 0;  ///< from 1, in the order in which they came
    std::string token;    ///< finds the row by the person, whom it does not name; empty: erased
    std::string wrapped;  ///< the key, encrypted under the vault's; empty: erased
    friend bool operator==(const PersonKeyRow&, const PersonKeyRow&) = default;
};

/// Personal parts of one event, all of one person, encrypted under his key.
struct SealedRow {
    std::uint32_t sequence = 0;  ///< of the event in its case
    std::int64_t person = 0;     ///< of a PersonKeyRow
    std::string box;             ///< docs/formats/sealed.md
    friend bool operator==(const SealedRow&, const SealedRow&) = default;
};

/// Where an event stands in the order of all events of a store.
struct EventPlace {
    std::int64_t position = 0;  ///< from 1, without gaps
    CaseKey case_key{};
    std::uint32_t sequence = 0;
    Digest hash;
};

/// What the cases of one matter, a person and an item, leave to its next one (engine/matter.hpp).
struct MatterRow {
    Digest matter;
    std::optional<Date> first;  ///< of the first case received since the last decision
    std::uint32_t decided = 0;  ///< cases that were decided
    friend bool operator==(const MatterRow&, const MatterRow&) = default;
};

/// A case of a matter was received on `received`, or decided.
struct MatterStep {
    Digest matter;
    std::optional<Date> received;  ///< nothing: it was decided
    friend bool operator==(const MatterStep&, const MatterStep&) = default;
};

/// What one command changes. Appending checks that `row.version` grows by exactly the events given.
struct Change {
    CaseRow row;  ///< number, item, definition, hall and `opened` count only when the row is new
    bool opened = false;  ///< the row is new
    std::vector<EventRecord> events;
    std::vector<TaskRow> put;  ///< new or changed
    std::vector<TaskNumber> removed;
    CommandKey request;  ///< key of a command that did not name a case (open, next); may be empty
    /// Whose turn it was last, by queue, where tasks go round.
    std::vector<std::pair<std::string, OfficerId>> turns;
    std::vector<SealedRow> sealed = {};  ///< of the events given
    /// Who begins to read personal data of the case, and when.
    std::vector<std::pair<OfficerId, Instant>> reads = {};
    std::vector<MatterStep> matters = {};
};

/// The answer to a keyed command that named no case.
struct RequestRow {
    CaseKey case_key{};
    std::uint32_t version = 0;  ///< the case's version after it
};

struct CaseFilter {
    std::optional<ItemId> item;
    std::optional<std::string> status;
    std::optional<HallId> hall;
    std::optional<Date> due_by;  ///< statutory or promised due day not after this
    CaseKey after{};             ///< keyset paging: only cases with a greater key
    std::size_t limit = 1000;
    bool journal = false;  ///< the row of the journal, too, which is of no item
};

struct TaskFilter {
    std::optional<OfficerId> holder;
    std::optional<PostId> post;
    std::optional<ItemId> item;
    CaseKey after{};
    TaskNumber after_task{};
    std::size_t limit = 1000;
};

/// Where events and the work list are kept. Not thread-safe: one thread at a time, the engine sees
/// to it.
///
/// Reading is allowed inside and outside a unit of work; writing only inside. A unit of work sees
/// its own writes. Every member may throw StoreError. After an I/O error, a full disk or damage
/// every member does, until the store is opened anew.
class Store {
public:
    virtual ~Store() = default;

    /// Begins a unit of work and keeps other writers out. Answers whether somebody else has written
    /// since this store's last unit of work, in which case the caller's caches are stale. Units of
    /// work do not nest.
    virtual bool begin() = 0;
    /// Returns when all of the unit of work is durable. After a write that threw it keeps nothing
    /// and throws. When it throws for another cause, whether the unit of work was kept shows only
    /// once the store has been opened anew; it is never kept by half.
    virtual void commit() = 0;
    /// Drops the unit of work; does nothing when there is none.
    virtual void rollback() noexcept = 0;

    /// A key for a case to be opened in this unit of work, greater than any in the store. Whoever
    /// keeps others out may count on from it by himself.
    virtual CaseKey new_case() = 0;
    /// Throws when the case is not at the version that `change` goes on from, when the number or
    /// the request is there already, or when the change brings another case's events or tasks.
    virtual void append(const Change& change) = 0;

    virtual std::optional<CaseRow> find(const CaseNumber& number) = 0;
    virtual std::optional<CaseRow> find(CaseKey key) = 0;
    /// The greatest case number that begins with `prefix`; for serials (R18).
    virtual std::optional<CaseNumber> last_number(std::string_view prefix) = 0;
    virtual std::vector<EventRecord> events(CaseKey key) = 0;
    /// The event that was appended last, of whatever case. O(log events).
    virtual std::optional<EventRecord> last_event() = 0;
    virtual std::optional<RequestRow> request(const CommandKey& key) = 0;

    virtual std::vector<CaseRow> cases(const CaseFilter& filter) = 0;
    virtual std::vector<TaskRow> tasks(const TaskFilter& filter) = 0;
    virtual std::vector<TaskRow> tasks_of(CaseKey key) = 0;
    /// The task that `officer` holds and is to do next: those that come first, then the one that
    /// waits longest. O(log tasks).
    virtual std::optional<TaskRow> next_held(const OfficerId& officer) = 0;
    /// The task to take up next, those that come first before the one that waits longest, that
    /// nobody holds, at one of `posts`, in `hall` or anywhere, that
    /// `officer` is not barred from and `acceptable` agrees to. O(log tasks) beside those passed
    /// over.
    virtual std::optional<TaskRow> next_claimable(
        const OfficerId& officer, std::span<const PostId> posts, const HallId& hall,
        const std::function<bool(const TaskRow&)>& acceptable) = 0;
    /// How many tasks `officer` holds. O(log tasks + held).
    virtual std::uint32_t held(const OfficerId& officer) = 0;
    /// Whose turn it was last in `queue`; empty: nobody's yet.
    virtual OfficerId last_turn(std::string_view queue) = 0;
    /// The matter's row; nothing where none of its cases was received. O(log matters).
    virtual std::optional<MatterRow> matter(const Digest& matter) = 0;
    /// Rows with a greater matter, in the order of its bytes; all from the first one for nothing.
    virtual std::vector<MatterRow> matters(const std::optional<Digest>& after,
                                           std::size_t limit) = 0;
    /// The store's own secret, which draws follow from where no party holds one.
    virtual std::optional<Digest> draw_key() = 0;
    /// Throws where there is one already.
    virtual void put_draw_key(const Digest& key) = 0;
    /// How many readings of cases `officer` has begun at `since` or later. O(log readings + those).
    virtual std::uint32_t reads(const OfficerId& officer, Instant since) = 0;
    /// Cases with `wake` on or before `day`, by wake day, then key; greater than `after`.
    virtual std::vector<CaseRow> due(Date day, std::optional<std::pair<Date, CaseKey>> after,
                                     std::size_t limit) = 0;
    /// How many rows there are, so that rows that belong to no case are noticed.
    struct Counts {
        std::uint64_t cases = 0, events = 0, tasks = 0;
    };
    virtual Counts counts() = 0;

    /// Texts of published definitions by content, so that a running case keeps its revision (R19).
    virtual void publish(const Digest& digest, std::string_view text) = 0;
    virtual std::optional<std::string> published(const Digest& digest) = 0;

    /// What is sealed of a case's events, by sequence, then person.
    virtual std::vector<SealedRow> sealed(CaseKey key) = 0;
    /// Is anything sealed, of whichever case?
    virtual bool has_sealed() = 0;
    virtual std::optional<PersonKeyRow> person(std::int64_t id) = 0;
    /// By a token that is not empty. O(log persons).
    virtual std::optional<PersonKeyRow> person(std::string_view token) = 0;
    /// Adds a row (id 0) or replaces the one with that id, and answers the id. What it replaces
    /// cannot be read from the store's files any more once the unit of work has been committed.
    /// Throws where there is no such row, or another one has the token.
    virtual std::int64_t put_person(const PersonKeyRow& row) = 0;
    /// Rows with a greater id, by id.
    virtual std::vector<PersonKeyRow> persons(std::int64_t after, std::size_t limit) = 0;
    /// Cases with a greater key that have something sealed of the person, by key.
    virtual std::vector<CaseKey> cases_of_person(std::int64_t id, CaseKey after,
                                                 std::size_t limit) = 0;

    /// Streams all events after a position, in the order in which they were appended, as of one
    /// moment, until `visit` answers false. `visit` must not use the store. No row is left out: the
    /// least integer reads also what nobody should have written at 0 or below.
    virtual void events_after(std::int64_t position,
                              const std::function<bool(const EventPlace&)>& visit) = 0;

    /// By what the chains and the tree of this store are computed; the same for as long as it
    /// lives.
    [[nodiscard]] virtual Hashing hashing() const = 0;
};

}  // namespace workflow
