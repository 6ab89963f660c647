#!/usr/bin/env python3
"""A second verifier of a store's trail, by docs/formats alone. Python's standard library only.

    verify_trail.py STORE [--checkpoints FILE --public-key KEY]

It checks every chain, the order of all events and each signed checkpoint. It does not replay cases
and does not compare the work list: that needs the definitions, which `workflow trail verify` has.
Ends with 0 when the trail is whole, 1 when something is broken, 2 when the command line is wrong, 3
when something cannot be read.
"""

import argparse
import base64
import hashlib
import re
import sqlite3
import sys


def sha256(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


# ------------------------------------------------------------ Ed25519: RFC 8032, section 5.1

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def add(a, b):
    """Points as (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z."""
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point, plus=add, total=(0, 1, 1, 0)):
    """`total`: the point that adds nothing."""
    while number:
        if number & 1:
            total = plus(total, point)
        point = plus(point, point)
        number >>= 1
    return total


def same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def point_of(data):
    """The point that 32 bytes stand for; None when there is none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = point_of(key), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = hashlib.sha512(signature[:32] + key + message).digest()
    return same(times(s, BASE), add(r, times(int.from_bytes(h, "little") % L, a)))


# ------------------------------------------------------------ SM3: GB/T 32905; SM2: GB/T 32918

def rotate(word, by):
    by %= 32
    return (word << by | word >> 32 - by) & 0xffffffff


def sm3(data):
    state = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600,
             0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e]
    data += b"\x80" + bytes((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    for start in range(0, len(data), 64):
        w = [int.from_bytes(data[i:i + 4], "big") for i in range(start, start + 64, 4)]
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ rotate(w[j - 3], 15)
            w.append(x ^ rotate(x, 15) ^ rotate(x, 23) ^ rotate(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            t = 0x79cc4519 if j < 16 else 0x7a879d8a
            ss1 = rotate((rotate(a, 12) + e + rotate(t, j)) & 0xffffffff, 7)
            ff = a ^ b ^ c if j < 16 else a & b | a & c | b & c
            gg = e ^ f ^ g if j < 16 else e & f | ~e & g & 0xffffffff
            tt1 = (ff + d + (ss1 ^ rotate(a, 12)) + (w[j] ^ w[j + 4])) & 0xffffffff
            tt2 = (gg + h + ss1 + w[j]) & 0xffffffff
            a, b, c, d = tt1, a, rotate(b, 9), c
            e, f, g, h = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17), e, rotate(f, 19), g
        state = [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h))]
    return b"".join(x.to_bytes(4, "big") for x in state)


def joined_sm3(*pieces):
    """Many times faster where Python's OpenSSL has it, as it has SHA-256."""
    data = b"".join(pieces)
    return hashlib.new("sm3", data).digest() if "sm3" in hashlib.algorithms_available else sm3(data)


# By what chains and tree are computed: of a store, and of a checkpoint.
HASHES = {"sha256": sha256, "sm3": joined_sm3}


Q = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff
N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123
CURVE_A = Q - 3
CURVE_B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93
GENERATOR = (0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7,
             0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0)


def on_curve_sum(a, b):
    """Of two points; None is the one at infinity."""
    if a is None or b is None:
        return a or b
    if a[0] == b[0]:
        if (a[1] + b[1]) % Q == 0:
            return None
        slope = (3 * a[0] * a[0] + CURVE_A) * pow(2 * a[1], -1, Q)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, Q)
    x = (slope * slope - a[0] - b[0]) % Q
    return x, (slope * (a[0] - x) - a[1]) % Q


def is_sm2_signed(key, message, signature):
    if len(key) != 64 or len(signature) != 64:
        return False
    x, y = int.from_bytes(key[:32], "big"), int.from_bytes(key[32:], "big")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if x >= Q or y >= Q or (y * y - x * x * x - CURVE_A * x - CURVE_B) % Q:
        return False
    if not 0 < r < N or not 0 < s < N or (r + s) % N == 0:
        return False
    identity = b"1234567812345678"
    numbers = (CURVE_A, CURVE_B, *GENERATOR)
    z = sm3((8 * len(identity)).to_bytes(2, "big") + identity
            + b"".join(n.to_bytes(32, "big") for n in numbers) + key)
    e = int.from_bytes(sm3(z + message), "big")
    point = on_curve_sum(times(s, GENERATOR, on_curve_sum, None),
                         times((r + s) % N, (x, y), on_curve_sum, None))
    return point is not None and (e + point[0]) % N == r


