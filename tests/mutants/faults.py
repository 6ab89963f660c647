#!/usr/bin/env python3
"""Puts faults back that the engine once had, and asks whether the hostile actors find each.

    tests/mutants/faults.py [--build build] [--sequences 5000] [--only TEXT]

Each fault takes out the check that mended it. `test_hostile` is built with it and must fail, and
name the promise that is broken. Prints a line for each fault; ends with 1 when one is not found.
Some ten minutes.
"""

import argparse
import re
import sys

from laboratory import ROOT, Laboratory

ENGINE = "libworkflow/engine/"
# What is wrong, the source, what stands there, what stands there then, the promise that breaks
# (a regular expression).
FAULTS = [
    ("anybody writes any field", ENGINE + "requirements.cpp",
     "if (const auto why = kept_from(draft, *slot, task))",
     "if (const auto why = kept_from(draft, *slot, task); why && false)",
     "foreign_field:"),
    ("what was decided on is written again", ENGINE + "requirements.cpp",
     'if (!is_intake(*task)) return "it belongs to the applicant";',
     "if (!is_intake(*task)) return {};", "foreign_field:"),
    ("a computed value is supplied", ENGINE + "requirements.cpp",
     'return "it is computed and cannot be supplied";', "return {};", "(computed|foreign_field):"),
    ("any officer withdraws any case", ENGINE + "authority.cpp",
     "if ((row.parts & parts_of(draft)) != 0) return {};",
     "if ((row.parts & parts_of(draft)) != 0 || true) return {};", "foreign_act:"),
    ("an officer needs no evidence", ENGINE + "authority.cpp",
     "if (evidence.empty())", "if (evidence.empty() && false)", "foreign_act:"),
    ("an officer of any hall withdraws", ENGINE + "authority.cpp",
     "if (!post || (!hall.empty() && officer.hall != hall))",
     "if (!post || (!hall.empty() && officer.hall != hall && false))", "foreign_act:"),
    ("a recusal needs nobody to confirm it", ENGINE + "decide_recuse.cpp",
     "if (asker == Actor::the_engine()) return true;",
     "if (asker == Actor::the_engine() || true) return true;", "narrowed:"),
    ("who asks for a recusal confirms it", ENGINE + "decide_recuse.cpp",
     "is_person(draft, asked->asked_by.officer, one.person) ||", "", "second_person:"),
    ("recusals make the pool as small as one likes", ENGINE + "offering.cpp",
     "return left < rules.minimum && left + lost >= rules.minimum;", "return left == 0;",
     "narrowed:"),
    ("each filing draws anew", ENGINE + "allocation/draw_word.cpp",
     "to_string(matter.keyed_on), matter.item.text, matter.person,",
     "to_string(matter.keyed_on), matter.item.text, matter.person + std::to_string(std::rand()),",
     "chosen:"),
    ("accounts are kept apart, and not human beings", "libworkflow/process/duties.cpp",
     "if (kept.person ? *kept.person == officer.person", "if (kept.person ? *kept.officer == "
     "officer.id", "second_duty:"),
    ("nothing is kept apart", "libworkflow/process/duties.cpp",
     "            return RefusalCode::separated;\n    return {};",
     "            return {};\n    return {};", "second_duty:"),
    ("applicants review themselves", "libworkflow/process/duties.cpp",
     "if (!applicant.empty() && person == applicant) return RefusalCode::applicant_is_officer;", "",
     "own_case:"),
    ("who runs the script performs nothing", ENGINE + "operating.cpp",
     "    if (!batch) return {};\n    const auto conflicts",
     "    if (!batch || true) return {};\n    const auto conflicts", "second_duty:"),
    ("a majority is one vote", "libworkflow/definition/steps/panel.cpp",
     'verdict(fmt::format("{} > {}", count_of(OutcomeId(way.name)), members_ / 2), way.to,',
     'verdict(fmt::format("{} > {}", count_of(OutcomeId(way.name)), 0), way.to,', "votes:"),
    ("another officer completes what was drawn", ENGINE + "decide_task.cpp",
     "    if (!task.holder.empty() && task.holder != id)",
     "    if (!task.holder.empty() && task.holder != id && !activity.drawn)", "chosen:"),
    ("a seal needs nobody to grant it", ENGINE + "decide_unseal.cpp",
     "if (is_person(draft, asked->officer, *draft.officer))",
     "if (is_person(draft, asked->officer, *draft.officer) && false)", "second_person:"),
    ("applicants are shown who reviews", ENGINE + "applicant_visibility.cpp",
     "reviewers_(c.end.has_value() && c.decided) {}", "reviewers_(true) {}", "is shown"),
    ("reviewers are shown who applies", ENGINE + "visibility.cpp",
     "visibility.applicant = !standing.reviews ||",
     "visibility.applicant = true || !standing.reviews ||",
     "is shown who applies"),
    ("members of a panel see each other's votes", ENGINE + "panel_secrecy.cpp",
     "return std::binary_search(tasks.begin(), tasks.end(), task);", "return tasks.empty() && "
     "task == TaskNumber{};", "is shown the vote"),
    ("one supervisor weighs the dice", ENGINE + "second_person.cpp",
     "if (organization.second_person && asks_for_two(change.change)) return true;", "",
     "second_person:"),
    ("a weight has no bound", ENGINE + "staff.cpp",
     "if (weighted.weight >= 1 && weighted.weight <= definition::most_weight) return {};",
     "if (weighted.weight >= 1) return {};", "second_person:"),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default="build")
    parser.add_argument("--sequences", type=int, default=5000)
    parser.add_argument("--only", default="", help="the faults whose names hold this text")
    asked = parser.parse_args()

    laboratory = Laboratory(ROOT / asked.build, asked.sequences)
    if not laboratory.compiles(["hostile"]) or laboratory.tests("hostile") != 0:
        sys.exit(f"faults: test_hostile fails without a fault; see {laboratory.log}")
    missed = 0
    faults = [fault for fault in FAULTS if asked.only in fault[0]]
    for name, source, there, instead, promise in faults:
        path = ROOT / source
        whole = path.read_text()
        if whole.count(there) != 1:
            sys.exit(f"faults: {source} does not hold once: {there}")
        by = laboratory.killer(path, whole.replace(there, instead), ["hostile"])
        said = laboratory.log.read_text(errors="replace")
        found = by == "hostile" and re.search(promise, said) is not None
        missed += not found
        how = "found" if found else "NOT FOUND" if by is not None else "NOT COMPILED"
        print(f"{how:14}{name}", flush=True)
    laboratory.compiles(["hostile"])
    print(f"{len(faults) - missed} of {len(faults)} faults found")
    return 0 if missed == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
