// What stands between texts and a terminal: text, line feeds, tabs and the own colours get through.

#include "presentation/text/terminal.hpp"

#include <ostream>
#include <sstream>

#include "base/printable.hpp"
#include "support/catch.hpp"
#include "support/terminal_attack.hpp"

namespace workflow::testing::terminal_test {

using presentation::own_escape;
using presentation::TerminalText;

TEST_CASE("control characters, turned writing and broken bytes become blanks; text stays") {
    CHECK(printable(terminal_attack) == "A [2J ]0;title  31mB 32m  C D E");
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
        for (const char c : terminal_attack) out << c << std::flush;
        out << own_escape() << "[31mred" << own_escape().substr(0, 5);
        out << own_escape().substr(5) << "[0m" << own_escape().substr(0, 5) << "\n陈"
            << "\xc2";
    }
    CHECK(sink.str() == "A [2J ]0;title  31mB 32m  C D E\x1b[31mred\x1b[0m " +
                            own_escape().substr(1, 4) + "\n陈 ");
}

}  // namespace workflow::testing::terminal_test