def is_signed_by(key, message, signature):
    """`key` with its label before it (docs/formats/checkpoint.md)."""
    if key[:1] == b"\1":
        return is_signed(key[1:], message, signature)
    return is_sm2_signed(key[4:], message, signature)


# ------------------------------------------------------------ docs/formats/tree.md

class Tree:
    """The complete subtrees of a growing tree, each with its number of leaves."""

    def __init__(self, digest):
        self.digest, self.size, self.complete = digest, 0, []

    def append(self, event_hash):
        leaf, count = self.digest(b"\0", event_hash), 1
        while self.complete and self.complete[-1][0] == count:
            leaf = self.digest(b"\1", self.complete.pop()[1], leaf)
            count *= 2
        self.complete.append((count, leaf))
        self.size += 1

    def root(self):
        if not self.complete:
            return self.digest()
        root = self.complete[-1][1]
        for _, left in reversed(self.complete[:-1]):
            root = self.digest(b"\1", left, root)
        return root


# ------------------------------------------------------------ docs/formats/checkpoint.md

class Fault(Exception):
    """What is wrong with a checkpoint."""


class Unreadable(Exception):
    """Nothing can be said (exit 3)."""


def plain(text):
    """base64 in its one form."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode() == text else None


def key_id(name, key):
    return sha256(name.encode(), b"\n", key)[:4]


def public_key_of(text):
    name, _, rest = text.strip().partition("+")
    number, _, key = rest.partition("+")
    key = plain(key)
    known = key and (len(key) == 33 and key[0] == 1 or len(key) == 68 and key[:4] == b"\xffsm2")
    if not name or not known or number != key_id(name, key).hex():
        raise ValueError(f"`{text}` is no public key")
    return name, key


def notes_of(text):
    """(line, text, signatures) of each note of a file."""
    notes, state = [], "between"
    for number, line in enumerate(text.split("\n"), 1):
        if state == "signatures" and line.startswith("\u2014 "):
            notes[-1][2].append(line[2:])
        elif not line:
            state = "signatures" if state == "text" else "between"
        else:
            if state != "text":
                notes.append([number, "", []])
            state = "text"
            notes[-1][1] += line + "\n"
    return notes


def open_note(note, name, key, check_next=True):
    """(size, root, time, next key, hash) of a note that the key has signed, and the next one."""
    _, text, signatures = note
    verified = False
    for signature in signatures:
        signer, _, data = signature.partition(" ")
        if signer != name:
            continue
        data = plain(data)
        if data is None or len(data) < 4:
            raise Fault("has a signature that is cut short")
        if data[:4] != key_id(name, key):
            continue
        if not is_signed_by(key, text.encode("utf-8", "surrogateescape"), data[4:]):
            raise Fault(f"is not what {name} signed")
        verified = True
    if not verified:
        raise Fault(f"is not signed with the key of {name}")
    lines = text.split("\n")[:-1]
    root = plain(lines[2]) if len(lines) > 2 else None
    if root is None or len(root) != 32 or not re.fullmatch("0|[1-9][0-9]*", lines[1], re.A):
        raise Fault("is no checkpoint")
    if lines[0] != name:
        raise Fault(f"is of {lines[0]}, not of {name}")
    times = [line[5:] for line in lines[3:] if line.startswith("time ")]
    if times and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", times[0], re.A):
        raise Fault("has a time that is none")
    hashing = next((line[5:] for line in lines[3:] if line.startswith("hash ")), "sha256")
    if hashing not in HASHES:
        raise Fault(f"is by a hash that is not known here: `{hashing}`")
    following = next((line[9:] for line in lines[3:] if line.startswith("next-key ")), None)
    if following and check_next:
        try:
            following = public_key_of(following)
        except ValueError as error:
            raise Fault("names a next key that is none") from error
        if following[0] != name:
            raise Fault(f"names a next key of {following[0]}")
        open_note(note, *following, check_next=False)
    return int(lines[1]), root, times[0] if times else None, following, hashing


class Comparison:
    def __init__(self, text, name, key):
        self.breaks, self.pinned, self.anchored, self.differs = [], [], 0, False
        self.notes, self.name, self.key = notes_of(text), name, key
        if not self.notes:
            raise Unreadable("there is no checkpoint")

    def open(self, hashing):
        """`hashing`: by what the store is hashed."""
        name, key = self.name, self.key
        size, time = 0, None
        for number, note in enumerate(self.notes, 1):
            try:
                found = open_note(note, name, key)
                if found[4] != hashing:
                    raise Fault(f"is by {found[4]}, but the store is by {hashing}")
                if found[0] < size:
                    raise Fault("counts fewer events than the one before it")
                if found[2] and time and found[2] < time:
                    raise Fault("is said to be older than the one before it")
            except Fault as fault:
                self.breaks.append(f"checkpoint {number} {fault}")
                continue
            size, time = found[0], found[2]
            if found[3]:
                name, key = found[3]
            self.pinned.append((number, *found[:2]))

    def compare(self, tree):
        while self.pinned and self.pinned[0][1] == tree.size and not self.differs:
            number, _, root = self.pinned.pop(0)
            if tree.root() == root:
                self.anchored = tree.size
            else:
                self.differs = True
                self.breaks.append(f"checkpoint {number}: the events at positions "
                                   f"{self.anchored + 1} to {tree.size} are not those signed")

    def finish(self, tree):
        if self.pinned and not self.differs:
            number, size, _ = self.pinned[0]
            self.breaks.append(f"checkpoint {number} counts {size} events, the store has "
                               f"{tree.size}")


# ------------------------------------------------------------ docs/formats/event.md, chain.md

JOURNAL = b"journal"  # the case of no item that keeps what happened beside the cases


class Event:
    """What of an event is checked; its `kind` is None when the bytes are no event."""

    def __init__(self, body):
        self.body, self.at, self.kind, self.number = body, 0, None, None
        self.definition, self.signatures, self.sealed = None, [], []
        self.happened, self.officer, self.key = None, b"", b""
        try:
            self.read()
        except IndexError:
            self.kind = None

    def u(self):
        value = shift = 0
        while True:
            byte = self.body[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def s(self):
        value = self.u()
        return value >> 1 ^ -(value & 1)

    def bytes(self, size):
        self.at += size
        if self.at > len(self.body):
            raise IndexError
        return self.body[self.at - size:self.at]

    def text(self):
        return self.bytes(self.u())

    def read(self):
        if self.body[0] != 1:
            return
        flags, self.at = self.body[1], 2
        self.s()  # recorded
        self.happened = self.s() if flags & 1 else None
        if flags & 16:
            self.s()
        actor = self.bytes(1)[0]
        self.officer = self.text() if actor == 0 else b""
        if flags & 8:
            self.text()
        self.key = self.text() if flags & 2 else b""
        if flags & 4:
            self.u()
        if flags & 64:
            self.signatures = [(self.bytes(32), self.text(), self.text()) for _ in range(self.u())]
        if flags & 128:
            self.sealed = [(self.u(), self.s(), self.bytes(32)) for _ in range(self.u())]
        kind = self.bytes(1)[0]
        self.act = self.read_act(kind)
        self.kind = kind

    def read_act(self, kind):
        """What was done, as lines of the text that officers sign."""
        if kind == 0:
            self.number, item = self.text(), self.text()
            self.u()  # revision
            self.definition = self.bytes(32)
            return [b"act open_case", b"item " + item]
        if kind == 4:
            return [b"act claim_task", b"task %d" % self.u()]
        if kind == 5:
            task, way = self.u(), self.bytes(1)[0]
            self.text()  # from
            to, reason = self.text(), self.reason()
            name = (b"delegate_task", b"reassign_task", b"return_task", b"reassign_task")[way]
            lines = [b"act " + name, b"task %d" % task]
            return lines + ([b"to " + to] if to and way != 2 else []) + [reason]
        if kind == 6:
            task, outcome = self.u(), self.text()
            self.text()  # officer
            return [b"act complete_task", b"task %d" % task, b"outcome " + outcome, self.reason()]
        if kind == 12:
            return [b"act supply_materials"]
        if kind in (13, 21):
            return [b"act withdraw_case" if kind == 13 else b"act urge_case", self.reason()]
        if kind == 27:
            return [b"act set_rating_aside", b"task %d" % self.u(), self.reason()]
        if kind == 28:
            what = (b"applicant", b"reviewer")[self.bytes(1)[0]]
            reason = self.reason()
            # The officer to whom it is shown, where a second person granted it.
            granted = self.at < len(self.body) and self.text()
            return [b"act grant_unsealing" if granted else b"act unseal_case", b"what " + what,
                    reason]
        if kind == 40:
            what = (b"applicant", b"reviewer")[self.bytes(1)[0]]
            self.text()  # ground
            return [b"act unseal_case", b"what " + what, self.reason()]
        if kind == 41:
            self.text()  # officer
            what = (b"applicant", b"reviewer")[self.bytes(1)[0]]
            return [b"act decline_unsealing", b"what " + what, self.reason()]
        if kind == 32:
            return [b"act read_case", self.reason()]
        return [b"act "]

    def reason(self):
        return b"reason " + self.text().replace(b"\\", b"\\\\").replace(b"\n", b"\\n")

    def signed(self, number, before, definition, key):
        """Whether the officer's signatures are over this act of the command with that key."""
        lines = [b"workflow act", b"case " + (number if before else b""), b"version %d" % before,
                 b"definition " + definition.hex().encode(), b"nonce " + key,
                 b"officer " + self.officer]
        if self.happened is not None:
            lines.append(b"happened %d" % self.happened)
        lines += self.act
        text = b"\n".join(lines) + b"\nasked "
        return all(is_signed_by(public_key, text + asked.hex().encode() + b"\n", signature)
                   for asked, public_key, signature in self.signatures)


