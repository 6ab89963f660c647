// Nobody picks the reviewer by the program either, and a case that nobody can take shows.

#include <set>

#include "tools/terminal.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::pool_test {

namespace {

/// The shipped definitions, with fourteen reviewers.
struct CityHall : Terminal {
    CityHall() { environment["WORKFLOW_CATALOG"] = WORKFLOW_SOURCE_DIR "/definitions"; }

    std::string filed(const std::vector<std::string>& more = {}) {
        std::vector<std::string> words{"open",        "social-card.replace-lost",
                                       "--as",        "lin-fang",
                                       "--applicant", "420600199001011234",
                                       "--field",     "id_number=420600199001011234",
                                       "--material",  "photo",
                                       "--material",  "commitment=committed",
                                       "--hall",      "central",
                                       "--format",    "json"};
        words.insert(words.end(), more.begin(), more.end());
        const Said said = (*this)(words);
        return said.code == 0 ? said.json().at("case").get<std::string>() : std::string();
    }
    std::string accepted(const std::vector<std::string>& more = {}) {
        const auto number = filed(more);
        CHECK((*this)({"complete", number, "accept", "--as", "lin-fang"}).code == 0);
        return number;
    }
    /// Who was drawn last; empty: nobody.
    std::string drawn(const std::string& number) {
        std::string officer;
        const auto trail = (*this)({"trail", number, "--format", "json"}).json();
        for (const auto& event : trail.is_object() ? trail.at("events") : trail)
            if (event.at("kind") == "task_drawn")
                officer = event.at("data").at("officer").is_null()
                              ? std::string()
                              : event.at("data").at("officer").get<std::string>();
        return officer;
    }
};

}  // namespace

TEST_CASE("whoever takes in an application cannot name the reviewer by recusing the others") {
    CityHall hall;
    const auto honest = hall.drawn(hall.accepted());
    REQUIRE(!honest.empty());
    CHECK(hall({"open", "social-card.replace-lost", "--recused", "zhao-min"}).code == 2);
    std::vector<std::string> others;
    for (const auto* name :
         {"cao-yang", "ding-ning", "fan-wei", "gao-yuan", "han-xue", "hou-yong", "pan-hong",
          "peng-bo", "qian-jin", "qin-lan", "song-jia", "sun-li", "xu-lei", "zhao-min"})
        if (name != honest)
            others.insert(others.end(), {"--recused", std::string(name) + "=kin: a cousin"});
    const auto number = hall.accepted(others);
    CHECK(hall.drawn(number) == honest);
    // lin-fang asked, and accepted the case.
    const auto said = hall({"recuse", number, honest, "--confirm", "--as", "lin-fang"});
    CHECK(said.code == 4);
}

TEST_CASE("filing again draws nobody anew, without any secret, in any process") {
    CityHall hall;
    std::set<std::string> drawn;
    for (int day = 0; day < 4; ++day) {
        const auto number = hall.accepted();
        drawn.insert(hall.drawn(number));
        CHECK(hall({"withdraw", number, "--reason", "again"}).code == 0);
        hall.pass_days(1);
    }
    CHECK(drawn.size() == 1);
    CHECK(hall({"trail", "verify"}).code == 0);
}

TEST_CASE("a task that was given back too often is work of the supervisors, who choose a way out") {
    CityHall hall;
    const auto number = hall.accepted();
    int returns = 0;
    for (auto holder = hall.drawn(number); !holder.empty(); holder = hall.drawn(number)) {
        CHECK(hall({"return", number, "--as", holder, "--reason", "ill"}).code == 0);
        ++returns;
    }
    CHECK(returns == 12);  // of fourteen two are left: fewer than three
    CHECK(holds(hall({"tasks", "--post", "supervisor"}).out, number));
    const auto resolve = [&](const char* officer) -> Said {
        return hall({"resolve", number, "--way", "ask_again", "--reason", "all", "--as", officer});
    };
    CHECK(resolve("zhao-min").code == 4);
    const auto said = resolve("zhou-zheng");
    INFO(said.err);
    CHECK(said.code == 0);
    CHECK(!hall.drawn(number).empty());
    CHECK(resolve("zhou-zheng").code == 4);
    const auto pools = hall({"report", "pools", "--format", "json"}).json().at("rows");
    CHECK(pools.at(0).at("held_back") == 1);
    CHECK(pools.at(0).at("narrowed").get<int>() > 10);
    CHECK(hall({"trail", "verify"}).code == 0);
}

TEST_CASE("a recusal that is granted takes the task back, and the trail says who did what") {
    CityHall hall;
    const auto number = hall.accepted();
    const auto first = hall.drawn(number);
    CHECK(hall({"recuse", number, first, "--ground", "kin"}).code == 2);
    CHECK(hall({"recuse", number, first, "--ground", "kin", "--reason", "a cousin"}).code == 0);
    CHECK(hall.drawn(number) == first);
    CHECK(hall({"recuse", number, first, "--confirm", "--as", "zhou-zheng"}).code == 0);
    CHECK(hall.drawn(number) != first);
    CHECK(holds(hall({"trail", number}).out, "recus"));
}

}  // namespace workflow::testing::pool_test
