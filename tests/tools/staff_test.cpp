// `staff`: the organization, and its changes, by the program.

#include "support/database_owner.hpp"
#include "tools/terminal.hpp"

using workflow::testing::DatabaseOwner;
using workflow::testing::holds;
using workflow::testing::Said;
using workflow::testing::Terminal;

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
    const auto joined = order({"staff", "join", "xu", "--name", "徐静", "--hall", "north"});
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
    const auto changes = run({"staff", "changes"});
    CHECK(holds(changes.out, "孙立 (sun) is back on 2026-02-01"));
    CHECK(holds(changes.out, "周正 (chief)"));
    const auto data = run({"staff", "changes", "--format", "json"}).json();
    CHECK(data.size() == 11);
    CHECK(data.at(1).at("data").at("posts") == nlohmann::ordered_json::array({"general-window"}));
    CHECK(run({"trail", "verify"}).code == 0);
    // Reports know them, too.
    CHECK(run({"report", "officers"}).code == 0);
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
    CHECK(run({"staff", "changes", "--format", "json"}).json().empty());
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
