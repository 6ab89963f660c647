#!/usr/bin/env python3
"""A second verifier of a store's trail, by docs/formats alone. Python's standard library only.

    verify_trail.py STORE [--checkpoints FILE --public-key KEY]

It checks every chain, the order of all events and each signed checkpoint, and compares the rows of
every table with what the events say of them. It does not replay cases on their definitions. So of
an open case it cannot say at which steps without a task it stands (`cases.steps`), when time does
something in it where a timer was armed (`cases.wake`), who may claim a task (`tasks.post`) and who
may not (`tasks.barred`): `workflow trail verify` can. It has no vault's key, and opens nothing.
Ends with 0 when the store is whole, 1 when something is broken, 2 when the command line is wrong, 3
when something cannot be read.
"""

import argparse
import base64
import hashlib
import os
import re
import sqlite3
import sys
import urllib.parse


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
        self.recorded, self.happened, self.officer, self.key, self.later = 0, None, b"", b"", False
        self.request = 0
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

    def maybe(self, read):
        return read() if self.bytes(1)[0] else None

    def list(self, read):
        return [read() for _ in range(self.u())]

    def time(self):
        self.s()
        self.maybe(lambda: (self.s(), self.text()))

    def value(self):
        kind = self.bytes(1)[0]
        if kind == 1:
            self.bytes(1)
        elif kind == 2:
            self.u(), self.u(), self.s(), self.bytes(1)
        elif kind == 3:
            self.text()
        elif kind in (4, 8):
            self.s()
        elif kind == 5:
            self.time()
        elif kind == 6:
            self.s(), self.time()
        elif kind == 7:
            self.s(), self.s()
        elif kind == 9:
            self.list(self.value)
        elif kind == 10:
            self.list(lambda: (self.text(), self.value()))
        elif kind == 11:
            self.value(), self.value(), self.bytes(2)

    def warning(self):
        return self.bytes(1)[0], self.u(), self.bytes(1)[0], self.s()

    def read(self):
        if self.body[0] not in (1, 2):
            return
        flags, self.at = self.body[1], 2
        more = self.bytes(1)[0] if self.body[0] == 2 else 0
        self.recorded, self.later = self.s(), bool(flags & 32)
        self.happened = self.s() if flags & 1 else None
        if flags & 16:
            self.s()
        actor = self.bytes(1)[0]
        name = self.text() if actor in (0, 4) else b""
        self.officer = name if actor == 0 else b""
        if flags & 8:
            self.text()
        self.key = self.text() if flags & 2 else b""
        if flags & 4:
            self.request = self.u()
        if flags & 64:
            self.signatures = [(self.bytes(32), self.text(), self.text()) for _ in range(self.u())]
        if flags & 128:
            self.sealed = [(self.u(), self.s(), self.bytes(32)) for _ in range(self.u())]
        if more & 1:  # operator, script, row, rule of a batch
            for _ in range(self.u()):
                self.text(), self.bytes(32), self.text(), self.text()
        kind = self.bytes(1)[0]
        self.content = self.at
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


class Broken(Exception):
    """A row that does not fit: where, and what is wrong."""

    def __init__(self, what, table="", row="", column="", case="", sequence=0):
        super().__init__(what)
        where = f"{case} " if case else ""
        where += f"event {sequence}: " if sequence else ""
        where += table + (f" ({row})" if row else "") + (f", {column}" if column else "")
        self.line = f"{where}{': ' if table else ''}{what}"


def words(value):
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


ENDS = (b"granted", b"refused", b"not accepted", b"withdrawn", b"answered", b"lapsed")


