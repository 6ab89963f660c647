#!/usr/bin/env python3
"""Removes or inverts one check of the engine at a time and asks whether a test notices.

    tests/mutants/mutants.py [--count 500] [--seed 1] [--jobs 2] [--folder out/mutants] [--every]
                             [--only FILE:LINE] [--again FILE] [--list] [--out FILE]

A check is an `if` in libworkflow/engine, libworkflow/shell or libworkflow/process/duties.* that
refuses, throws, or tells what is wrong with a trail. Each is removed (its condition never holds)
and inverted. With `--every` mutants are made of all conditions, which also always hold: many of
these change nothing that anybody can see. The sample follows from the seed.

All mutants are compiled at once, in a copy of the sources in `--folder`: each condition asks which
mutant is active. Each test program then runs once with none active and records which conditions
each of its test cases evaluates. A mutant runs only the test cases that evaluate its condition,
quick ones first, until one fails: that kills it. A mutant that no test case reaches survives.

`--again` runs the survivors that an earlier run wrote to `--out`.

Prints each survivor as FILE:LINE and its change, and at the end `killed N of M (P %)`. Ends with 1
when fewer than 95 % are killed. The build takes some fifteen minutes and each mutant some seconds:
it is no part of tests/run.sh.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = ["process", "engine", "hostile", "batch", "trail", "store", "shell", "report", "tools"]
BEGINS = re.compile(r"^\s*(?:\} else |else )?(if \()", re.M)
# What stands behind the condition of a check: it refuses, or says what is wrong.
REFUSES = re.compile(r"\)\s*\{?\s*(?:throw |add\(|broken\(|return (?:refus|Refusal|RefusalCode::"
                     r"|rule\b|code\b|broken|std::move\(\*refusal|\*refusal|\w+(?:\.|->)refusal))")
# The longest that the test cases of one program may take before a mutant counts as killed by time:
# this many times what they take without it, and some seconds.
PATIENCE = 10
KINDS = ("never", "inverted", "always")  # in the order of switch.inc
SEQUENCES = "1500"  # of the hostile actors, for each mutant


class Mutant:
    def __init__(self, number, path, line, kind, condition, check):
        self.number, self.path, self.line = number, path, line
        self.kind, self.condition = kind, condition
        self.check = check  # removes or inverts a check

    @property
    def change(self):
        """What tells it apart from others, wherever the line has moved."""
        return str(self.path), f"{self.kind} if ({self.condition})"

    def __str__(self):
        return f"{self.path}:{self.line}: {self.kind} if ({self.condition})"


def sources():
    for folder in ("engine", "shell"):
        yield from sorted((ROOT / "libworkflow" / folder).rglob("*.cpp"))
    yield from sorted((ROOT / "libworkflow/process").glob("duties*.cpp"))


def closing(text, at):
    """Where the parenthesis that opens at `at` is closed; string literals are passed over."""
    depth, i = 0, at
    while i < len(text):
        c = text[i]
        if c in "\"'" and not (c == "'" and text[i - 1].isalnum()):  # not in 1'000
            i += 1
            while text[i] != c:
                i += 2 if text[i] == "\\" else 1
        depth += c == "("
        depth -= c == ")"
        if depth == 0:
            return i
        i += 1
    return None


def split(condition):
    """What stands before the tested part of `init; tested`; a lambda's own `;` is none of that."""
    depth = 0
    for i, c in enumerate(condition):
        depth += c in "({["
        depth -= c in ")}]"
        if depth == 0 and c == ";":
            return condition[:i], "; ", condition[i + 1:].lstrip()
    return "", "", condition


def rewrite(text, path, mutants):
    """The source with each condition asking for the active mutant; appends what it can become."""
    done, at = [], 0
    for match in BEGINS.finditer(text):
        end = closing(text, match.end() - 1)
        if match.start() < at or end is None:
            continue
        condition = text[match.end():end]
        init, mark, tested = split(condition)
        if re.match(r"(const )?auto[*& ]", tested):
            # `if (auto refusal = f())`: the name must stay known.
            name = re.match(r"(?:const )?auto\W+(\w+) =", tested)
            if not name or mark:
                continue
            init, mark, tested = tested, "; ", name[1]
        first = len(mutants)
        refuses = REFUSES.match(text, end) is not None
        line = text.count("\n", 0, match.start(1)) + 1
        for kind in KINDS:
            mutants.append(Mutant(len(mutants), path, line, kind, " ".join(condition.split()),
                                  refuses and kind != "always"))
        done.append(text[at:match.end()])
        done.append(f"{init}{mark}::mutants::ask({first}, ({tested}) ? true : false)")
        at = end
    return "".join(done) + text[at:]


def copy_sources(tree, changed):
    """Copies what git knows, and `changed` instead of what stands in the checkout. Leaves a file
    alone that is as it should be, so that nothing is compiled again without need, and deletes
    sources of an earlier run that are gone."""
    known = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = set(known.stdout.decode().split("\0"))
    for folder in ("libworkflow", "tests", "tools"):
        for path in (tree / folder).rglob("*.?pp"):
            if str(path.relative_to(tree)) not in names:
                path.unlink()
    for name in names:
        source, target = ROOT / name, tree / name
        if not name or not source.is_file():
            continue
        text = changed.get(name, source.read_bytes())
        if not target.exists() or target.read_bytes() != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)
            shutil.copymode(source, target)


