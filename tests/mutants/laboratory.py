"""Changes one source, builds, and asks which test program notices."""

import os
import pathlib
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(words, seconds, log):
    try:
        return subprocess.run(words, cwd=log.parent, stdout=log.open("w"),
                              stderr=subprocess.STDOUT, timeout=seconds).returncode
    except subprocess.TimeoutExpired:
        return "time"


class Laboratory:
    def __init__(self, build, sequences):
        self.build = build
        os.environ["WORKFLOW_SEQUENCES"] = str(sequences)
        self.log = build / "mutant.log"
        self.seconds = {}

    def compiles(self, programs):
        targets = ["test_" + name for name in programs]
        return run(["ninja", "-C", str(self.build), *targets], 1800, self.log) == 0

    def tests(self, name):
        limit = 10 * self.seconds.get(name, 120) + 30
        began = time.monotonic()
        code = run([str(self.build / "tests" / ("test_" + name)), "-a"], limit, self.log)
        self.seconds.setdefault(name, time.monotonic() - began)
        return code

    def killer(self, path, changed, programs):
        """The first program that fails with `changed` as the text of the source; nothing where all
        pass, `None` where it does not compile. The source is put back."""
        whole = path.read_text()
        try:
            path.write_text(changed)
            for name in programs:
                if not self.compiles([name]):
                    return None
                if self.tests(name) != 0:
                    return name
            return ""
        finally:
            path.write_text(whole)
