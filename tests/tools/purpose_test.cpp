// `--purpose`: a reader says why he reads personal data, and the trail keeps it.

#include <algorithm>

#include "tools/second_verifier.hpp"

namespace workflow::testing::purpose_test {

namespace {

/// The standard hall, whose organization names what personal data are read for.
struct ReadingHall : Terminal {
    ReadingHall() {
        for (const auto& text : workflow::testing::standard_texts())
            if (text.path == "organization.yaml")
                write("definitions/" + text.path,
                      text.content +
                          "reading: {purposes: {handling: 业务办理, complaint: 投诉核查}, "
                          "per hour: 2}\n");
    }
    std::size_t events(const std::string& number) {
        return (*this)({"trail", number, "--format", "json"}).json().at("events").size();
    }
};

const std::string hint =
    "personal data are withheld: give the purpose of reading with --purpose handling|complaint\n";
const std::string id_number = "420600199001011001";

}  // namespace

TEST_CASE("show and trail keep personal data back from a reader who does not say what for") {
    ReadingHall run;
    const auto number = run.open();
    for (const char* command : {"show", "trail"}) {
        const auto without = run({command, number, "--reader", "lin", "--personal"});
        INFO(command << without.err);
        CHECK(without.code == 0);
        CHECK(holds(without.out, "(withheld)"));
        CHECK_FALSE(holds(without.out, id_number));
        CHECK(without.err == hint);
    }
    CHECK(holds(run({"show", number, "--reader", "lin"}).out, "(withheld)"));
    // Whoever reads the store as a whole is kept from nothing, and asked for nothing.
    CHECK(holds(run({"show", number, "--personal"}).out, id_number));
    CHECK(run({"show", number}).err.empty());
    const auto json = run({"show", number, "--reader", "lin", "--format", "json"});
    CHECK(json.json().at("fields").at("id_number") == "(withheld)");
    CHECK(json.err.empty());
}

TEST_CASE("with a purpose they are shown, and the trail says who reads and why") {
    ReadingHall run;
    const auto number = run.open();
    const auto before = run.events(number);
    const auto with =
        run({"show", number, "--reader", "lin", "--personal", "--purpose", "handling"});
    INFO(with.err);
    CHECK(with.code == 0);
    CHECK(with.err.empty());
    CHECK(holds(with.out, id_number));
    CHECK(run.events(number) == before + 1);
    // Said once, it holds for the day.
    CHECK(run({"trail", number, "--reader", "lin", "--purpose", "handling"}).code == 0);
    CHECK(run.events(number) == before + 1);
    const auto again = run({"show", number, "--reader", "lin", "--personal"});
    CHECK(holds(again.out, id_number));
    CHECK(again.err.empty());

    const auto trail = run({"trail", number, "--format", "json"}).json().at("events");
    CHECK(trail.back().at("kind") == "case_read");
    CHECK(trail.back().at("data").at("purpose") == "handling");
    CHECK(trail.back().at("actor").at("officer") == "lin");
    CHECK(holds(run({"trail", number}).out, "reads personal data: 业务办理"));
    run.pass_days(1);
    CHECK(run({"show", number, "--reader", "lin", "--personal"}).err == hint);
}

TEST_CASE("a purpose that nobody named, for nobody, or from somebody else's office is refused") {
    ReadingHall run;
    const auto number = run.open();
    const auto unknown = run({"show", number, "--reader", "lin", "--purpose", "curiosity"});
    CHECK(unknown.code == 4);
    CHECK(holds(unknown.err, "purpose_required"));
    CHECK(unknown.out.empty());
    const auto nobody = run({"trail", number, "--purpose", "handling"});
    CHECK(nobody.code == 2);
    CHECK(holds(nobody.err, "--reader"));
    CHECK(run({"show", number, "--reader", "lin", "--sign-with", "lin.pem"}).code == 2);
    const auto other = run({"show", number, "--reader", "zhao", "--purpose", "handling"});
    CHECK(other.code == 4);
    CHECK(holds(other.err, "not_yours_to_read"));
}

TEST_CASE("who has read as many cases as he may is stopped, and the journal says so") {
    ReadingHall run;
    std::vector<std::string> numbers;
    for (const char* person : {"1001", "1002", "1003"}) numbers.push_back(run.open(person));
    const auto read = [&](const std::string& number) {
        return run({"show", number, "--reader", "lin", "--purpose", "handling"});
    };
    CHECK(read(numbers[0]).code == 0);
    CHECK(read(numbers[1]).code == 0);
    const auto third = read(numbers[2]);
    CHECK(third.code == 4);
    CHECK(holds(third.err, "reading_exhausted"));
    CHECK(read(numbers[2]).code == 4);
    const auto journal = run({"journal", "--format", "json"}).json();
    CHECK(std::count_if(journal.begin(), journal.end(), [](const auto& event) {
              return event.at("kind") == "reading_stopped";
          }) == 1);
    CHECK(journal.back().at("data").at("officer") == "lin");
    CHECK(journal.back().at("data").at("cases") == 2);
    CHECK(holds(run({"journal"}).out, "2 cases within an hour"));
    CHECK(run({"trail", "verify"}).code == 0);
}

TEST_CASE("where acts are signed, so is a reading") {
    ReadingHall run;
    auto key = run({"trail", "keygen", "--key", run.path("lin.pem"), "--origin", "lin"}).out;
    key.pop_back();
    const auto number = run.open();
    for (auto text : workflow::testing::standard_texts()) {
        if (text.path != "organization.yaml") continue;
        const auto put = [&](const std::string& after, const std::string& what) {
            text.content.insert(text.content.find(after) + after.size(), what);
        };
        put("general-window: {", "signed: true, ");
        put("lin: {", "key: '" + key + "', ");
        run.write("definitions/" + text.path,
                  text.content + "reading: {purposes: {handling: 业务办理}}\n");
    }
    const std::vector<std::string> reading{"show",       number,      "--reader", "lin",
                                           "--personal", "--purpose", "handling"};
    const auto bare = run(reading);
    CHECK(bare.code == 4);
    CHECK(holds(bare.err, "signature_required"));
    auto with_key = reading;
    with_key.insert(with_key.end(), {"--sign-with", run.path("lin.pem")});
    const auto done = run(with_key);
    INFO(done.err);
    CHECK(done.code == 0);
    CHECK(holds(done.out, id_number));
    const auto trail = run({"trail", number, "--format", "json"}).json().at("events");
    CHECK(trail.back().at("signatures").size() == 1);
    CHECK(run({"trail", "verify"}).code == 0);
    CHECK(workflow::testing::second_verifier(run.path("hall.db")).code == 0);
}

}  // namespace workflow::testing::purpose_test