class Story:
    """What the events of a case say of its rows."""

    def __init__(self):
        self.status, self.tasks, self.warnings, self.reads = b"open", {}, [], set()
        self.statutory = self.promised = self.appointment = None
        self.requests = []  # of commands that name no case: [key, version after it]
        self.paused = self.provisional = self.timers = self.first = self.anywhere = False
        self.passed, self.turns, self.drawn, self.opening = set(), [], [], False
        self.steps = b""

    def end_of_command(self):
        for task, officer, position in self.drawn:
            if task in self.tasks:
                self.turns.append((self.item + b"/" + self.tasks[task]["step"], position, officer))
        self.drawn = []

    def close(self, task):
        del self.tasks[task]
        self.warnings = [w for w in self.warnings if (w[0], w[1]) != (0, task)]

    def run_to(self, event, with_promise=True):
        self.statutory = event.maybe(event.s)
        if with_promise:
            self.promised = event.maybe(event.s)

    def take(self, event, sequence, position):
        event.at = event.content
        happened = event.recorded if event.happened is None else event.happened
        if event.request:
            self.end_of_command()
            # `next` names no case, either: its keys begin so.
            self.opening = bool(event.key) and (sequence == 1 or event.key.startswith(b"next:"))
            if self.opening:
                self.requests.append([event.key, 0])
        if self.opening:
            self.requests[-1][1] = sequence
        if event.kind != 32:
            self.changed = happened
        kind = event.kind
        if kind == 0:
            event.text()
            self.item = event.text()
            event.u()
            self.definition = event.bytes(32)
            for _ in range(4):  # applicant and channel
                event.text()
            self.hall, self.opened = event.text(), happened
            event.list(lambda: (event.text(), event.value()))
            event.list(lambda: (event.text(), event.bytes(1)))
            event.list(event.u)
            if event.later:
                event.text()
                self.first, self.anywhere = (bool(event.bytes(1)[0]) for _ in range(2))
                self.appointment = event.maybe(event.s)
        elif kind == 1:
            event.s()
            self.run_to(event)
            self.provisional = bool(event.bytes(1)[0])
        elif kind == 2:
            task = event.u()
            self.tasks[task] = {"step": event.text(), "due": event.maybe(event.s), "holder": b"",
                                "offered": happened, "drawn": False, "none": False, "late": False,
                                "stranded": False}
        elif kind == 3:
            task = event.u()
            officer = event.text()
            self.tasks[task].update(drawn=True, holder=officer, none=not officer)
            event.list(event.text)
            event.list(lambda: (event.text(), event.bytes(1)))
            event.u()
            if event.later and event.bytes(1)[0] == 2 and officer:
                self.drawn.append((task, officer, position))
        elif kind == 4:
            task = event.u()
            self.tasks[task]["holder"] = event.text()
        elif kind == 5:
            task = self.tasks[event.u()]
            event.bytes(1)
            event.text()
            task["holder"] = event.text()
        elif kind in (6, 7):
            self.close(event.u())
        elif kind in (8, 9):
            self.timers = True
        elif kind == 10:
            self.paused, self.statutory, self.promised = True, None, None
            self.warnings = [w for w in self.warnings if w[0] == 0]
        elif kind == 11:
            event.s()
            self.run_to(event)
            self.paused, self.provisional = False, bool(event.bytes(1)[0])
        elif kind == 14:
            limit, task = event.bytes(1)[0], event.u()
            if limit == 0:
                self.tasks[task]["late"] = True
            self.passed.add(limit)
        elif kind == 15:
            self.steps = event.text()
            self.status, self.warnings, self.timers = ENDS[event.bytes(1)[0]], [], False
        elif kind == 17:
            event.s(), event.bytes(1)
            self.run_to(event, with_promise=False)
            self.provisional = bool(event.bytes(1)[0])
        elif kind == 18:
            new = event.list(event.warning)
            limits = {w[:2] for w in new}
            self.warnings = [w for w in self.warnings if w[:2] not in limits] + new
        elif kind == 19:
            self.warnings.remove(event.warning())
        elif kind == 22:
            self.run_to(event)
            self.provisional = bool(event.bytes(1)[0])
            for task, due in event.list(lambda: (event.u(), event.s())):
                self.tasks[task]["due"] = due
        elif kind in (38, 39):
            self.tasks[event.u()]["stranded"] = kind == 38
        elif kind == 32:
            self.reads.add((event.officer, event.recorded))

    def wake(self):
        """The first day on which time does something; only where no timer was armed."""
        if self.status != b"open":
            return None
        days = [w[3] for w in self.warnings]
        for task in self.tasks.values():
            days += [0] if task["none"] else []
            days += [task["due"] + 1] if task["due"] is not None and not task["late"] else []
        days += [0] if self.provisional and not self.paused else []
        for limit, due in ((1, self.promised), (2, self.statutory)):
            days += [due + 1] if due is not None and limit not in self.passed else []
        return min(days, default=None)

    def row(self):
        """The columns of `cases` that follow."""
        row = {"item": self.item, "definition": self.definition, "hall": self.hall,
               "status": self.status, "opened": self.opened, "changed": self.changed,
               "statutory_due": self.statutory, "promised_due": self.promised}
        if not self.timers:
            row["wake"] = self.wake()
        if self.status != b"open":
            row["steps"] = self.steps
        return row

    def task_row(self, task):
        """The columns of `tasks` that follow."""
        offered = task["offered"]
        if self.appointment is not None:
            offered = max(offered, self.appointment)
        row = {"step": task["step"], "item": self.item, "holder": task["holder"],
               "due": task["due"], "offered": offered, "later": 0 if self.first else 1,
               "hall": b"" if task["drawn"] or self.anywhere else self.hall}
        if task["drawn"] and not task["stranded"]:
            row["post"] = b""
        if (task["drawn"] and not task["stranded"]) or task["holder"]:
            row["barred"] = b""
        return row


