#include "schema.hpp"

#include <array>

namespace workflow::store {
namespace {

// - `position` is the order of all events in the store.
// - Texts that repeat in every row (items, steps, posts, halls) stay texts: interning them was not
//   worth a join in every list.
// - The triggers prevent accidents. Against the owner of the file they do not help; the hash chain
//   does.
constexpr const char* version_1 = R"(
CREATE TABLE events (
  position  INTEGER PRIMARY KEY,
  case_key  INTEGER NOT NULL,
  sequence  INTEGER NOT NULL,
  body      BLOB    NOT NULL,
  hash      BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_by_case ON events (case_key, sequence);
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

CREATE TABLE cases (
  key           INTEGER PRIMARY KEY,
  number        TEXT    NOT NULL,
  item          TEXT    NOT NULL,
  definition    BLOB    NOT NULL,
  hall          TEXT    NOT NULL,
  status        TEXT    NOT NULL,
  steps         TEXT    NOT NULL,
  version       INTEGER NOT NULL,
  head          BLOB    NOT NULL,
  opened        INTEGER NOT NULL,
  changed       INTEGER NOT NULL,
  statutory_due INTEGER,
  promised_due  INTEGER,
  wake          INTEGER
) STRICT;
CREATE UNIQUE INDEX cases_by_number ON cases (number);
CREATE INDEX cases_by_wake ON cases (wake, key) WHERE wake IS NOT NULL;

CREATE TABLE tasks (
  case_key INTEGER NOT NULL,
  task     INTEGER NOT NULL,
  step     TEXT    NOT NULL,
  item     TEXT    NOT NULL,
  post     TEXT    NOT NULL,
  hall     TEXT    NOT NULL,
  holder   TEXT    NOT NULL,
  barred   TEXT    NOT NULL,
  due      INTEGER,
  offered  INTEGER NOT NULL,
  PRIMARY KEY (case_key, task)
) STRICT, WITHOUT ROWID;
CREATE INDEX tasks_held ON tasks (holder, offered, case_key, task) WHERE holder <> '';
CREATE INDEX tasks_waiting ON tasks (post, hall, offered, case_key, task) WHERE holder = '';

CREATE TABLE requests (
  key      TEXT    PRIMARY KEY,
  case_key INTEGER NOT NULL,
  version  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE definitions (
  digest BLOB PRIMARY KEY,
  text   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)";

// `later` orders tasks that come first before all others. `turns` holds whose turn it was last, for
// tasks allocated in turn.
constexpr const char* version_2 = R"(
ALTER TABLE tasks ADD COLUMN later INTEGER NOT NULL DEFAULT 1;
DROP INDEX tasks_held;
DROP INDEX tasks_waiting;
CREATE INDEX tasks_held ON tasks (holder, later, offered, case_key, task) WHERE holder <> '';
CREATE INDEX tasks_waiting ON tasks (post, hall, later, offered, case_key, task)
  WHERE holder = '';
CREATE TABLE turns (
  queue   TEXT PRIMARY KEY,
  officer TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)";

constexpr const char* version_2_as_taken = R"(
CREATE TEMP VIEW tasks AS SELECT case_key, task, step, item, post, hall, holder, barred, due,
  offered, 1 AS later FROM main.tasks;
CREATE TEMP TRIGGER tasks_are_not_put INSTEAD OF INSERT ON tasks
BEGIN SELECT RAISE(ABORT, 'the store is read only'); END;
CREATE TEMP TRIGGER tasks_are_not_removed INSTEAD OF DELETE ON tasks
BEGIN SELECT RAISE(ABORT, 'the store is read only'); END;
CREATE TEMP TABLE turns (queue TEXT PRIMARY KEY, officer TEXT NOT NULL) STRICT, WITHOUT ROWID;
)";

// Personal data are stored here, encrypted, instead of in the events: events are never changed, and
// people have a right to erasure. A person's row stays when their key is destroyed, so that no
// number is reused. `reads` is used to limit reading.
//
// `hashing` has one row: the hash function of hash chains and tree. All older stores use SHA-256.
// For a store created with another function the row is updated during creation.
constexpr const char* version_3 = R"(
CREATE TABLE persons (
  id      INTEGER PRIMARY KEY,
  token   BLOB,
  wrapped BLOB
) STRICT;
CREATE UNIQUE INDEX persons_by_token ON persons (token);
CREATE TABLE sealed (
  case_key INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  person   INTEGER NOT NULL,
  box      BLOB    NOT NULL,
  PRIMARY KEY (case_key, sequence, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX sealed_by_person ON sealed (person, case_key);
CREATE TABLE reads (
  officer  TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  case_key INTEGER NOT NULL,
  PRIMARY KEY (officer, at, case_key)
) STRICT, WITHOUT ROWID;
CREATE TABLE hashing (algorithm TEXT NOT NULL) STRICT;
INSERT INTO hashing VALUES ('sha256');
)";

constexpr const char* version_3_as_taken = R"(
CREATE TEMP TABLE persons (id INTEGER PRIMARY KEY, token BLOB, wrapped BLOB) STRICT;
CREATE TEMP TABLE sealed (
  case_key INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  person   INTEGER NOT NULL,
  box      BLOB    NOT NULL,
  PRIMARY KEY (case_key, sequence, person)
) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE reads (
  officer  TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  case_key INTEGER NOT NULL,
  PRIMARY KEY (officer, at, case_key)
) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE hashing (algorithm TEXT NOT NULL) STRICT;
INSERT INTO hashing VALUES ('sha256');
)";

// What the cases of one person and item pass on to the next one (engine/matter.hpp), and the secret
// for draws without external parties: at most one row.
constexpr const char* version_4 = R"(
CREATE TABLE matters (
  matter  BLOB PRIMARY KEY,
  first   INTEGER,
  decided INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE draw_key (key BLOB NOT NULL) STRICT;
)";

constexpr const char* version_4_as_taken = R"(
CREATE TEMP TABLE matters (
  matter  BLOB PRIMARY KEY,
  first   INTEGER,
  decided INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TEMP TABLE draw_key (key BLOB NOT NULL) STRICT;
)";

constexpr std::array<Migration, 4> all{{
    {version_1, "36c29e7d498f3ee13390b7b967d440e08f3f54e494ae221f30442db64d9df347", ""},
    {version_2, "680cdd62ebb520b427a24cc16e6142e9313947d613708862a11d23197eb3628b",
     version_2_as_taken},
    {version_3, "7f44f87768b7d3cb7bb867d8fc48ec2779f4ad4f060ebfaf5d5cddf40f7ad408",
     version_3_as_taken},
    {version_4, "f717c01abc1b68b2224719813cacfcebb1126904b2571c511e6fb2f35c2ff4df",
     version_4_as_taken},
}};

}  // namespace

std::span<const Migration> migrations() {
    return all;
}
int schema_version() {
    return static_cast<int>(all.size());
}

}  // namespace workflow::store
