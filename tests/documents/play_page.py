#!/usr/bin/env python3
"""Plays a page of documentation: saves its files, runs its commands in one shell, compares output.

    tests/documents/play_page.py PROGRAM_FOLDER PAGE

A yaml block after "Save this as `FILE`" is a file. In a console block a line that begins with `$ `
is a command, with lines that continue it; what follows is its output. Times, hashes, keys and who
was drawn differ from run to run, and so does the width of columns: both sides are compared without
them. A comment `<!-- change: FILE: OLD -> NEW -->` changes a file for the next command only, which
is how a page shows a mistake. OLD is a regular expression; ` & ` separates several changes. Exits
with 1 if an output differs from the page.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
END = "end-of-the-command"
DRAWN = r"(?:Wang Qiang|Zhao Min|Sun Li) \((?:wang|zhao|sun)\)|\b(?:wang|zhao|sun)\b"


def plain(text):
    """The text without what differs from run to run."""
    text = re.sub(DRAWN, "REVIEWER", text)
    text = re.sub(r"\d{4}-\d\d-\d\d[T ]?(\d\d:\d\d(:\d\d)?Z?)?", "TIME", text)
    text = re.sub(r"-\d{8}-", "-DAY-", text)
    text = re.sub(r"[A-Za-z0-9+/]{40,}=*|[0-9a-f]{64}", "HASH", text)
    return [re.sub(r"[ ]+", " ", line).strip() for line in text.splitlines() if line.strip()]


def commands_of(block):
    """Each command of a console block with its output."""
    lines = block.splitlines()
    at = 0
    while at < len(lines):
        command = lines[at].removeprefix("$ ")
        while command.endswith("\\"):
            at += 1
            command += "\n" + lines[at]
        at += 1
        begin = at
        while at < len(lines) and not lines[at].startswith("$ "):
            at += 1
        yield command, "\n".join(lines[begin:at])


def pieces_of(page):
    """Files, changes of files, and commands, in the order of the page."""
    pattern = re.compile(
        r"[Ss]ave this as\s+`(?P<file>[^`]+)`[^`]*?```yaml\n(?P<text>.*?)```"
        r"|<!-- change: (?P<changed>\S+): (?P<old>.*?) -> (?P<new>.*?) -->"
        r"|```console\n(?P<block>.*?)```", re.S)
    for match in pattern.finditer(page):
        if match["file"]:
            yield "file", match["file"], match["text"]
        elif match["changed"]:
            yield "change", match["changed"], (match["old"], match["new"])
        else:
            for command, output in commands_of(match["block"]):
                yield "command", command, output


class Shell:
    def __init__(self, folder, programs):
        environment = dict(os.environ, PATH=f"{programs}:{os.environ['PATH']}",
                           LC_ALL="C.UTF-8")
        self.process = subprocess.Popen(
            ["bash", "--norc"], cwd=folder, env=environment, text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run(self, command):
        self.process.stdin.write(f"{command}\necho; echo {END}\n")
        self.process.stdin.flush()
        said = []
        for line in self.process.stdout:
            if line.strip() == END:
                break
            said.append(line)
        return "".join(said)


def main():
    programs, page = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    wrong = 0
    played = 0
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "definitions", Path(folder) / "definitions")
        (Path(folder) / "examples").symlink_to(ROOT / "examples")
        shell = Shell(folder, programs)
        changed = {}
        for kind, name, content in pieces_of(page.read_text()):
            path = Path(folder) / name if kind != "command" else None
            if kind == "file":
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content)
            elif kind == "change":
                text = path.read_text()
                for old, new in zip(content[0].split(" & "), content[1].split(" & ")):
                    changed.setdefault(path, text)
                    if not re.search(old, text):
                        sys.exit(f"{page}: `{old}` is not in {name}")
                    text = re.sub(old, new, text)
                path.write_text(text)
            else:
                said = shell.run(name)
                played += 1
                if plain(said) != plain(content):
                    wrong += 1
                    print(f"{page}: `{name}` says\n{said}\nand the page shows\n{content}\n")
                for path, text in changed.items():
                    path.write_text(text)
                changed = {}
    print(f"{page.name}: {played} commands, {wrong} with another output")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