class Case:
    """One case of the store, checked event by event, then row by row."""

    def __init__(self, store, digest_of, row, follows):
        self.store, self.digest_of, self.columns, self.follows = store, digest_of, row, follows
        self.key, self.number = row["key"], row["number"]
        self.name = words(self.number)

    def broken(self, what, table, row, column="", sequence=0):
        return Broken(what, table, row, column, self.name, sequence)

    def at_event(self, sequence, what, column="body"):
        return self.broken(what, "events", f"case_key {self.key}, sequence {sequence}", column,
                           sequence)

    def at_row(self, what, column, sequence=0):
        return self.broken(what, "cases", f"key {self.key}", column, sequence)

    def check(self):
        """The breaks of the case; the chain's first one alone where there is one."""
        events = self.store.execute(
            "SELECT sequence, body, hash, position FROM events WHERE case_key = ? "
            "ORDER BY sequence", (self.key,)).fetchall()
        self.count = len(events)
        try:
            self.check_chain(events)
            story = self.read(events)
        except Broken as broken:
            return self.leave(broken)
        except (IndexError, KeyError, ValueError, AttributeError):
            return self.leave(self.at_event(self.reading, "it does not follow from those before"))
        if self.number == JOURNAL:
            found = self.compare("cases", f"key {self.key}", self.columns, story)
        else:
            found = self.compare("cases", f"key {self.key}", self.columns, story.row())
            found += self.check_tasks(story)
        for (_, _, _, before), (sequence, _, _, position) in zip(events, events[1:]):
            if position <= before:
                found.append(self.at_event(sequence, f"it stands at position {position}, before "
                                           "the event that it follows", "position"))
        return found

    def leave(self, broken):
        """Nobody knows what a broken case would have led to."""
        self.follows.unread.add(self.key)
        if any(self.columns["definition"]):
            self.follows.definitions.add(self.columns["definition"])
        self.follows.tasks += self.store.execute("SELECT count(*) FROM tasks WHERE case_key = ?",
                                                 (self.key,)).fetchone()[0]
        return [broken]

    def check_chain(self, events):
        row = self.columns
        if not events:
            raise self.at_row("the case has no events", "")
        start = previous = self.digest_of(b"\2", self.number)
        for at, (sequence, body, digest, _) in enumerate(events):
            if sequence != at + 1:
                raise self.at_event(at + 1, "the event is missing", "sequence")
            before, previous = previous, self.digest_of(b"\0", previous, body)
            if previous == digest:
                continue
            # What of body, hash and number was changed: the others still fit together.
            after = (events[at + 1][2] == self.digest_of(b"\0", previous, events[at + 1][1])
                     if at + 1 < len(events) else previous == row["head"])
            if at == 0 and not after:
                for other in HASHES.values():
                    if other(b"\0", other(b"\2", self.number), body) == digest:
                        raise self.broken("the chains are not computed by what it says",
                                          "hashing", "row 1", "algorithm", 1)
                opening = Event(body)
                number = opening.number if opening.kind == 0 else JOURNAL
                if self.digest_of(b"\0", self.digest_of(b"\2", number), body) == digest:
                    raise self.at_row(f"by the events it is {words(number)}", "number", 1)
            raise self.at_event(sequence, "its hash does not follow from the event before it",
                                "hash" if after else "body")
        if len(events) != row["version"]:
            what = f"the case counts {row['version']} events, but has {len(events)}"
            if previous == row["head"]:
                raise self.at_row(what, "version", len(events) + 1)
            raise self.at_event(len(events) + 1, what, "sequence")
        if previous != row["head"]:
            raise self.at_row("the hash that the case holds is not its last event's", "head")

    def read(self, events):
        """Reads the story; the rows that it leads to elsewhere go to `follows`."""
        story, definition, first_of_command, before = Story(), b"", b"", 0
        self.reading = 0
        if not self.columns["item"] and self.number != JOURNAL:
            raise self.at_row("a case is of an item", "item")
        for sequence, body, _, position in events:
            self.reading = sequence
            event = Event(body)
            if self.number == JOURNAL:
                if event.kind not in (29, 30, 31, 33, 34, 42, 43):
                    raise self.at_event(sequence, "it is of a case")
                event.at = event.content
                if event.kind == 30:
                    event.text(), event.u()
                    self.follows.definitions.add(event.bytes(32))
                elif event.kind == 33:
                    self.follows.erased.add(event.s())
                story.opened = story.opened if sequence > 1 else event.recorded
                story.changed = event.recorded
                continue
            if sequence == 1:
                if (event.kind, event.number) != (0, self.number):
                    raise self.at_event(1, "it does not open this case")
                definition = event.definition
                self.follows.definitions.add(definition)
            if event.kind is None:
                raise self.at_event(sequence, "it is no event")
            if event.request:
                first_of_command, before = body, sequence - 1
            for person in {person for _, person, _ in event.sealed}:
                self.follows.add("sealed", self.key, sequence, person)
            if event.signatures and not event.signed(self.number, before, definition,
                                                     Event(first_of_command).key):
                raise self.at_event(sequence, "the officer's signature does not verify")
            story.take(event, sequence, position)
        if self.number == JOURNAL:
            return {"item": b"", "definition": bytes(32), "hall": b"", "status": b"journal",
                    "steps": b"", "opened": story.opened, "changed": story.changed,
                    "statutory_due": None, "promised_due": None, "wake": None}
        story.end_of_command()
        for key, version in story.requests:
            self.follows.add("requests", key, self.key, version)
        for officer, at in story.reads:
            self.follows.add("reads", officer, at, self.key)
        for queue, position, officer in story.turns:
            if position > self.follows.turns.get(queue, (0, b""))[0]:
                self.follows.turns[queue] = position, officer
        return story

    def compare(self, table, row, there, derived):
        return [self.broken(f"it is {words(there[column])!r}, and by the events {words(value)!r}",
                            table, row, column)
                for column, value in derived.items() if there[column] != value]

    def check_tasks(self, story):
        found, open_tasks = [], dict(story.tasks)
        for row in rows_of(self.store, "SELECT * FROM tasks WHERE case_key = ? ORDER BY task",
                           self.key):
            name = f"case_key {self.key}, task {row['task']}"
            task = open_tasks.pop(row["task"], None)
            self.follows.tasks += 1
            if task is None:
                found.append(self.broken("no such task is open: the row was put in", "tasks", name))
                continue
            found += self.compare("tasks", name, row, story.task_row(task))
            if not task["drawn"] and not row["post"]:
                found.append(self.broken("nobody could claim it", "tasks", name, "post"))
            if not re.fullmatch(rb"(?: (?:[^ ]+ )+)?", row["barred"]):
                found.append(self.broken("it is no list of officers", "tasks", name, "barred"))
        for task in open_tasks:
            found.append(self.broken("the task is open, and its row is gone", "tasks",
                                     f"case_key {self.key}, task {task}"))
        steps = self.columns["steps"].split(b" ")
        if any(task["step"] not in steps for task in story.tasks.values()):
            found.append(self.at_row("it leaves out a step that has an open task", "steps"))
        return found