def check_case(store, digest_of, case, number, version, head):
    """The first break of a case, as (sequence, what); None when its chain is whole."""
    previous, expected, sealed = digest_of(b"\2", number), 0, set()
    definition, first_of_command, before = b"", b"", 0
    for sequence, body, digest in store.execute(
            "SELECT sequence, body, hash FROM events WHERE case_key = ? ORDER BY sequence",
            (case,)):
        expected += 1
        if sequence != expected:
            return expected, "the event is missing"
        previous = digest_of(b"\0", previous, body)
        if previous != digest:
            return expected, "its hash does not follow from the event before it"
        if number == JOURNAL:
            if Event(body).kind not in (29, 30, 31, 33, 34):
                return sequence, "it is of a case"
            continue
        if sequence == 1:
            opening = Event(body)
            if (opening.kind, opening.number) != (0, number):
                return 1, "it does not open this case"
            definition = opening.definition
        flags = body[1] if len(body) > 1 else 0
        if flags & 4:  # a command begins
            first_of_command, before = body, sequence - 1
        if flags & 128:
            sealed |= {(sequence, person) for _, person, _ in Event(body).sealed}
        if flags & 64:
            event, key = Event(body), Event(first_of_command).key
            if event.kind is None or not event.signed(number, before, definition, key):
                return sequence, "the officer's signature does not verify"
    if expected == 0:
        return 0, "the case has no events"
    kept = set(store.execute("SELECT sequence, person FROM sealed WHERE case_key = ?", (case,)))
    for sequence, _ in sorted(sealed ^ kept):
        return sequence, ("what is sealed of it is gone" if sealed - kept
                          else "something is sealed that the event does not name")
    if expected != version:
        return expected + 1, f"the case counts {version} events, but has {expected}"
    if previous != head:
        return 0, "the hash that the case holds is not its last event's"
    return None


