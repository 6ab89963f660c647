// Checkpoints, proofs, and whoever owns the database file and knows the formats.

#include <sys/stat.h>

#include "crypto/digest.hpp"
#include "presentation/evidence/proof.hpp"
#include "presentation/evidence/receipt.hpp"
#include "signer_socket.hpp"
#include "support/children.hpp"
#include "support/database_owner.hpp"
#include "tools/second_verifier.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::evidence_test {

namespace {

/// A hall whose trail is anchored: a key, a file of checkpoints, and both verifiers.
class Anchored : public AnchoredHall {
public:
    Said checkpoint(const std::string& key = "hall.pem") {
        now.microseconds += 60'000'000;
        return (*this)({"trail", "checkpoint", "--key", path(key), "--origin", "hall.example",
                        "--out", path("checkpoints")});
    }
    /// Without checkpoints.
    Said verify_chains() { return (*this)({"trail", "verify", "--format", "json"}); }

    /// The exit code of the second verifier.
    int second(bool with_checkpoints = true) {
        const Said told = second_says(with_checkpoints);
        said = told.out;
        return told.code;
    }
    /// Both verifiers give this exit code.
    void both(int code) {
        const Said first = verify();
        INFO(first.out << first.err);
        CHECK(first.code == code);
        const int other = second();
        INFO(said);
        CHECK(other == code);
    }
    [[nodiscard]] DatabaseOwner owner() const { return DatabaseOwner(path("hall.db")); }
    void copy(const std::string& from, const std::string& to) const {
        std::filesystem::copy_file(path(from), path(to),
                                   std::filesystem::copy_options::overwrite_existing);
    }