def rows_of(store, sql, *values):
    """The rows as dictionaries."""
    cursor = store.execute(sql, values)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row))


# The columns that are compared as a whole, and how many of them name a row.
COMPARED = {"requests": (("key", "case_key", "version"), 1),
            "reads": (("officer", "at", "case_key"), 3),
            "sealed": (("case_key", "sequence", "person"), 3)}


class Follows:
    """The rows of other tables that the events of all cases lead to."""

    def __init__(self, store):
        self.store, self.turns, self.tasks = store, {}, 0
        self.definitions, self.erased, self.unread = set(), set(), set()
        for table, (columns, _) in COMPARED.items():
            store.execute(f"CREATE TEMP TABLE follows_{table} ({', '.join(columns)})")

    def add(self, table, *row):
        values = ", ".join("CAST(? AS TEXT)" if isinstance(value, bytes) else "?" for value in row)
        self.store.execute(f"INSERT INTO follows_{table} VALUES ({values})", row)

    def compare(self, table):
        columns, key = COMPARED[table]
        owner = columns.index("case_key")
        names = ", ".join(columns)
        sides = []
        for one, other in ((f"follows_{table}", table), (table, f"follows_{table}")):
            rows = self.store.execute(
                f"SELECT {names} FROM {one} EXCEPT SELECT {names} FROM {other}")
            sides.append({row[:key]: row for row in rows if row[owner] not in self.unread})
        wanted, there = sides
        for row in sorted(wanted.keys() | there.keys(), key=repr):
            name = ", ".join(f"{column} {words(value)}" for column, value in zip(columns, row))
            if row not in there:
                yield Broken("the row is gone: an event says that it was there", table, name)
            elif row not in wanted:
                yield Broken("the trail does not name it: the row was put in", table, name)
            else:
                for column, value, right in zip(columns, there[row], wanted[row]):
                    if value != right:
                        yield Broken(f"it is {value}, and by the events {right}", table, name,
                                     column)

    def compare_turns(self):
        wanted = {queue: officer for queue, (_, officer) in self.turns.items()}
        there = dict(self.store.execute("SELECT queue, officer FROM turns"))
        for queue in sorted(wanted.keys() | there.keys()):
            row = f"queue {words(queue)}"
            if queue not in there:
                yield Broken("the row is gone: an event says that it was there", "turns", row)
            elif queue not in wanted:
                yield Broken("the trail does not name it: the row was put in", "turns", row)
            elif wanted[queue] != there[queue]:
                yield Broken(f"it is {words(there[queue])}, and by the events "
                             f"{words(wanted[queue])}", "turns", row, "officer")

    def compare_definitions(self):
        named = set(self.definitions)
        for digest, text in self.store.execute("SELECT digest, text FROM definitions"):
            row, known = f"digest {digest.hex()}", digest in named
            named.discard(digest)
            if digest_of_bundle(text) != digest:
                yield Broken("the text is not the one of that digest", "definitions", row,
                             "text" if known else "digest")
            elif not known and not self.unread:
                yield Broken("the trail does not name it: the row was put in", "definitions", row)
        for digest in sorted(named):
            yield Broken("the definition is gone", "definitions", f"digest {digest.hex()}")


