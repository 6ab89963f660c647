#!/usr/bin/env python3
"""Removes or inverts one check of the engine at a time and asks whether a test notices.

    tests/mutants/mutants.py [--count 500] [--seed 1] [--build build] [--list] [--out FILE]

Mutants are made of the conditions of `if` in libworkflow/engine, libworkflow/shell and
libworkflow/process/duties.*: the check never holds, always holds, or is turned round. The sample
follows from the seed. Each mutant is compiled in the build folder (release, configured before) and
the test programs run until one fails: that kills it. The sources are put back, also on SIGINT.

Prints each survivor as FILE:LINE and its change, and at the end `killed N of M (P %)`. A mutant
that does not compile is replaced by the next one. Ends with 1 when fewer than 95 % are killed. It
takes about a minute for each mutant: it is no part of tests/run.sh.
"""

import argparse
import pathlib
import random
import re
import sys

from laboratory import ROOT, Laboratory

# In the order in which they are likely to notice, quick ones first.
PROGRAMS = ["engine", "process", "hostile", "shell", "batch", "report", "trail", "store", "tools"]
CONDITION = re.compile(r"^(\s*(?:\} else )?if (?:constexpr )?\()(.*)"
                       r"(\)(?: \{| return .*;| continue;| break;)?)$")


def sources():
    for folder in ("engine", "shell"):
        yield from sorted((ROOT / "libworkflow" / folder).rglob("*.cpp"))
    yield from sorted((ROOT / "libworkflow/process").glob("duties*.cpp"))


def balanced(text):
    depth = 0
    for c in text:
        depth += c == "("
        depth -= c == ")"
        if depth < 0:
            return False
    return depth == 0


def mutants_of(path):
    for number, line in enumerate(path.read_text().splitlines()):
        match = CONDITION.match(line)
        if not match or "constexpr" in match[1] or not balanced(match[2]):
            continue
        head, condition, tail = match.groups()
        init, mark, tested = condition.rpartition("; ")
        declares = re.match(r"(const )?auto[*& ]", tested)
        if declares:
            # `if (auto refusal = f())`: the name must stay known.
            name = re.match(r"(?:const )?auto\W+(\w+) =", tested)
            if not name or mark:
                continue
            init, mark, tested = tested, "; ", name[1]
        yield path, number, line, f"{head}{init}{mark}({tested}) && false{tail}"
        yield path, number, line, f"{head}{init}{mark}!({tested}){tail}"
        if "return" in tail and "refuse" in tail:
            yield path, number, line, f"{head}{init}{mark}({tested}) || true{tail}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--build", default="build")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--out", type=pathlib.Path)
    asked = parser.parse_args()

    every = [mutant for path in sources() for mutant in mutants_of(path)]
    random.Random(asked.seed).shuffle(every)
    if asked.list:
        for path, number, line, changed in every[: asked.count]:
            print(f"{path.relative_to(ROOT)}:{number + 1}: {changed.strip()}")
        print(f"{len(every)} mutants can be made")
        return 0
    laboratory = Laboratory(ROOT / asked.build, sequences=1500)
    if not laboratory.compiles(PROGRAMS):
        sys.exit(f"mutants: {asked.build} does not build; see {laboratory.log}")
    for name in PROGRAMS:
        if laboratory.tests(name) != 0:
            sys.exit(f"mutants: {name} fails without a mutant; see {laboratory.log}")
    killed, survivors = 0, []
    said = asked.out.open("a") if asked.out else sys.stdout
    for path, number, line, changed in every:
        if killed + len(survivors) == asked.count:
            break
        lines = path.read_text().splitlines(keepends=True)
        lines[number] = changed + "\n"
        by = laboratory.killer(path, "".join(lines), PROGRAMS)
        if by is None:
            continue
        where = f"{path.relative_to(ROOT)}:{number + 1}: {changed.strip()}"
        if by:
            killed += 1
        else:
            survivors.append(where)
        print(f"{'killed by ' + by if by else 'SURVIVES':18}{where}", file=said, flush=True)
    laboratory.compiles(PROGRAMS)
    all_made = killed + len(survivors)
    print("\n".join(survivors), file=said)
    print(f"killed {killed} of {all_made} ({100 * killed / max(all_made, 1):.1f} %)", file=said)
    return 0 if killed >= 0.95 * all_made else 1


if __name__ == "__main__":
    sys.exit(main())