    std::string said;
};

std::string file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a key is made once, readable by its owner only, and its public half is printed") {
    Anchored hall;
    const std::string pem = file(hall.path("hall.pem"));
    CHECK(pem.starts_with("-----BEGIN PRIVATE KEY-----"));
    struct stat found {};
    REQUIRE(stat(hall.path("hall.pem").c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
    CHECK(file(hall.path("hall.pub")).starts_with("hall.example+"));
    const Said again =
        hall({"trail", "keygen", "--key", hall.path("hall.pem"), "--origin", "hall.example"});
    CHECK(again.code == 3);
    CHECK(file(hall.path("hall.pem")) == pem);
    CHECK(hall({"trail", "keygen", "--key", hall.path("x"), "--origin", "a b"}).code == 2);
    CHECK(hall({"trail", "keygen", "--key", hall.path("x")}).code == 2);
    CHECK_FALSE(std::filesystem::exists(hall.path("x")));
}

TEST_CASE("checkpoints are added as the trail grows, and what follows them is counted") {
    Anchored hall;
    hall.work(1001);
    REQUIRE(hall.checkpoint().code == 0);
    const std::string first = file(hall.path("checkpoints"));
    CHECK(first.starts_with("hall.example\n"));
    hall.work(1002);
    const auto before = hall.verify().json();
    CHECK(before.at("intact") == true);
    CHECK(before.at("checkpoints") == 1);
    const auto events = before.at("events").get<int>();
    CHECK(before.at("anchored").get<int>() == events / 2 + 1);  // the journal has one
    CHECK(before.at("not_yet_anchored").get<int>() == events / 2);
    hall.both(0);
    REQUIRE(hall.checkpoint().code == 0);
    REQUIRE(hall.checkpoint().code == 0);  // nothing happened meanwhile: that is told, too
    CHECK(file(hall.path("checkpoints")).starts_with(first + "\nhall.example\n"));
    const auto after = hall.verify().json();
    CHECK(after.at("checkpoints") == 3);
    CHECK(after.at("not_yet_anchored") == 0);
    hall.both(0);
    const Said human = hall({"trail", "verify", "--checkpoints", hall.path("checkpoints"),
                             "--public-key", hall.path("hall.pub")});
    CHECK(holds(human.out, "3 checkpoints"));
    CHECK(holds(human.out, "0 not yet anchored"));
    CHECK(holds(human.out, "the trail is intact"));
}

TEST_CASE("both verifiers read cases of every kind, other zones and the organization's journal") {
    Anchored hall;
    hall.environment["WORKFLOW_CATALOG"] = WORKFLOW_SOURCE_DIR "/definitions";
    REQUIRE(hall({"demand", "a file is lost", "--as", "lin-fang", "--applicant", "7"}).code == 0);
    const auto about = hall({"open", "--json", "-", "--format", "json"},
                            R"({"item": "service-desk.demand", "applicant": "8",
                "fields": {"request": "x"}, "recused": ["lin-fang=kin: a cousin"], "about": "c-1"})");
    INFO(about.err);
    REQUIRE(about.code == 0);
    const auto supervisor = hall({"staff", "--format", "json"}).json();
    std::string chief, second, other;
    for (const auto& row : supervisor)
        if (row.at("supervisor") == true) (chief.empty() ? chief : second) = row.at("officer");
    for (const auto& row : supervisor)
        if (row.at("officer") != chief && other.empty()) other = row.at("officer");
    const auto changed =
        hall({"staff", "weigh", other, "--weight", "2", "--as", chief, "--reason", "half days"});
    INFO(changed.err);
    REQUIRE(changed.code == 0);
    const auto declined =
        hall({"staff", "weigh", other, "--weight", "3", "--as", chief, "--reason", "more"});
    REQUIRE(declined.code == 0);
    const auto waiting = hall({"staff", "proposals", "--format", "json"}).json();
    REQUIRE(waiting.size() == 2);
    const auto number = [&](int i) {
        return std::to_string(waiting.at(i).at("proposal").get<int>());
    };
    REQUIRE(hall({"staff", "confirm", number(0), "--as", second}).code == 0);
    REQUIRE(
        hall({"staff", "confirm", number(1), "--decline", "--reason", "no", "--as", second}).code ==
        0);
    REQUIRE(hall.checkpoint().code == 0);
    hall.both(0);
    hall.owner().exchange_staff(chief);
    hall.both(1);
    hall.owner().rechain();
    hall.both(1);
}

TEST_CASE("a checkpoint before the first event is one, too") {
    Anchored hall;
    hall.work(1001);
    hall.copy("hall.db", "full.db");
    hall.owner().drop_everything();
    REQUIRE(hall.checkpoint().code == 0);
    hall.both(0);
    hall.copy("full.db", "hall.db");
    hall.both(0);
    CHECK(hall.checkpoint().code == 0);
    hall.both(0);
}

TEST_CASE("what cannot be verified is a mistake or a failure, never a pass") {
    Anchored hall;
    hall.work(1001);
    CHECK(hall.verify().code == 3);  // no file of checkpoints
    hall.write("checkpoints", "");
    CHECK(hall.verify().code == 3);
    CHECK(hall.second() == 3);
    hall.write("checkpoints", "nonsense\n");
    hall.both(1);
    CHECK(hall({"trail", "verify", "--checkpoints", hall.path("checkpoints")}).code == 2);
    CHECK(hall({"trail", "verify", "--public-key", hall.path("hall.pub")}).code == 2);
    hall.write("hall.pub", "nobody");
    CHECK(hall.verify().code == 2);
    CHECK(hall.second() == 2);
}

TEST_CASE("no checkpoint is taken of a store that does not go on from the last one") {
    Anchored hall;
    hall.work(1001);
    hall.copy("hall.db", "old.db");
    hall.work(1002);
    REQUIRE(hall.checkpoint().code == 0);
    const std::string before = file(hall.path("checkpoints"));
    SECTION("an older copy") {
        hall.copy("old.db", "hall.db");
    }
    SECTION("another story since the older copy") {
        hall.copy("old.db", "hall.db");
        hall.work(1003);
        hall.work(1004);
    }
    SECTION("the clock stands before it") {
        hall.pass_days(-1);
    }
    SECTION("a position was left out") {
        hall.owner().run(
            "update events set position = 99 where "
            "position = 3");
    }
    const Said refused = hall.checkpoint();
    INFO(refused.err);
    CHECK(refused.code == 1);
    CHECK(holds(refused.err, "no checkpoint was taken"));
    CHECK(file(hall.path("checkpoints")) == before);
}

TEST_CASE("a checkpoint goes only onto a file of the same key") {
    Anchored hall;
    hall.work(1001);
    REQUIRE(hall.checkpoint().code == 0);
    hall({"trail", "keygen", "--key", hall.path("other.pem"), "--origin", "hall.example"});
    CHECK(hall.checkpoint("other.pem").code == 1);
    CHECK(hall.checkpoint("hall.pub").code == 3);
}

TEST_CASE("whoever owns the database changes nothing below a checkpoint unnoticed") {
    Anchored hall;
    hall.work(1001);
    hall.copy("hall.db", "old.db");
    const std::string second = hall.work(1002);
    hall.work(1003);
    REQUIRE(hall.checkpoint().code == 0);
    const std::string last = hall.work(1004);
    REQUIRE(hall.checkpoint().code == 0);
    hall.both(0);
    auto owner = hall.owner();
    // Does the trail look whole to whoever has no checkpoints?
    bool whole_in_itself = true;

    SECTION("an applicant is exchanged, and the chain computed anew") {
        owner.exchange_applicant(second, "王五");
        owner.rechain();
    }
    SECTION("an event is deleted, and the chain computed anew") {
        owner.run("delete from events where position = 4");
        owner.close_gaps();
        owner.rechain();
        whole_in_itself = false;  // the replay misses it
    }
    SECTION("an event is put in, and the chain computed anew") {
        owner.repeat_event(6);
        owner.rechain();
        whole_in_itself = false;
    }
    SECTION("two cases have come in the other order") {
        owner.swap_positions(1, owner.position_of(second, 1));
    }
    SECTION("two events of a case are exchanged, and the chain computed anew") {
        owner.swap_bodies(2, 3);
        owner.rechain();
        whole_in_itself = false;
    }
    SECTION("a whole case is dropped") {
        owner.drop_case(second);
        whole_in_itself = false;  // a gap in the positions is left
    }
    SECTION("a whole case is dropped, and the gap in the positions is closed") {
        owner.drop_case(second);
        owner.close_gaps();
    }
    SECTION("a case stands there twice") {
        owner.copy_case(second, "social-card-20260302-99999");
        owner.rechain();
    }
    SECTION("the end is cut off") {
        owner.drop_case(last);
    }
    SECTION("an old backup takes the place of the store") {
        hall.copy("old.db", "hall.db");
    }
    SECTION("an old backup goes on with another story") {
        hall.copy("old.db", "hall.db");
        for (int person = 2001; person < 2006; ++person) hall.work(person);
    }
    SECTION("everything is made anew, with checkpoints signed by another key") {
        owner.exchange_applicant(second, "王五");
        owner.rechain();
        hall.write("checkpoints", "");
        hall({"trail", "keygen", "--key", hall.path("other.pem"), "--origin", "hall.example"});
        REQUIRE(hall.checkpoint("other.pem").code == 0);
    }
    SECTION("a row stands before the first position") {
        owner.run("update events set position = 0 where position = 1");
        whole_in_itself = false;
    }
    owner.close();
    if (whole_in_itself) {
        const Said chains = hall.verify_chains();
        INFO(chains.out << chains.err);
        CHECK(chains.code == 0);
    }
    hall.both(1);
}

TEST_CASE("what is changed above the last checkpoint is counted as not yet anchored") {
    Anchored hall;
    hall.work(1001);
    REQUIRE(hall.checkpoint().code == 0);
    const std::string later = hall.work(1002);
    auto owner = hall.owner();
    owner.exchange_applicant(later, "王五");
    owner.rechain();
    owner.close();
    hall.both(0);
    CHECK(hall.verify().json().at("not_yet_anchored").get<int>() > 0);
    // Once anchored, it is seen.
    REQUIRE(hall.checkpoint().code == 0);
    auto again = hall.owner();
    again.exchange_applicant(later, "赵六");
    again.rechain();
    again.close();
    hall.both(1);
    const auto found = hall.verify().json().at("breaks").at(0);
    CHECK(found.at("checkpoint") == 2);
    CHECK(holds(found.at("what"), "the events at positions"));
}

TEST_CASE("a break is named by the checkpoint and the positions in which it lies") {
    Anchored hall;
    std::vector<int> sizes;
    std::vector<std::string> numbers;
    for (int person = 1001; person < 1006; ++person) {
        numbers.push_back(hall.work(person));
        REQUIRE(hall.checkpoint().code == 0);
        sizes.push_back(hall.verify().json().at("anchored").get<int>());
    }
    auto owner = hall.owner();
    owner.exchange_applicant(numbers[2], "王五");
    owner.rechain();
    owner.close();
    const Said said = hall.verify();
    REQUIRE(said.code == 1);
    CHECK(said.json().at("broken") == 1);
    CHECK(said.json().at("anchored") == sizes[1]);
    const auto found = said.json().at("breaks").at(0);
    CHECK(found.at("checkpoint") == 3);
    CHECK(found.at("what") == "the events at positions " + std::to_string(sizes[1] + 1) + " to " +
                                  std::to_string(sizes[2]) +
                                  " are not those that were signed (2 later checkpoints cannot "
                                  "fit either)");
}

TEST_CASE("a checkpoint that was changed, taken out of order or left half written is named") {
    Anchored hall;
    hall.work(1001);
    REQUIRE(hall.checkpoint().code == 0);
    const std::string first = file(hall.path("checkpoints"));
    hall.work(1002);
    REQUIRE(hall.checkpoint().code == 0);
    const std::string both = file(hall.path("checkpoints"));
    const std::string second = both.substr(first.size() + 1);
    SECTION("another size") {
        auto changed = both;
        changed.insert(changed.find('\n') + 1, "1");
        hall.write("checkpoints", changed);
        hall.both(1);
    }
    SECTION("in the other order") {
        hall.write("checkpoints", second + "\n" + first);
        hall.both(1);
    }
    SECTION("the last one is cut short") {
        hall.write("checkpoints", both.substr(0, both.size() - 30));
        hall.both(1);
        CHECK(hall.checkpoint().code == 1);
    }
    SECTION("one is missing, which nobody can see, but nothing is lost by it") {
        hall.write("checkpoints", second);
        hall.both(0);
    }
}

TEST_CASE("both verifiers find the same where single bits are flipped in the file's rows") {
    Anchored hall;
    for (int person = 1001; person < 1004; ++person) hall.work(person);
    REQUIRE(hall.checkpoint().code == 0);
    auto owner = hall.owner();
    const auto events = owner.number("select count(*) from events");
    for (std::int64_t i = 0; i < 24; ++i) {
        const auto position = 1 + i * 5 % events;
        INFO("flip " << i << " at position " << position);
        const char* column = i % 3 == 0 ? "hash" : "body";
        owner.flip(position, column, static_cast<std::size_t>(i * 37), static_cast<int>(i % 8));
        const Said chains = hall.verify_chains();
        REQUIRE(chains.code == 1);
        CHECK(chains.json().at("breaks").at(0).at("sequence") ==
              owner.number("select sequence from events where position = " +
                           std::to_string(position)));
        REQUIRE(hall.second(false) == 1);
        owner.flip(position, column, static_cast<std::size_t>(i * 37), static_cast<int>(i % 8));
    }
    owner.close();
    hall.both(0);
}

TEST_CASE("an event is proved to whoever has only the public key") {
    Anchored hall;
    hall.work(1001);
    const std::string number = hall.work(1002);
    hall.work(1003);
    REQUIRE(hall.checkpoint().code == 0);
    hall.work(1004);
    const Said made = hall({"trail", "prove", number, "--event", "2", "--checkpoints",
                            hall.path("checkpoints"), "--out", hall.path("proof.json")});
    REQUIRE(made.code == 0);
    std::filesystem::remove(hall.path("hall.db"));
    const auto check = [&] {
        return hall({"trail", "check", hall.path("proof.json"), "--public-key",
                     hall.path("hall.pub"), "--format", "json"});
    };
    REQUIRE(check().code == 0);
    CHECK(check().json().at("case") == number);
    CHECK(check().json().at("event") == 2);
    const Said human =
        hall({"trail", "check", hall.path("proof.json"), "--public-key", hall.path("hall.pub")});
    CHECK(holds(human.out, "the proof holds"));
    CHECK(holds(human.out, "hall.example"));

    const std::string good = file(hall.path("proof.json"));
    auto proof = nlohmann::ordered_json::parse(good);
    SECTION("not for another case") {
        proof["case"] = number + "x";
    }
    SECTION("not for another event") {
        proof["event"] = 3;
    }
    SECTION("not at another place") {
        proof["index"] = proof["index"].get<int>() + 1;
    }
    SECTION("not in another tree") {
        proof["size"] = proof["size"].get<int>() + 1;
    }
    SECTION("not with another event before it") {
        proof["bodies"][0] = proof["bodies"][1];
    }
    SECTION("not with a shorter path") {
        proof["path"].erase(0);
    }
    SECTION("not with another hash in the path") {
        auto hash = proof["path"][0].get<std::string>();
        hash[5] = hash[5] == '0' ? '1' : '0';
        proof["path"][0] = hash;
    }
    SECTION("not with a checkpoint that nobody signed") {
        auto note = proof["checkpoint"].get<std::string>();
        note[note.find('\n') + 1] ^= 1;
        proof["checkpoint"] = note;
    }
    SECTION("not without its parts") {
        proof.erase("path");
    }
    SECTION("not with a number that is none") {
        proof["index"] = -1;
    }
    hall.write("proof.json", proof.dump());
    CHECK(check().code == 1);
    CHECK(check().json().at("holds") == false);
    hall.write("proof.json", "nonsense");
    CHECK(check().code == 1);
    CHECK(hall({"trail", "check", hall.path("proof.json")}).code == 2);
}

TEST_CASE("every event of a case is proved, and none that is not anchored") {
    Anchored hall;
    const std::string number = hall.work(1001);
    REQUIRE(hall.checkpoint().code == 0);
    const auto prove = [&](const std::string& which, const std::string& event) {
        std::vector<std::string> words{"trail", "prove", which, "--checkpoints",
                                       hall.path("checkpoints")};
        if (!event.empty()) words.insert(words.end(), {"--event", event});
        return hall(words);
    };
    const auto events = hall({"trail", number, "--format", "json"}).json().at("events").size();
    for (std::size_t event = 1; event <= events; ++event) {
        const Said made = prove(number, std::to_string(event));
        REQUIRE(made.code == 0);
        const Said checked =
            hall({"trail", "check", "-", "--public-key", hall.path("hall.pub")}, made.out);
        INFO(checked.out);
        REQUIRE(checked.code == 0);
    }
    CHECK(prove(number, "").json().at("event") == events);
    CHECK(prove(number, "99").code == 1);
    CHECK(prove(number, "0").code == 2);
    CHECK(prove("nobody", "").code == 1);
    const Said late = prove(hall.work(1002), "1");
    CHECK(late.code == 1);
    CHECK(holds(late.err, "take a checkpoint first"));
    auto owner = hall.owner();
    owner.exchange_applicant(number, "王五");
    owner.rechain();
    owner.close();
    CHECK(holds(prove(number, "1").err, "not the one that the last checkpoint was made of"));
}

TEST_CASE("a case whose revision is gone is told as broken, and the others are still checked") {
    Anchored hall;
    const auto number = hall.work(1001);
    // Another revision is the catalog's now, and the old one was taken out of the store.
    for (auto text : workflow::testing::standard_texts())
        if (holds(text.content, "item: social-card.replace-lost"))
            hall.write("definitions/" + text.path, text.content + "# another revision\n");
    CHECK(hall.verify_chains().code == 0);
    hall.owner().run("delete from definitions");
    const auto told = hall.verify_chains();
    CHECK(told.code == 1);
    REQUIRE(told.json().at("breaks").size() == 2);
    CHECK(told.json().at("breaks")[0].at("case") == number);
    CHECK(holds(told.out, "the store does not have the definition"));
    CHECK(told.json().at("breaks")[1].at("table") == "definitions");
    CHECK(holds(told.out, "the definition is gone"));
}

TEST_CASE("a key gives way to the next one, and the first public key still verifies everything") {
    Anchored hall;
    hall.work(1001);
    REQUIRE(hall.checkpoint().code == 0);
    hall.work(1002);
    hall({"trail", "keygen", "--key", hall.path("next.pem"), "--origin", "hall.example"});
    hall.pass_days(1);
    const Said changed = hall({"trail", "checkpoint", "--key", hall.path("hall.pem"), "--next-key",
                               hall.path("next.pem"), "--origin", "hall.example", "--out",
                               hall.path("checkpoints")});
    INFO(changed.err);
    REQUIRE(changed.code == 0);
    CHECK(holds(changed.out, "next-key hall.example+"));
    hall.work(1003);
    // From then on the old key signs nothing more.
    CHECK(hall.checkpoint("hall.pem").code == 1);
    REQUIRE(hall.checkpoint("next.pem").code == 0);
    CHECK(hall.verify().json().at("checkpoints") == 3);
    CHECK(hall.verify().json().at("not_yet_anchored") == 0);
    hall.both(0);

    SECTION("a checkpoint of the old key after the change is none") {
        hall.work(1004);
        const auto kept = file(hall.path("checkpoints"));
        hall.write("checkpoints", kept.substr(0, kept.find("\n\nhall.example") + 2));
        REQUIRE(hall.checkpoint("hall.pem").code == 0);
        hall.write(
            "checkpoints",
            kept + "\n" + file(hall.path("checkpoints")).substr(kept.find("\n\nhall.example") + 2));
        hall.both(1);
    }
    SECTION("a next key that has not signed is none") {
        auto text = file(hall.path("checkpoints"));
        const auto line = text.find("\xe2\x80\x94", text.find("next-key"));
        const auto second = text.find("\xe2\x80\x94", line + 1);
        text.erase(second, text.find('\n', second) + 1 - second);
        hall.write("checkpoints", text);
        hall.both(1);
    }
}

TEST_CASE("who kept a checkpoint is shown that the trail goes on from it") {
    Anchored hall;
    hall.work(1001);
    REQUIRE(hall.checkpoint().code == 0);
    hall.work(1002);
    REQUIRE(hall.checkpoint().code == 0);
    const auto grow = [&](std::vector<std::string> more = {}) {
        std::vector<std::string> words{"trail",         "consistency",
                                       "--checkpoints", hall.path("checkpoints"),
                                       "--out",         hall.path("consistency.json")};
        words.insert(words.end(), more.begin(), more.end());
        return hall(words);
    };
    REQUIRE(hall({"trail", "consistency", "--checkpoints", hall.path("checkpoints")}).code == 0);
    REQUIRE(grow().code == 0);
    const auto check = [&] {
        return hall({"trail", "check", hall.path("consistency.json"), "--public-key",
                     hall.path("hall.pub")});
    };
    CHECK(check().code == 0);
    CHECK(holds(check().out, "begin with the"));
    const auto proof = file(hall.path("consistency.json"));
    // As release 0.1 wrote it.
    auto earlier = proof;
    earlier.replace(earlier.find("consistency proof 1"), 19, "growth proof 1");
    hall.write("consistency.json", earlier);
    CHECK(check().code == 0);
    CHECK_FALSE(holds(proof, "42060019900101"));
    // Nothing of it can be exchanged.
    for (std::size_t i = 0; i < proof.size(); i += 7) {
        auto altered = proof;
        altered[i] = altered[i] == '1' ? '2' : '1';
        if (altered == proof) continue;
        hall.write("consistency.json", altered);
        INFO(i << ' ' << proof[i]);
        const auto json = nlohmann::ordered_json::parse(altered, nullptr, false);
        if (json == nlohmann::ordered_json::parse(proof)) continue;  // a blank
        REQUIRE(check().code == 1);
    }
    CHECK(grow({"--from", "3"}).code == 1);
    CHECK(grow({"--from", "2"}).code == 0);
    CHECK(check().code == 0);
}

TEST_CASE("a sealed proof tells nothing of the case, and the dossier carries its own") {
    Anchored hall;
    const auto number = hall.work(1001);
    REQUIRE(hall.checkpoint().code == 0);
    const auto prove = [&](bool sealed) {
        std::vector<std::string> words{"trail",
                                       "prove",
                                       number,
                                       "--checkpoints",
                                       hall.path("checkpoints"),
                                       "--out",
                                       hall.path("proof.json")};
        if (sealed) words.emplace_back("--sealed");
        return hall(words);
    };
    const auto check = [&](const std::string& name) {
        return hall({"trail", "check", hall.path(name), "--public-key", hall.path("hall.pub")});
    };
    REQUIRE(prove(true).code == 0);
    const auto sealed = check("proof.json");
    CHECK(sealed.code == 0);
    CHECK(holds(sealed.out, "whose hash is"));
    CHECK_FALSE(holds(file(hall.path("proof.json")), "bodies"));
    auto proof = nlohmann::ordered_json::parse(file(hall.path("proof.json")));
    proof["hash"] = std::string(64, 'a');
    hall.write("proof.json", proof.dump());
    CHECK(check("proof.json").code == 1);
    proof["hash"] = "short";
    hall.write("proof.json", proof.dump());
    CHECK(check("proof.json").code == 1);

    for (const bool personal : {false, true}) {
        std::vector<std::string> words{"show",          number,
                                       "--dossier",     hall.path("case.html"),
                                       "--checkpoints", hall.path("checkpoints")};
        if (personal) words.emplace_back("--personal");
        REQUIRE(hall(words).code == 0);
        const auto page = file(hall.path("case.html"));
        CHECK(holds(page, "workflow trail check"));
        CHECK(holds(page, "bodies") == personal);
        CHECK(check("case.html").code == 0);
        auto altered = page;
        const auto at = altered.find("&quot;path&quot;:[&quot;") + 24;
        altered[at] = altered[at] == 'a' ? 'b' : 'a';
        hall.write("case.html", altered);
        CHECK(check("case.html").code == 1);
    }
    CHECK(hall({"show", number, "--dossier", hall.path("case.html"), "--checkpoints",
                hall.path("none")})
              .code == 3);
}

TEST_CASE("an applicant takes a receipt home that anybody can check") {
    Anchored hall;
    const auto number = hall.work(1001);
    const auto receipt = [&](std::vector<std::string> more = {}) {
        std::vector<std::string> words{"receipt",       number,
                                       "--checkpoints", hall.path("checkpoints"),
                                       "--out",         hall.path("receipt.html")};
        words.insert(words.end(), more.begin(), more.end());
        return hall(words);
    };
    CHECK(receipt().code == 3);  // nothing is signed yet
    REQUIRE(hall.checkpoint().code == 0);
    REQUIRE(hall({"receipt", number, "--checkpoints", hall.path("checkpoints"), "--out",
                  hall.path("receipt.html")})
                .code == 0);
    const auto page = file(hall.path("receipt.html"));
    CHECK(holds(page, number));
    CHECK(holds(page, "<svg"));
    CHECK_FALSE(holds(page, "42060019900101"));
    CHECK_FALSE(holds(page, "陈晨"));
    const auto check = [&] {
        return hall(
            {"trail", "check", hall.path("receipt.html"), "--public-key", hall.path("hall.pub")});
    };
    CHECK(check().code == 0);
    REQUIRE(receipt({"--event", "1", "--language", "zh"}).code == 0);
    CHECK(holds(file(hall.path("receipt.html")), "办件回执"));
    CHECK(check().code == 0);
    CHECK(receipt({"--event", "99"}).code == 3);
    CHECK(hall({"receipt", "nobody", "--checkpoints", hall.path("checkpoints"), "--out",
                hall.path("x.html")})
              .code == 4);

    // The square says what the page says.
    const auto proof =
        std::get<workflow::InclusionProof>(presentation::proof_of(file(hall.path("receipt.html"))));
    const auto text = presentation::square_text(proof);
    CHECK(text.starts_with("workflow receipt 1\n" + number + "\n1\n"));
    CHECK(holds(file(hall.path("receipt.html")), workflow::hex(*proof.hash)));
    CHECK(holds(text, workflow::hex(*proof.hash)));
    CHECK(text.ends_with("\nhall.example\n"));
}

TEST_CASE("with the tree kept beside them, checkpoints are the same, and read only what is new") {
    Anchored hall;
    const auto with_tree = [&] {
        hall.now.microseconds += 60'000'000;
        return hall({"trail", "checkpoint", "--key", hall.path("hall.pem"), "--origin",
                     "hall.example", "--out", hall.path("checkpoints"), "--tree",
                     hall.path("tree")});
    };
    for (int person = 1001; person < 1006; ++person) {
        hall.work(person);
        REQUIRE(with_tree().code == 0);
        hall.both(0);
    }
    REQUIRE(with_tree().code == 0);  // nothing new
    hall.both(0);
    hall.copy("hall.db", "full.db");
    SECTION("what was kept is lost or altered: the whole trail is read again") {
        auto text = file(hall.path("tree"));
        SECTION("lost") {
            std::filesystem::remove(hall.path("tree"));
        }
        SECTION("another subtree") {
            text[text.size() - 3] = text[text.size() - 3] == 'a' ? 'b' : 'a';
            hall.write("tree", text);
        }
        SECTION("cut off") {
            hall.write("tree", text.substr(0, text.size() / 2));
        }
        SECTION("nonsense") {
            hall.write("tree", "nonsense");
        }
        hall.work(1007);
        REQUIRE(with_tree().code == 0);
        hall.both(0);
    }
    SECTION("the store is cut off") {
        hall.owner().drop_case(hall.work(1007));
        hall.owner().run("delete from events where position = (select max(position) from events)");
        const auto refused = with_tree();
        CHECK(refused.code == 1);
        CHECK(holds(refused.err, "is not in the store"));
    }
    SECTION("what is changed below is found by verifying, as it says") {
        hall.owner().exchange_applicant(hall.work(1007), "王五");
        auto owner = hall.owner();
        owner.run("update events set hash = zeroblob(32) where position = 3");
        owner.close();
        CHECK(with_tree().code == 0);
        hall.both(1);
    }
}

TEST_CASE("checkpoints can be signed by SM2 with SM3, and an Ed25519 key may give way to it") {
    Anchored hall;
    hall.work(1001);
    REQUIRE(hall.checkpoint().code == 0);
    const Said made = hall({"trail", "keygen", "--key", hall.path("sm2.pem"), "--origin",
                            "hall.example", "--algorithm", "sm2"});
    REQUIRE(made.code == 0);
    hall.pass_days(1);
    REQUIRE(
        hall({"trail", "checkpoint", "--key", hall.path("hall.pem"), "--next-key",
              hall.path("sm2.pem"), "--origin", "hall.example", "--out", hall.path("checkpoints")})
            .code == 0);
    const auto number = hall.work(1002);
    REQUIRE(hall.checkpoint("sm2.pem").code == 0);
    hall.both(0);
    // A proof by the new key is checked with the new key.
    hall.write("sm2.pub", made.out);
    REQUIRE(hall({"trail", "prove", number, "--checkpoints", hall.path("checkpoints"), "--out",
                  hall.path("proof.json")})
                .code == 0);
    CHECK(hall({"trail", "check", hall.path("proof.json"), "--public-key", hall.path("sm2.pub")})
              .code == 0);
    CHECK(hall({"trail", "check", hall.path("proof.json"), "--public-key", hall.path("hall.pub")})
              .code == 1);

    auto text = file(hall.path("checkpoints"));
    const auto at = text.rfind("time 2026");
    text[at + 8] = '5';
    hall.write("checkpoints", text);
    hall.both(1);
}

TEST_CASE("a signer in a process of its own signs checkpoints and nothing else") {
    Anchored hall;
    hall.work(1001);
    const auto socket = hall.path("signer.sock");
    workflow::testing::Child signing([&] {
        Terminal other;
        other({"trail", "signer", "--key", hall.path("hall.pem"), "--origin", "hall.example",
               "--socket", socket, "--quiet"});
    });
    for (int i = 0; i < 500 && !std::filesystem::exists(socket); ++i) usleep(10'000);
    const auto by_socket = [&](const std::string& origin = "hall.example") {
        hall.now.microseconds += 60'000'000;
        return hall({"trail", "checkpoint", "--key", "unix:" + socket, "--origin", origin, "--out",
                     hall.path("checkpoints")});
    };
    const auto first = by_socket();
    INFO(first.err);
    REQUIRE(first.code == 0);
    hall.work(1002);
    REQUIRE(by_socket().code == 0);
    hall.both(0);
    CHECK(by_socket("other.example").code == 3);

    const auto signer = workflow::tools::socket_signer("hall.example", socket);
    for (const std::string text :
         {"anything", "hall.example\n1\nshort\n",
          "other.example\n99\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
          "hall.example\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"}) {
        INFO(text);
        CHECK_THROWS_AS(signer.sign(text), workflow::EvidenceError);
    }
    CHECK_THROWS_AS(signer.sign(std::string(100'000, 'x')), workflow::tools::WorldError);
    // A store that was cut off is not signed, whatever file of checkpoints it is shown.
    std::filesystem::remove(hall.path("checkpoints"));
    hall.owner().drop_everything();
    const auto cut = by_socket();
    CHECK(cut.code == 1);
    CHECK(holds(cut.err, "events were signed before"));
    CHECK(hall({"trail", "signer", "--key", hall.path("hall.pem"), "--origin", "hall.example",
                "--socket", socket})
              .code == 3);
}

}  // namespace workflow::testing::evidence_test
