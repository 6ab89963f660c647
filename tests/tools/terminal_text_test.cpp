// What reaches a terminal: text, line feeds, tabs, and the program's own colours.

#include "terminal_text.hpp"
#include "base/printable.hpp"
#include "tools/terminal.hpp"

namespace workflow::testing::terminal_text_test {

using workflow::tools::own_escape;
using workflow::tools::TerminalText;

namespace {

/// ESC, BEL, CSI as one character and as one byte, DEL, an override and an isolate, a carriage
/// return.
const std::string attack =
    "A\x1b[2J\x1b]0;title\x07"
    "\xc2\x9b"
    "31mB\x9b"
    "32m\x7f\xe2\x80\xae"
    "C\xe2\x81\xa6"
    "D\rE";

bool harmful(const std::string& text) {
    return printable(text) != text;
}

}  // namespace

TEST_CASE("control characters, turned writing and broken bytes become blanks; text stays") {
    CHECK(printable(attack) == "A [2J ]0;title  31mB 32m  C D E");
    for (const char* text : {"a\tb\n", "陈晨", "é", "عربي", "\U0001F600", "\xe2\x80\x94", "²", ""})
        CHECK(printable(text) == text);
    CHECK(printable("\xc3(") == " (");             // begun, and not gone on with
    CHECK(printable("\xc0\x9b[31m") == "  [31m");  // longer than it need be
    CHECK(printable("\xe0\x82\x9b") == " ");       // the same
    CHECK(printable("\xed\xa0\x80") == " ");       // a surrogate
    CHECK(printable("\xf4\x90\x80\x80") == " ");   // beyond Unicode
    CHECK(printable(std::string("a\0b", 3)) == "a b");
    CHECK(incomplete_end("a\xe2\x80") == 2);
    CHECK(incomplete_end("a\xe2\x80\xae") == 0);
    CHECK(incomplete_end("a\x80") == 0);
}

TEST_CASE("nothing gets through in pieces, and the program's own sequences do") {
    std::stringbuf sink;
    {
        TerminalText text(sink);
        std::ostream out(&text);
        for (const char c : attack) out << c << std::flush;
        out << own_escape() << "[31mred" << own_escape().substr(0, 5);
        out << own_escape().substr(5) << "[0m" << own_escape().substr(0, 5) << "\n陈"
            << "\xc2";
    }
    CHECK(sink.str() == "A [2J ]0;title  31mB 32m  C D E\x1b[31mred\x1b[0m " +
                            own_escape().substr(1, 4) + "\n陈 ");
}

TEST_CASE("no command shows a terminal what somebody wrote to steer it") {
    Terminal hall;
    // By the library, since a shell's words and the engine may refuse more than old stores hold.
    const Said opened =
        hall({"open", "social-card.replace-lost", "--as", "lin", "--applicant", "1001", "--name",
              attack, "--field", "id_number=" + attack, "--material", "photo"});
    const auto cases = hall({"cases", "--format", "json"}).json();
    std::string number = cases.empty() ? hall.open() : cases.at(0).at("case").get<std::string>();
    hall({"complete", number, "accept", "--as", "lin", "--reason", attack});
    hall.write("definitions/items/bad.yaml",
               "item: bad\ntitle: \"\u009b\u202e x\"\nodd\u202e: 1\n");
    hall.write("rows.csv", attack + "\n1\n");
    hall.write("script.yaml", "batch: x\ninput: {file: rows.csv}\nodd\u009b: 1\n");
    const std::vector<std::vector<std::string>> lines{
        {"show", number, "--personal"},
        {"show", number, "--clock"},
        {"trail", number, "--personal"},
        {"cases"},
        {"tasks"},
        {"journal"},
        {attack},
        {"trail", attack},
        {"show", attack},
        {"show", number, "--" + attack},
        {"cases", "--format", attack},
        {"claim", number, attack, "--as", attack},
        {"complete", number, attack, "--as", attack},
        {"open", attack, "--as", attack, "--applicant", attack},
        {"graph", attack},
        {"eval", attack},
        {"validate", hall.path("definitions")},
        {"batch", hall.path(attack)},
        {"batch", hall.path("script.yaml")},
        {"export", "xes", "--out", hall.path(attack + "/x")},
        {"cases", "--store", hall.path(attack)},
        {"cases", "--catalog", hall.path(attack)},
        {"trail", "check", hall.path(attack), "--public-key", attack},
        {"report", "officers"},
        {"staff"}};
    for (const auto& words : lines)
        for (const char* when : {"never", "always"}) {
            auto coloured = words;
            coloured.insert(coloured.end(), {"--color", when});
            const Said said = hall(coloured);
            INFO(words.front() << ": " << said.out << said.err);
            auto all = said.out + said.err;
            if (std::string(when) == "always")  // of what is painted, the program's own alone
                for (auto at = all.find('\x1b'); at != std::string::npos; at = all.find('\x1b')) {
                    const auto end = all.find('m', at);
                    REQUIRE(all.find_first_not_of("0123456789;[", at + 1) == end);
                    all.erase(at, end - at + 1);
                }
            CHECK_FALSE(harmful(all));
            CHECK_FALSE(holds(all, "title\x07"));
        }
}

TEST_CASE("JSON escapes what a terminal would carry out, and says the same") {
    Terminal hall;
    const Said said = hall({"eval",
                            "\"a\u202eb\u009bc\x7f"
                            "d²\"",
                            "--format", "json"});
    INFO(said.out << said.err);
    CHECK_FALSE(harmful(said.out));
    CHECK(holds(said.out, "\\u202e"));
    CHECK(said.json().dump().find("a\u202eb\u009bc\x7f"
                                  "d²") != std::string::npos);
}

}  // namespace workflow::testing::terminal_text_test
