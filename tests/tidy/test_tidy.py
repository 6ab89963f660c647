#!/usr/bin/env python3
"""Each of tidy's checks bites: one offence a test, and a clean tree without findings."""

import tempfile
import unittest
from pathlib import Path

import tidy

README = "`base/` `calendar/` `engine/` `trail/` `store/` `include/`\n"


def findings(**offence):
    with tempfile.TemporaryDirectory() as folder:
        texts = {"libworkflow/README.md": README,
                 "libworkflow/base/source.hpp": "#pragma once\n",
                 "libworkflow/base/source.cpp": '#include "source.hpp"\n',
                 "libworkflow/engine/decide.hpp": "#pragma once\n",
                 "libworkflow/engine/decide.cpp":
                     '#include "decide.hpp"\n\n#include "../base/source.hpp"\n'}
        texts.update(offence.get("files", {}))
        for path, text in texts.items():
            place = Path(folder) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        return [f"{path}:{line}: {what}" for path, line, what in tidy.findings_of(folder)]


class Tidy(unittest.TestCase):
    def bites(self, path, text, what):
        found = findings(files={path: text})
        self.assertTrue(any(path in f and what in f for f in found), found)

    def test_a_clean_tree_has_no_findings(self):
        self.assertEqual(findings(), [])

    def test_a_layer_may_not_look_up(self):
        self.bites("libworkflow/base/a.cpp", '#include "../engine/decide.hpp"\n',
                   "base may not look at engine")

    def test_trail_may_not_look_at_the_engine_nor_the_engine_at_the_trail(self):
        self.bites("libworkflow/trail/a.cpp", '#include "../engine/decide.hpp"\n',
                   "trail may not look at engine")
        found = findings(files={
            "libworkflow/trail/codec.hpp": "#pragma once\n",
            "libworkflow/engine/b.cpp": '#include "../trail/codec.hpp"\n'})
        self.assertIn("libworkflow/engine/b.cpp:1: engine may not look at trail", found)

    def test_the_facade_is_for_those_outside(self):
        self.bites("libworkflow/engine/a.cpp", "#include <workflow/engine.hpp>\n", "facade")

    def test_no_visitor_takes_what_it_does_not_know(self):
        for text in ("struct Hide { bool operator()(const auto&) const { return true; } };\n",
                     "std::visit([](const auto&) { return true; }, event.what);\n",
                     "std::visit(\n    [&](const auto& e) {\n        "
                     "if constexpr (requires { e.path; }) n(e.path);\n    },\n    what);\n",
                     "std::visit(Overloaded{[](const Claim&) {}, [](const auto&) {}}, action);\n"):
            self.bites("libworkflow/engine/a.cpp", text, "name each alternative")
        self.bites("libworkflow/engine/a.cpp",
                   "switch (code) {\n    case RefusalCode::absent:\n        return 1;\n"
                   "    default:\n        return 0;\n}\n", "name each code")
        self.assertEqual(findings(files={
            "libworkflow/engine/a.cpp":
                "std::visit([&](const auto& what) { note(one, what); }, event.what);\n"}), [])

    def test_third_parties_stay_in_their_modules(self):
        self.bites("libworkflow/engine/a.cpp", "#include <yaml-cpp/yaml.h>\n", "belongs to")
        self.bites("libworkflow/base/text.hpp", "#pragma once\n#include <fmt/format.h>\n",
                   "belongs to")

    def test_no_clock_and_no_randomness_below_the_store(self):
        self.bites("libworkflow/engine/a.cpp", "auto t = std::chrono::system_clock::now();\n",
                   "reads a clock")
        self.bites("libworkflow/engine/a.cpp", "std::random_device seed;\n", "random")
        self.bites("libworkflow/engine/a.cpp", "std::ofstream file;\n", "opens files")

    def test_words_in_comments_and_strings_are_not_code(self):
        self.assertEqual(findings(files={
            "libworkflow/engine/a.cpp": '// std::random_device\nauto t = "std::ofstream";\n'}), [])

    def test_names_must_say_something(self):
        self.bites("libworkflow/engine/a.cpp", "class CaseManager {};\n", "without content")
        self.bites("libworkflow/base/utils.cpp", "\n", "says nothing")

    def test_a_file_of_more_than_500_lines_is_too_long(self):
        self.bites("libworkflow/engine/a.cpp", "int a;\n" * 501, "501 lines")

    def test_chinese_characters_take_two_columns(self):
        self.bites("libworkflow/engine/a.cpp", "// " + "受" * 49 + "\n", "101 columns")

    def test_what_sounds_unfinished_is_found(self):
        self.bites("libworkflow/engine/a.cpp", "// TO" + "DO: more\n", "sounds unfinished")

    def test_blanks_at_the_end_of_a_line_are_found(self):
        self.bites("libworkflow/engine/a.cpp", "int a; \n", "blanks")

    def test_each_layer_is_in_the_readme(self):
        self.bites("libworkflow/feel/a.cpp", "int a;\n", "does not say what `feel/` is for")

    def test_a_header_nobody_includes_is_found(self):
        self.bites("libworkflow/engine/lost.hpp", "#pragma once\n", "nobody includes it")


if __name__ == "__main__":
    unittest.main()