def digest_of_bundle(text):
    """The digest of a definition by the texts it was built from; None where it is no bundle."""
    header, at, whole = b"workflow bundle 1\n", 18, b""
    if not text.startswith(header):
        return None
    pieces = []
    while at < len(text):
        length, blank, _ = text[at:at + 20].partition(b" ")
        if not blank or not length.isdigit():
            return None
        at += len(length) + 1
        piece = text[at:at + int(length)]
        at += int(length)
        if len(piece) != int(length) or text[at:at + 1] != b"\n":
            return None
        at += 1
        pieces.append(piece)
    if len(pieces) % 2:
        return None
    for content in pieces[1::2]:
        whole += len(content).to_bytes(8, "big") + content
    return sha256(whole)


def check_persons(store, erased):
    """What is wrong with the keys of persons, which are erased only as the journal says."""
    last = 0
    for person, token, wrapped in store.execute(
            "SELECT id, token, wrapped FROM persons ORDER BY id"):
        row = f"id {person}"
        if person != last + 1:
            yield Broken(f"the key of person {last + 1} is gone, or this row was put in", "persons",
                         row, "id")
        last = person
        if (token is None) != (wrapped is None):
            yield Broken("the row is erased by half", "persons", row,
                         "wrapped" if wrapped is None else "token")
        elif wrapped is None and person not in erased:
            yield Broken("the key was erased, and the journal does not say so", "persons", row,
                         "wrapped")
        elif wrapped is not None and person in erased:
            yield Broken("the key was erased, and is back", "persons", row, "wrapped")
    for (person,) in store.execute(
            "SELECT max(person) FROM follows_sealed HAVING max(person) > ?", (last,)):
        yield Broken(f"the key of person {person} is gone", "persons", f"id {person}")
    for (person,) in store.execute(
            "SELECT id FROM persons WHERE (token IS NULL OR token <> CAST('store' AS BLOB)) AND "
            "NOT EXISTS (SELECT 1 FROM sealed WHERE person = id)"):
        yield Broken("nothing is sealed of that person: the row was put in", "persons",
                     f"id {person}")