def check_persons(store):
    """What is wrong with the keys of persons, which are erased only as the journal says."""
    erased = set()
    for (body,) in store.execute("SELECT body FROM events JOIN cases ON case_key = key "
                                 "WHERE number = ?", (JOURNAL.decode(),)):
        event = Event(body)
        if event.kind == 33:
            erased.add(event.s())
    last = 0
    for person, gone in store.execute("SELECT id, wrapped IS NULL FROM persons ORDER BY id"):
        if person != last + 1:
            break
        last = person
        if gone != (person in erased):
            return (f"the key of person {person} was erased, and "
                    + ("the journal does not say so" if gone else "is back"))
    if store.execute("SELECT 1 FROM persons WHERE id > ?1 UNION ALL SELECT 1 FROM sealed "
                     "WHERE person > ?1", (last,)).fetchone():
        return f"the key of person {last + 1} is gone"
    return None


def hashing_of(store):
    """By what the store says that it is hashed; a lie there shows in every chain."""
    rows = store.execute("SELECT algorithm FROM hashing").fetchall()
    name = rows[0][0].decode("utf-8", "replace") if len(rows) == 1 else ""
    if name not in HASHES:
        raise Unreadable(f"the store is by a hash that is not known here: `{name}`")
    return name


def verify(path, comparison):
    breaks, cases, chained = [], 0, 0
    store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    store.text_factory = bytes
    store.execute("BEGIN")  # one moment for all that follows
    hashing = hashing_of(store)
    digest_of = HASHES[hashing]
    for key, number, version, head in store.execute(
            "SELECT key, number, version, head FROM cases ORDER BY key"):
        cases += 1
        found = check_case(store, digest_of, key, number, version, head)
        if found:
            breaks.append(f"{number.decode('utf-8', 'replace')} event {found[0]}: {found[1]}")
        chained += store.execute("SELECT count(*) FROM events WHERE case_key = ?",
                                 (key,)).fetchone()[0]
    persons = check_persons(store)
    if persons:
        breaks.append(persons)
    tree, last, gap = Tree(digest_of), 0, None
    if comparison:
        comparison.open(hashing)
        comparison.compare(tree)
    for position, digest in store.execute("SELECT position, hash FROM events ORDER BY position"):
        if position != last + 1 and comparison and not gap:
            gap = f"after position {last} comes {position}"
        last = position
        tree.append(digest)
        if comparison:
            comparison.compare(tree)
    if tree.size != chained:
        breaks.append(f"{tree.size - chained} events belong to no case")
    if comparison:
        comparison.finish(tree)
        breaks += comparison.breaks + ([gap] if gap else [])
    return breaks, cases, tree.size


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("store")
    arguments.add_argument("--checkpoints", metavar="FILE")
    arguments.add_argument("--public-key", metavar="KEY", help="the key, or a file that holds it")
    given = arguments.parse_args()
    if bool(given.checkpoints) != bool(given.public_key):
        arguments.error("--checkpoints and --public-key go together")
    comparison = None
    try:
        if given.checkpoints:
            key = given.public_key
            try:
                with open(key, encoding="utf-8") as file:
                    key = file.read()
            except OSError:
                pass
            try:
                name, key = public_key_of(key)
            except ValueError as error:
                arguments.error(str(error))
            with open(given.checkpoints, encoding="utf-8", errors="surrogateescape",
                      newline="\n") as file:
                comparison = Comparison(file.read(), name, key)
        breaks, cases, events = verify(given.store, comparison)
    except (OSError, sqlite3.Error, Unreadable) as error:
        print(f"verify_trail.py: {error}", file=sys.stderr)
        return 3
    for found in breaks:
        print(f"broken  {found}")
    if comparison:
        print(f"{comparison.anchored} events anchored, "
              f"{max(events - comparison.anchored, 0)} not yet anchored")
    print(f"{cases} cases, {events} events: "
          + (f"{len(breaks)} broken" if breaks else "the trail is intact"))
    return 1 if breaks else 0


if __name__ == "__main__":
    sys.exit(main())
