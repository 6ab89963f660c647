// What reaches a terminal: text, line feeds, tabs, and the program's own colours.

#include "support/terminal_attack.hpp"
#include "tools/terminal.hpp"

namespace workflow::testing::terminal_text_test {

TEST_CASE("no command shows a terminal what somebody wrote to steer it") {
    Terminal hall;
    // By the library, since a shell's words and the engine may refuse more than old stores hold.
    const Said opened =
        hall({"open", "social-card.replace-lost", "--as", "lin", "--applicant", "1001", "--name",
              terminal_attack, "--field", "id_number=" + terminal_attack, "--material", "photo"});
    const auto cases = hall({"cases", "--format", "json"}).json();
    std::string number = cases.empty() ? hall.open() : cases.at(0).at("case").get<std::string>();
    hall({"complete", number, "accept", "--as", "lin", "--reason", terminal_attack});
    hall.write("definitions/items/bad.yaml",
               "item: bad\ntitle: \"\u009b\u202e x\"\nodd\u202e: 1\n");
    hall.write("rows.csv", terminal_attack + "\n1\n");
    hall.write("script.yaml", "batch: x\ninput: {file: rows.csv}\nodd\u009b: 1\n");
    const std::vector<std::vector<std::string>> lines{
        {"show", number, "--personal"},
        {"show", number, "--clock"},
        {"trail", number, "--personal"},
        {"cases"},
        {"tasks"},
        {"journal"},
        {terminal_attack},
        {"trail", terminal_attack},
        {"show", terminal_attack},
        {"show", number, "--" + terminal_attack},
        {"cases", "--format", terminal_attack},
        {"claim", number, terminal_attack, "--as", terminal_attack},
        {"complete", number, terminal_attack, "--as", terminal_attack},
        {"open", terminal_attack, "--as", terminal_attack, "--applicant", terminal_attack},
        {"graph", terminal_attack},
        {"eval", terminal_attack},
        {"validate", hall.path("definitions")},
        {"batch", hall.path(terminal_attack)},
        {"batch", hall.path("script.yaml")},
        {"export", "xes", "--out", hall.path(terminal_attack + "/x")},
        {"cases", "--store", hall.path(terminal_attack)},
        {"cases", "--catalog", hall.path(terminal_attack)},
        {"trail", "check", hall.path(terminal_attack), "--public-key", terminal_attack},
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
