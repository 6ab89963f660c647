// What is given to the program may be of any size: each reader has bounds, and says which one is
// passed and where.

#include "base/bounds.hpp"
#include "signer_socket.hpp"
#include "support/catch.hpp"
#include "support/children.hpp"
#include "tools/terminal.hpp"

namespace workflow::testing::bounds_test {

namespace bounds = workflow::bounds;

namespace {

std::string repeated(std::string_view piece, std::size_t times) {
    std::string text;
    text.reserve(piece.size() * times);
    while (times-- > 0) text += piece;
    return text;
}

}  // namespace

TEST_CASE("every command that takes JSON keeps its bounds") {
    Terminal run;
    run.write("deep.json", "{\"x\": " + repeated("[", 40) + repeated("]", 40) + "}");
    run.write("twice.json", "{\"item\": \"a\", \"item\": \"b\"}");
    for (const auto& words :
         {std::vector<std::string>{"eval", "1", "--context", run.path("deep.json")},
          std::vector<std::string>{"open", "--json", run.path("deep.json"), "--as", "lin"}}) {
        const Said said = run(words);
        CHECK(said.code == 3);
        CHECK(holds(said.err, "deep.json:1:38: this is nested more than 32 deep"));
    }
    CHECK(holds(run({"open", "--json", run.path("twice.json")}).err,
                "the key `item` is given twice"));
    CHECK(holds(run({"eval", "1", "--context", "-"}, std::string(bounds::json_bytes + 1, ' ')).err,
                "standard input is larger than the 16777216 bytes"));
}

TEST_CASE("one evaluation has one budget, whichever command asks for it") {
    Terminal run;
    // A step for each round and some for what is done in it.
    CHECK(run({"eval", "count(for a in 1..10000 return a)"}).out == "10000\n");
    const Said said = run({"eval", "count(for a in 1..1000, b in 1..1000 return a)"});
    CHECK(said.code == 0);
    CHECK(said.out == "null\n");
    CHECK(holds(said.err, "100000 steps"));
    run.write("digits.json", "{\"x\": \"" + std::string(200'000, '7') + "\"}");
    const auto digits =
        run({"eval", "matches(x, \"[0-9]+[A-Z]\")", "--context", run.path("digits.json")});
    CHECK(digits.out == "false\n");
}

TEST_CASE("a model that is nested too deep or has a DOCTYPE is refused before it is parsed") {
    Terminal run;
    const auto nested = [](std::size_t depth) {
        return "<definitions>" + repeated("<a>", depth) + repeated("</a>", depth) +
               "</definitions>";
    };
    for (const char* name : {"m.bpmn", "m.pnml", "m.dmn"}) {
        INFO(name);
        run.write(name, nested(bounds::xml_depth));
        CHECK(holds(run({"validate", run.path(name)}).out,
                    "error[WF0803]: elements are nested more than 256 deep"));
        run.write(name, nested(bounds::xml_depth - 1));
        CHECK_FALSE(holds(run({"validate", run.path(name)}).out, "WF0803"));
        run.write(name, nested(1'000'000));
        CHECK(holds(run({"validate", run.path(name)}).out, "WF0803"));
        run.write(name,
                  "<?xml version='1.0'?>\n<!DOCTYPE definitions [<!ENTITY a 'b'>]>\n"
                  "<definitions>&a;</definitions>");
        CHECK(holds(run({"validate", run.path(name)}).out, ":2:1: error[WF0801]: a DOCTYPE"));
    }
}

TEST_CASE("files of keys and secrets have bounds") {
    Terminal run;
    run.write("large.key", std::string(bounds::key_bytes + 1, 'x'));
    const auto said = run({"trail", "checkpoint", "--key", run.path("large.key"), "--origin",
                           "hall.example", "--out", run.path("checkpoints")});
    CHECK(said.code == 3);
    CHECK(holds(said.err, "large.key is larger than the 65536 bytes"));
    run.write("draw.secret", "workflow draw secret 1\nparty a\nsecret " +
                                 std::string(bounds::secret_bytes, '0') + "\n");
    const auto published = run({"draw", "publish", "--secret", run.path("draw.secret"), "--out",
                                run.path("published"), "--from", "2026-03-02", "--days", "1"});
    CHECK(published.code == 3);
    CHECK(holds(published.err, "draw.secret is larger than the 4096 bytes that are read"));
}

TEST_CASE("a signer reads a request up to its bound") {
    Terminal run;
    const Said made =
        run({"trail", "keygen", "--key", run.path("hall.pem"), "--origin", "hall.example"});
    REQUIRE(made.code == 0);
    const auto socket = run.path("signer.sock");
    const workflow::testing::Child signing([&] {
        run({"trail", "signer", "--key", run.path("hall.pem"), "--origin", "hall.example",
             "--socket", socket});
    });
    for (int i = 0; i < 500 && !std::filesystem::exists(socket); ++i) usleep(10'000);
    const auto signer = workflow::tools::socket_signer("hall.example", socket);
    CHECK_THROWS_WITH(signer.sign(std::string(bounds::note_bytes + 1, 'x')),
                      Catch::Contains("a request has at most 4096 bytes"));
    CHECK_THROWS_WITH(signer.sign(std::string(bounds::note_bytes - 1, 'x') + '\n'),
                      Catch::Contains("refuses") && !Catch::Contains("at most 4096 bytes"));
}

}  // namespace workflow::testing::bounds_test
