// `staff`: the organization, and its changes, by the program.

#include "support/database_owner.hpp"
#include "tools/terminal.hpp"

namespace workflow::testing::journal_test {

namespace {

/// The supervisor, who orders it for a reason.
struct Chief {
    Terminal& run;
    Said operator()(std::vector<std::string> words) const {
        for (const char* word : {"--as", "chief", "--reason", "人社发〔2026〕7号"})
            words.emplace_back(word);
        return run(words);
    }
};

}  // namespace

TEST_CASE("officers come, change and go by commands, and the list shows them as they are today") {
    Terminal run;
    const Chief order{run};
    run.open();
    const auto joined =
        order({"staff", "join", "xu", "--name", "徐静", "--person", "p-7", "--hall", "north"});
    INFO(joined.err);
    REQUIRE(joined.code == 0);
    CHECK(holds(joined.out, "enters service as 徐静 at north: 人社发〔2026〕7号"));
    CHECK(order({"staff", "post", "xu", "general-window"}).code == 0);
    CHECK(order({"staff", "qualify", "xu", "social-card.*"}).code == 0);
    CHECK(order({"staff", "weigh", "xu", "--weight", "2"}).code == 0);
    CHECK(order({"staff", "supervise", "lin"}).code == 0);
    CHECK(order({"staff", "supervise", "lin", "--off"}).code == 0);
    CHECK(order({"staff", "move", "xu", "--hall", "north", "--section", "社保科"}).code == 0);
    CHECK(order({"staff", "substitute", "xu", "--for", "wang", "--from", "2026-01-01", "--to",
                 "2026-12-31"})
              .code == 0);
    CHECK(order({"staff", "absent", "sun", "--from", "2026-01-01", "--to", "2026-12-31"}).code ==
          0);
    CHECK(order({"staff", "leave", "qian", "--from", "2026-01-01"}).code == 0);

    const auto list = run({"staff", "--format", "json"}).json();
    const auto of = [&](const std::string& officer) {
        for (const auto& row : list)
            if (row.at("officer") == officer) return row;
        return nlohmann::ordered_json();
    };
    CHECK(of("xu").at("name") == "徐静");
    CHECK(of("xu").at("section") == "社保科");
    CHECK(of("xu").at("weight") == 2);
    CHECK(of("xu").at("posts") == nlohmann::ordered_json({"general-window", "unified-window"}));
    CHECK(of("xu").at("stands_in_for") == nlohmann::ordered_json::array({"wang"}));
    CHECK(of("lin").at("supervisor") == false);
    CHECK(of("sun").at("away") == "absent until 2026-12-31");
    CHECK(of("qian").at("away") == "left on 2026-01-01");
    const auto table = run({"staff", "--hall", "north", "--language", "zh"});
    CHECK(holds(table.out, "综合窗口, 出件窗口"));
    CHECK(holds(table.out, "stands in for wang"));
    CHECK(run({"staff", "--hall", "south"}).out.find("lin") == std::string::npos);

    CHECK(run({"next", "--as", "xu"}).code == 0);
    CHECK(order({"staff", "back", "sun", "--on", "2026-02-01"}).code == 0);
    const auto changes = run({"journal"});
    CHECK(holds(changes.out, "孙立 (sun) is back on 2026-02-01"));
    CHECK(holds(changes.out, "周正 (chief)"));
    const auto data = run({"journal", "--format", "json"}).json();
    CHECK(data.size() == 12);
    CHECK(data.at(0).at("kind") == "definition_published");
    CHECK(data.at(2).at("data").at("posts") == nlohmann::ordered_json::array({"general-window"}));
    CHECK(run({"trail", "verify"}).code == 0);
    // Reports know them, too.
    CHECK(run({"report", "officers"}).code == 0);
}

TEST_CASE("officers sit at windows and work in shifts, and the list and the ratings show where") {
    Terminal run;
    const Chief order{run};
    std::string organization;
    for (const auto& text : workflow::testing::standard_texts())
        if (text.path == "organization.yaml") organization = text.content;
    const std::string north = "  north: {title: {zh: 北厅, en: North}}\n";
    organization.replace(organization.find(north), north.size(),
                         "  north: {title: 北厅, windows: {a01: {posts: [general-window]}}}\n"
                         "shifts: {never-today: {mon-fri: 08:00-12:00}}\n");
    run.write("definitions/organization.yaml", organization);
    run({"rate", "keygen", "--out", run.path("rating.secret")});
    run.environment["WORKFLOW_RATING_SECRET"] = run.path("rating.secret");
    CHECK(holds(order({"staff", "seat", "lin", "a01"}).out, "sits at the window a01"));
    CHECK(holds(order({"staff", "shift", "zhao", "never-today"}).out,
                "works in the shift never-today"));
    const auto wrong = order({"staff", "seat", "zhao", "a01"});
    CHECK(wrong.code == 4);
    CHECK(holds(wrong.err, "none of the posts of zhao is served at the window a01"));
    CHECK(order({"staff", "seat", "lin"}).code == 2);
    CHECK(order({"staff", "shift", "zhao", "never-today", "--none"}).code == 2);
    const auto list = run({"staff", "--format", "json"}).json();
    for (const auto& row : list) {
        if (row.at("officer") == "lin") CHECK(row.at("window") == "a01");
        if (row.at("officer") == "zhao") CHECK(row.at("shift") == "never-today");
        if (row.at("officer") == "wang") CHECK(row.at("window").is_null());
    }
    CHECK(holds(run({"staff"}).out, "a01"));

    const auto number = run.open();
    REQUIRE(run({"complete", number, "accept", "--as", "lin"}).code == 0);
    CHECK(holds(run({"trail", number}).out, "at the window a01"));
    CHECK(holds(run({"report", "ratings", "--of", "windows"}).out, "a01"));
    CHECK(run({"report", "ratings", "--of", "windows", "--by", "month", "--format", "json"}).code ==
          0);
    CHECK(holds(run({"report", "ratings", "--of", "windows", "--format", "csv"}).out, "a01,1,"));
    CHECK(holds(run({"report", "ratings", "--of", "windows", "--format", "html"}).out, "a01"));
    CHECK(order({"staff", "seat", "lin", "--none"}).code == 0);
    CHECK(order({"staff", "shift", "zhao", "--none"}).code == 0);
    CHECK(run({"trail", "verify"}).code == 0);
}

TEST_CASE("a new account asks for the human being, and tells of those that may be the same") {
    Terminal run;
    const Chief order{run};
    run.open();
    const auto join = [&](const char* account, const char* name, std::vector<std::string> more) {
        more.insert(more.begin(), {"staff", "join", account, "--name", name, "--hall", "north"});
        return order(std::move(more));
    };
    const auto nobody = join("xu", "徐静", {});
    CHECK(nobody.code == 4);
    CHECK(holds(nobody.err, "field_missing"));
    const auto again = join("lin.evening", "林晓", {"--person", " LIN"});
    CHECK(again.code == 4);
    CHECK(holds(again.err, "same_person"));
    CHECK(holds(again.err, "`--same-person`"));
    CHECK(join("lin.evening", "林晓", {"--person", "lin", "--same-person"}).code == 0);
    CHECK_FALSE(holds(join("xu", "徐静", {"--person", "p-7"}).err, "same name"));
    const auto namesake = join("xu-too", " 徐静 ", {"--person", "p-8"});
    CHECK(namesake.code == 0);
    CHECK(holds(namesake.err, "xu has the same name as xu-too"));
    const auto heavy = order({"staff", "weigh", "xu", "--weight", "1000"});
    CHECK(heavy.code == 2);
    CHECK(holds(join("x\x1b", "x", {"--person", "p-9"}).err, "text_invalid"));
}

TEST_CASE("with two supervisors, one proposes and the other confirms or declines") {
    Terminal run;
    const Chief order{run};
    for (auto text : workflow::testing::standard_texts()) {
        if (text.path != "organization.yaml") continue;
        const std::string officers = "officers:\n";
        text.content.insert(text.content.find(officers) + officers.size(),
                            "  second: {name: 吴刚, hall: north, posts: [], supervisor: true}\n");
        run.write("definitions/organization.yaml", text.content);
    }
    run.open();
    CHECK(run({"staff", "proposals"}).code == 0);
    const auto proposed = order({"staff", "weigh", "zhao", "--weight", "5"});
    CHECK(proposed.code == 0);
    CHECK(holds(proposed.out, "proposed: "));
    CHECK(holds(proposed.out, "workflow staff confirm 2 --as OFFICER"));
    CHECK(holds(run({"staff", "proposals"}).out, "has the weight 5 in draws"));
    const auto weight = [&] {
        const auto list = run({"staff", "--format", "json"}).json();
        for (const auto& row : list)
            if (row.at("officer") == "zhao") return row.at("weight").get<int>();
        return 0;
    };
    CHECK(weight() == 1);
    const auto own = run({"staff", "confirm", "2", "--as", "chief"});
    CHECK(own.code == 4);
    CHECK(holds(own.err, "second_person"));
    CHECK(run({"staff", "confirm", "two", "--as", "second"}).code == 2);
    CHECK(run({"staff", "confirm", "9", "--as", "second"}).code == 4);
    const auto confirmed = run({"staff", "confirm", "2", "--as", "second"});
    INFO(confirmed.err);
    CHECK(confirmed.code == 0);
    CHECK(holds(confirmed.out, "(proposal 2)"));
    CHECK(weight() == 5);
    REQUIRE(order({"staff", "weigh", "zhao", "--weight", "6"}).code == 0);
    CHECK(run({"staff", "confirm", "4", "--decline", "--as", "second"}).code == 4);
    CHECK(run({"staff", "confirm", "4", "--decline", "--reason", "no", "--as", "second"}).code ==
          0);
    CHECK(run({"staff", "proposals", "--format", "json"}).json().empty());
    CHECK(weight() == 5);
    CHECK(run({"trail", "verify"}).code == 0);
}

TEST_CASE("a change that leaves nobody for a step is made, and warned of") {
    Terminal run;
    const Chief order{run};
    const auto spare = order({"staff", "leave", "zhao", "--from", "2026-03-02"});
    CHECK(spare.code == 0);
    CHECK(spare.err.empty());
    REQUIRE(order({"staff", "leave", "qian", "--from", "2026-03-02"}).code == 0);
    const auto last = order({"staff", "post", "sun", "general-window"});
    CHECK(last.code == 0);
    CHECK(holds(last.err, "in north nobody may do `review` of social-card.replace-lost any more"));
    CHECK(holds(last.err, "workflow staff post"));
    // It is told once, by the change that brought it about.
    CHECK(order({"staff", "weigh", "sun", "--weight", "2"}).err.empty());
}

TEST_CASE("mistakes in a change of staff say how to mend them") {
    Terminal run;
    const Chief order{run};
    run.open();
    CHECK(run({"staff", "leave", "lin", "--from", "2026-03-02"}).code == 2);
    CHECK(holds(run({"staff", "leave", "lin", "--as", "chief"}).err, "--from"));
    CHECK(order({"staff", "leave", "lin", "--from", "soon"}).code == 2);
    const auto again = order({"staff", "join", "lin", "--name", "林", "--hall", "north"});
    CHECK(again.code == 4);
    CHECK(holds(again.err, "nothing_changed"));
    const auto unreasoned = run({"staff", "leave", "lin", "--from", "2026-03-02", "--as", "chief"});
    CHECK(unreasoned.code == 4);
    CHECK(holds(unreasoned.err, "reason_required"));
    CHECK(run({"journal", "--format", "json"}).json().size() == 1);
}

TEST_CASE("whoever owns the file cannot alter the journal unnoticed, and nothing goes on by it") {
    Terminal run;
    const Chief order{run};
    const auto number = run.open();
    REQUIRE(order({"staff", "absent", "sun", "--from", "2026-03-02", "--to", "2026-03-02"}).code ==
            0);
    REQUIRE(run({"trail", "verify"}).code == 0);
    DatabaseOwner owner(run.path("hall.db"));
    owner.exchange_staff("lin");
    const auto verified = run({"trail", "verify", "--format", "json"});
    CHECK(verified.code == 1);
    CHECK(holds(verified.out, "\"journal\""));
    owner.run(
        "UPDATE events SET body = x'00' WHERE case_key = (SELECT key FROM cases WHERE item = '')");
    CHECK(run({"trail", "verify"}).code == 1);
    const auto act = run({"complete", number, "accept", "--as", "lin"});
    CHECK(act.code == 3);
    CHECK(holds(act.err, "the journal, event 1"));
}

TEST_CASE("a revision is published for a reason, and the journal tells it") {
    Terminal run;
    const std::string item = "social-card.replace-lost";
    CHECK(run({"publish", item}).code == 2);
    CHECK(run({"publish", item, "--as", "chief"}).code == 4);
    CHECK(run({"publish", "no.such", "--as", "chief", "--reason", "x"}).code == 4);
    const auto published =
        run({"publish", item, "--as", "chief", "--reason", "材料精简", "--language", "zh"});
    INFO(published.err);
    REQUIRE(published.code == 0);
    CHECK(holds(published.out, "published revision 3 of social-card.replace-lost"));
    CHECK(run({"publish", item, "--as", "chief", "--reason", "again"}).code == 4);
    const auto told = run({"journal", "--format", "json"}).json();
    REQUIRE(told.size() == 1);
    CHECK(told.at(0).at("data").at("reason") == "材料精简");
}

TEST_CASE("a clock that was set back stops the terms, and scripts see it") {
    Terminal run;
    run.open();
    run.pass_days(-1);
    const auto stopped = run({"advance"});
    CHECK(stopped.code == 1);
    CHECK(holds(stopped.err, "the clock was set back"));
    const auto again = run({"advance", "--format", "json"});
    CHECK(again.code == 1);
    CHECK(again.json().at("clock_behind") == true);
    CHECK(holds(run({"journal"}).out, "found the clock set back"));
    CHECK(run({"journal", "--format", "json"}).json().size() == 2);
    run.pass_days(2);
    CHECK(run({"advance"}).code == 0);
    CHECK(run({"trail", "verify"}).code == 0);
}

}  // namespace workflow::testing::journal_test