# Values that no writer writes, and that the library would read as if they were others.
DAY = "{} NOT BETWEEN -2147483648 AND 2147483646"
TASK = "'case_key ' || case_key || ', task ' || task"
ODD = [("cases", "key", "'key ' || key", "key < 1"),
       ("cases", "version", "'key ' || key", "version NOT BETWEEN 1 AND 4294967294"),
       ("tasks", "task", TASK, "task NOT BETWEEN 1 AND 4294967294"),
       ("tasks", "due", TASK, DAY.format("due")),
       ("tasks", "later", TASK, "later NOT IN (0, 1)"),
       ("persons", "token", "'id ' || id",
        "length(token) <> 32 AND token <> CAST('store' AS BLOB)"),
       ("persons", "wrapped", "'id ' || id", "length(wrapped) < 29"),
       ("sealed", "box",
        "'case_key ' || case_key || ', sequence ' || sequence || ', person ' || person",
        "length(box) < 29 OR substr(box, 1, 1) NOT IN (x'00', x'01')")]


def check_values(store):
    for (found,) in store.execute("PRAGMA main.integrity_check"):
        if found != b"ok" and found != "ok":
            yield Broken(f"SQLite finds: {words(found)}")
    for table, column, row, condition in ODD:
        for (name,) in store.execute(f"SELECT {row} FROM {table} WHERE {condition} LIMIT 1000"):
            yield Broken("no writer writes that value", table, words(name), column)


# The checksums of the schemas, and what makes an older one look like the one after it.
SCHEMAS = {1: "36c29e7d498f3ee13390b7b967d440e08f3f54e494ae221f30442db64d9df347",
           2: "680cdd62ebb520b427a24cc16e6142e9313947d613708862a11d23197eb3628b",
           3: "7f44f87768b7d3cb7bb867d8fc48ec2779f4ad4f060ebfaf5d5cddf40f7ad408",
           4: "f717c01abc1b68b2224719813cacfcebb1126904b2571c511e6fb2f35c2ff4df"}
AS_IF = {2: "CREATE TEMP VIEW tasks AS SELECT *, 1 AS later FROM main.tasks;"
            "CREATE TEMP TABLE turns (queue, officer);",
         3: "CREATE TEMP TABLE persons (id, token, wrapped);"
            "CREATE TEMP TABLE sealed (case_key, sequence, person, box);"
            "CREATE TEMP TABLE reads (officer, at, case_key);"
            "CREATE TEMP TABLE hashing (algorithm); INSERT INTO hashing VALUES ('sha256');",
         4: "CREATE TEMP TABLE matters (matter, first, decided);"
            "CREATE TEMP TABLE draw_key (key);"}