def build(folder, mutants):
    tree = folder / "tree"
    changed = {}
    for path in sources():
        name = str(path.relative_to(ROOT))
        levels = "../" * name.count("/")
        ask = f'#include "{levels}tests/mutants/switch.inc"\n'
        changed[name] = (ask + rewrite(path.read_text(), name, mutants)).encode()
    changed["tests/support/main.cpp"] = b"".join(
        (ROOT / name).read_bytes()
        for name in ("tests/support/main.cpp", "tests/mutants/recorder.inc"))
    copy_sources(tree, changed)
    configure = ["cmake", "--preset", "release", "-DWORKFLOW_UNITY=ON",
                 "-DWORKFLOW_BUILD_BENCHMARKS=OFF"]
    if shutil.which("ccache"):
        # What has no mutants was compiled before, in the checkout.
        configure.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
        os.environ.update(CCACHE_BASEDIR=str(tree), CCACHE_NOHASHDIR="1",
                          CCACHE_SLOPPINESS="pch_defines,time_macros,include_file_mtime,"
                                            "include_file_ctime")
    make = ["cmake", "--build", "build", "--target", "workflow_program",
            *[f"test_{name}" for name in PROGRAMS]]
    with (folder / "build.log").open("w") as log:
        for words in (configure, make):
            if subprocess.run(words, cwd=tree, stdout=log, stderr=log).returncode != 0:
                sys.exit(f"mutants: the copy does not build; see {log.name}")
    return tree / "build"


class Program:
    """A test program, and which conditions each of its test cases evaluates."""

    def __init__(self, name, tree, folder):
        self.name, self.tree = name, tree
        self.path = tree / "tests" / f"test_{name}"
        self.reached = {}  # test case -> (seconds, set of conditions)
        record = folder / f"{name}.reached"
        for _ in range(3):  # some cases measure time, and fail where the machine is busy
            record.unlink(missing_ok=True)
            done = self.run([], None, {"WORKFLOW_MUTANTS_REACHED": str(record)}, 3600)
            if done == 0:
                break
        else:
            sys.exit(f"mutants: test_{name} fails without a mutant: {done}")
        for line in record.read_text().splitlines():
            case = json.loads(line)
            self.reached[case["name"]] = (case["seconds"], set(case["reached"]))

    def run(self, words, mutant, extra, seconds):
        environment = dict(os.environ, WORKFLOW_SEQUENCES=SEQUENCES, RC_PARAMS="seed=1", **extra)
        if mutant is not None:
            environment["WORKFLOW_MUTANT"] = str(mutant)
        with tempfile.TemporaryDirectory() as scratch:
            os.chmod(scratch, 0o755)  # tests act as other users, too
            environment["TMPDIR"] = scratch
            try:
                return subprocess.run([str(self.path), "-a", *words], cwd=self.tree,
                                      env=environment, stdout=subprocess.DEVNULL,
                                      stderr=subprocess.DEVNULL, timeout=seconds).returncode
            except subprocess.TimeoutExpired:
                return "time"

    def kills(self, mutant):
        condition = mutant.number - mutant.number % len(KINDS)
        cases = sorted((seconds, name) for name, (seconds, reached) in self.reached.items()
                       if condition in reached)
        # In batches of growing time: most mutants die in the first.
        while cases:
            batch, total = [], 0.0
            while cases and (not batch or total + cases[0][0] < 2.0):
                seconds, name = cases.pop(0)
                batch.append(name)
                total += seconds
            with tempfile.NamedTemporaryFile("w", suffix=".txt") as names:
                names.write("".join(f'"{escaped(name)}"\n' for name in batch))
                names.flush()
                limit = PATIENCE * total + 20
                # Twice, since a case that measures time fails on a busy machine.
                if all(self.run(["-f", names.name], mutant.number, {}, limit) != 0
                       for _ in range(2)):
                    return True
        return False


def escaped(name):
    return re.sub(r'([\\,\["])', r"\\\1", name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "out/mutants")
    parser.add_argument("--only", default="", help="the mutants whose FILE:LINE holds this text")
    parser.add_argument("--every", action="store_true", help="of all conditions, not only checks")
    parser.add_argument("--again", type=pathlib.Path)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--out", type=pathlib.Path)
    asked = parser.parse_args()

    mutants = []
    if asked.list:
        for path in sources():
            rewrite(path.read_text(), str(path.relative_to(ROOT)), mutants)
    else:
        asked.folder.mkdir(parents=True, exist_ok=True)
        tree = build(asked.folder.resolve(), mutants)
    made = [mutant for mutant in mutants if mutant.check or asked.every]
    sample = [mutant for mutant in made if asked.only in str(mutant)]
    random.Random(asked.seed).shuffle(sample)
    if asked.again:
        survived = set(re.findall(r"^SURVIVES +(\S+):\d+: (.*)$", asked.again.read_text(), re.M))
        sample = [mutant for mutant in sample if mutant.change in survived]
    sample = sample[: asked.count]
    if asked.list:
        print("\n".join(str(mutant) for mutant in sample))
        print(f"{len(made)} mutants can be made")
        return 0

    with concurrent.futures.ThreadPoolExecutor(asked.jobs) as pool:
        programs = list(pool.map(lambda name: Program(name, tree, asked.folder), PROGRAMS))
        said = asked.out.open("a") if asked.out else sys.stdout

        def killer(mutant):
            return next((one.name for one in programs if one.kills(mutant)), "")

        survivors = []
        for mutant, by in zip(sample, pool.map(killer, sample)):
            if not by:
                survivors.append(str(mutant))
            print(f"{'killed by ' + by if by else 'SURVIVES':18}{mutant}", file=said, flush=True)
    killed = len(sample) - len(survivors)
    print("\n".join(survivors), file=said)
    print(f"killed {killed} of {len(sample)} ({100 * killed / max(len(sample), 1):.1f} %)",
          file=said)
    return 0 if killed >= 0.95 * len(sample) else 1


if __name__ == "__main__":
    sys.exit(main())