def open_store(path):
    """The file, for reading only; one that cannot be written, with no log, leaving no trace."""
    path = os.path.realpath(path)
    log = os.path.exists(path + "-shm") or (
        os.path.exists(path + "-wal") and os.path.getsize(path + "-wal") > 0)
    writable = os.stat(path).st_mode & 0o222 and (
        os.access(path, os.W_OK) or os.access(os.path.dirname(path), os.W_OK))
    mode = "mode=ro" if log or writable else "mode=ro&immutable=1"
    store = sqlite3.connect(f"file:{urllib.parse.quote(path)}?{mode}", uri=True,
                            isolation_level=None)
    store.text_factory = bytes
    if store.execute("PRAGMA application_id").fetchone()[0] != 0x77666c77:
        raise Unreadable("it is not a workflow store")
    schema = store.execute("PRAGMA user_version").fetchone()[0]
    if schema not in SCHEMAS:
        raise Unreadable(f"the store has schema {schema}, which is not known here")
    lines = store.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE "
                          "'sqlite\\_%' ESCAPE '\\' ORDER BY type, name").fetchall()
    if sha256(*(part + b"\n" for line in lines for part in line)).hex() != SCHEMAS[schema]:
        raise Unreadable(f"its tables, indexes or triggers are not those of schema {schema}")
    for step in range(schema + 1, max(SCHEMAS) + 1):
        store.executescript(AS_IF[step])
    store.execute("BEGIN")  # one moment for all that follows
    return store


def hashing_of(store):
    """By what the store says that it is hashed; a lie there shows in every chain."""
    rows = store.execute("SELECT algorithm FROM hashing").fetchall()
    name = rows[0][0].decode("utf-8", "replace") if len(rows) == 1 else ""
    if name not in HASHES:
        raise Unreadable(f"the store is by a hash that is not known here: `{name}`")
    return name


def verify(path, comparison):
    store = open_store(path)
    hashing = hashing_of(store)
    digest_of = HASHES[hashing]
    follows, breaks, cases, chained = Follows(store), [], 0, 0
    for row in list(rows_of(store, "SELECT * FROM cases ORDER BY key")):
        case = Case(store, digest_of, row, follows)
        breaks += case.check()
        cases += 1
        chained += store.execute("SELECT count(*) FROM events WHERE case_key = ?",
                                 (case.key,)).fetchone()[0]
    breaks += check_persons(store, follows.erased)
    breaks += check_values(store)
    tree, last = Tree(digest_of), 0
    if comparison:
        comparison.open(hashing)
        comparison.compare(tree)
    for position, digest in store.execute(
            "SELECT position, hash FROM events NOT INDEXED ORDER BY position"):
        if position != last + 1:
            breaks.append(Broken(f"after position {last} comes {position}: events were taken out, "
                                 "put in or moved", "events", f"position {position}", "position"))
        last = position
        tree.append(digest)
        if comparison:
            comparison.compare(tree)
    if tree.size != chained:
        breaks += [Broken("the row is gone, and its events are there; or they never had one",
                          "cases", f"key {key}")
                   for (key,) in store.execute(
                       "SELECT DISTINCT case_key FROM events NOT INDEXED WHERE case_key NOT IN "
                       "(SELECT key FROM cases) ORDER BY case_key LIMIT 1000")]
        breaks += [Broken("it is of no case", "events", f"position {position}", "case_key")
                   for (position,) in store.execute(
                       "SELECT position FROM events NOT INDEXED WHERE case_key NOT IN "
                       "(SELECT key FROM cases) ORDER BY position LIMIT 1000")]
    if store.execute("SELECT count(*) FROM tasks").fetchone()[0] != follows.tasks:
        breaks += [Broken("it is of no case", "tasks", f"case_key {case}, task {task}", "case_key")
                   for case, task in store.execute(
                       "SELECT case_key, task FROM tasks WHERE case_key NOT IN "
                       "(SELECT key FROM cases WHERE item <> '') LIMIT 1000")]
    for table in COMPARED:
        breaks += follows.compare(table)
    if not follows.unread:
        breaks += follows.compare_turns()
    breaks += follows.compare_definitions()
    lines = [broken.line for broken in breaks]
    if comparison:
        comparison.finish(tree)
        lines += comparison.breaks
    return lines, cases, tree.size


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
    if not comparison:
        print("This shows that the store is consistent, but not that nothing was changed: anyone "
              "who can write the file can recompute the chains, delete cases or replace the file "
              "by an old copy. Signed checkpoints prove that nothing was changed.")
    return 1 if breaks else 0


if __name__ == "__main__":
    sys.exit(main())
