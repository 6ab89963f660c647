// A hall whose chains and tree are computed by SM3, and what is handed out of it.

#include "crypto/public_key.hpp"
#include "crypto/signature.hpp"
#include "presentation/evidence/proof.hpp"
#include "presentation/evidence/receipt.hpp"
#include "support/database_owner.hpp"
#include "support/make_store.hpp"
#include "tools/second_verifier.hpp"
#include "trail/checkpoint.hpp"

namespace workflow::testing::sm3_test {

namespace {

std::string file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A hall with a key, whose store is made by its first case.
class Hashed : public AnchoredHall {
public:
    explicit Hashed(const std::string& hash = "sm3") { first = work(1001, {"--hash", hash}); }

    /// A case that is accepted.
    std::string work(int person, const std::vector<std::string>& more = {}) {
        const Said opened = try_open(person, more);
        INFO(opened.err);
        REQUIRE(opened.code == 0);
        const auto number = opened.json().at("case").get<std::string>();
        REQUIRE((*this)({"complete", number, "accept", "--as", "lin"}).code == 0);
        return number;
    }
    Said try_open(int person, const std::vector<std::string>& more) {
        const auto id = std::to_string(person);
        std::vector<std::string> words{"open",        "social-card.replace-lost",
                                       "--as",        "lin",
                                       "--applicant", id,
                                       "--field",     "id_number=42060019900101" + id,
                                       "--material",  "photo",
                                       "--format",    "json"};
        words.insert(words.end(), more.begin(), more.end());
        return (*this)(words);
    }
    Said checkpoint(bool with_tree = false) {
        now.microseconds += 60'000'000;
        std::vector<std::string> words{"trail",    "checkpoint",   "--key", path("hall.pem"),
                                       "--origin", "hall.example", "--out", path("checkpoints")};
        if (with_tree) words.insert(words.end(), {"--tree", path("tree")});
        return (*this)(words);
    }
    /// A checkpoint of what is there, by whoever has the key, that says what he likes.
    std::string signed_by_hand(const std::function<void(trail::Checkpoint&)>& change) const {
        auto checkpoint = trail::unchecked(trail::read_notes(file(path("checkpoints"))).back());
        change(checkpoint);
        return trail::sign_checkpoint(checkpoint,
                                      pem_signer("hall.example", file(path("hall.pem"))));
    }
    Said verify(bool with_checkpoints = true) {
        std::vector<std::string> words{"trail", "verify", "--format", "json"};
        if (with_checkpoints)
            words.insert(words.end(),
                         {"--checkpoints", path("checkpoints"), "--public-key", path("hall.pub")});
        return (*this)(words);
    }
    /// Both verifiers give this exit code.
    void both(int code, bool with_checkpoints = true) {
        const Said one = verify(with_checkpoints);
        INFO(one.out << one.err);
        CHECK(one.code == code);
        const Said other = second_says(with_checkpoints);
        INFO(other.out);
        CHECK(other.code == code);
    }
    /// Checks what was handed out, without the store.
    Said check(const std::string& name) {
        return (*this)({"trail", "check", path(name), "--public-key", path("hall.pub")});
    }
    [[nodiscard]] DatabaseOwner owner() const { return DatabaseOwner(path("hall.db")); }

    std::string first;  ///< the number of the case that made the store
};

}  // namespace

TEST_CASE("a hall by SM3 is found whole by both verifiers, and its checkpoints say SM3") {
    Hashed hall;
    CHECK(make_store(hall.path("hall.db"))->hashing() == Hashing::sm3);
    hall.both(0, false);
    REQUIRE(hall.checkpoint().code == 0);
    CHECK(holds(file(hall.path("checkpoints")), "\nhash sm3\n"));
    hall.work(1002);
    REQUIRE(hall.checkpoint().code == 0);
    hall.both(0);
    CHECK(hall.verify().json().at("not_yet_anchored") == 0);
}

TEST_CASE("the hashes of a hall by SM3 are other ones than those of a hall by SHA-256") {
    Hashed sm3, sha256("sha256");
    REQUIRE(sm3.checkpoint().code == 0);
    REQUIRE(sha256.checkpoint().code == 0);
    CHECK_FALSE(holds(file(sha256.path("checkpoints")), "hash "));
    CHECK(sm3.owner().number("select count(*) from events") ==
          sha256.owner().number("select count(*) from events"));
    const auto genesis_to_first = [](const Hashed& hall, Hashing hashing) {
        const auto store = make_store(hall.path("hall.db"));
        const auto row = store->find(CaseNumber(hall.first));
        const auto events = store->events(row->key);
        Hasher hasher(hashing);
        return trail::link(hasher, trail::genesis(hasher, row->number), events[0].body) ==
               events[0].hash;
    };
    CHECK(genesis_to_first(sm3, Hashing::sm3));
    CHECK_FALSE(genesis_to_first(sm3, Hashing::sha256));
    CHECK(genesis_to_first(sha256, Hashing::sha256));
}

TEST_CASE("an event altered in a hall by SM3 is found by both verifiers") {
    Hashed hall;
    const auto number = hall.work(1002);
    REQUIRE(hall.checkpoint().code == 0);
    auto owner = hall.owner();
    SECTION("without computing the chain anew") {
        owner.exchange_applicant(number, "王五");
        owner.close();
        hall.both(1, false);
    }
    SECTION("with the chain computed anew, which only the checkpoint shows") {
        owner.exchange_applicant(number, "王五");
        owner.rechain();
        owner.close();
        hall.both(0, false);
    }
    SECTION("by saying that it was SHA-256 all along") {
        owner.run("update hashing set algorithm = 'sha256'");
        owner.close();
        hall.both(1, false);
    }
    SECTION("by saying that, and computing the chains anew") {
        owner.run("update hashing set algorithm = 'sha256'");
        owner.rechain();
        owner.close();
        hall.both(0, false);
    }
    hall.both(1);
}

TEST_CASE("a store keeps the hash that it was made with") {
    const std::string made = GENERATE("sm3", "sha256");
    const std::string other = made == "sm3" ? "sha256" : "sm3";
    Hashed hall(made);
    const Said refused = hall.try_open(1002, {"--hash", other});
    CHECK(refused.code == 3);
    CHECK(holds(refused.err, "was created with " + made));
    CHECK(hall.try_open(1003, {"--hash", made}).code == 0);
    CHECK(hall.try_open(1004, {}).code == 0);
    CHECK(hall.try_open(1005, {"--hash", "md5"}).code == 2);
    hall.both(0, false);
}

TEST_CASE("every command that makes a store says by what it may be hashed") {
    Terminal terminal;
    for (const auto* command : {"open", "demand", "batch", "import", "publish"})
        CHECK(holds(terminal({"help", command}).out, "--hash NAME"));
    CHECK(holds(terminal({"help", "staff", "post"}).out, "--hash NAME"));
    CHECK_FALSE(holds(terminal({"help", "complete"}).out, "--hash"));
}

TEST_CASE("what a hall by SM3 hands out is checked without the store") {
    Hashed hall;
    REQUIRE(hall.checkpoint().code == 0);
    const auto number = hall.work(1002);
    REQUIRE(hall.checkpoint().code == 0);
    const auto checkpoints = hall.path("checkpoints");
    const auto hand_out = [&](std::vector<std::string> words, const std::string& name) {
        words.insert(words.end(), {"--checkpoints", checkpoints});
        if (words[0] != "show") words.insert(words.end(), {"--out", hall.path(name)});
        REQUIRE(hall(words).code == 0);
    };
    hand_out({"trail", "prove", number, "--event", "2"}, "proof");
    hand_out({"trail", "prove", number, "--sealed"}, "sealed");
    hand_out({"trail", "consistency"}, "consistency");
    hand_out({"receipt", number}, "receipt");
    hand_out({"show", number, "--dossier", hall.path("dossier")}, "dossier");
    hand_out({"show", number, "--personal", "--dossier", hall.path("open")}, "open");
    CHECK(holds(file(hall.path("dossier")), "<th>SM3</th>"));
    const auto square = presentation::square_text(
        std::get<InclusionProof>(presentation::proof_of(file(hall.path("receipt")))));
    CHECK(square.ends_with("\nhall.example\nsm3\n"));

    std::filesystem::remove(hall.path("hall.db"));
    for (const std::string name :
         {"proof", "sealed", "consistency", "receipt", "dossier", "open"}) {
        const Said told = hall.check(name);
        INFO(name << ": " << told.out << told.err);
        CHECK(told.code == 0);
    }
    // One in which the line is left out is not what was signed.
    for (const std::string name : {"proof", "sealed", "consistency"}) {
        auto text = file(hall.path(name));
        text.erase(text.find("hash sm3\\n"), 10);
        hall.write(name, text);
        CHECK(hall.check(name).code == 1);
    }
}

TEST_CASE("a checkpoint that says another hash than its store's, or none, is a break") {
    Hashed hall;
    REQUIRE(hall.checkpoint().code == 0);
    const auto good = file(hall.path("checkpoints"));
    std::string what;
    SECTION("its line was taken off") {
        auto text = good;
        text.erase(text.find("hash sm3\n"), 9);
        hall.write("checkpoints", text);
        what = "is not what hall.example signed";
    }
    SECTION("signed without the line, though the root fits") {
        hall.write("checkpoints",
                   hall.signed_by_hand([](auto& one) { one.hashing = Hashing::sha256; }));
        what = "is by sha256, but the store is by sm3";
    }
    SECTION("the second of the file is by another") {
        hall.write("checkpoints", good + "\n" + hall.signed_by_hand([](auto& one) {
            one.hashing = Hashing::sha256;
        }));
        what = "is by sha256, but the store is by sm3";
    }
    SECTION("a hash that nobody knows") {
        auto text = good.substr(0, good.find("\n\n") + 1);
        text.replace(text.find("sm3"), 3, "md5");
        const auto hand = pem_signer("hall.example", file(hall.path("hall.pem")));
        const auto key = *read_public_key(public_key_of(hand));
        hall.write("checkpoints", text + "\n\xe2\x80\x94 hall.example " +
                                      base64(key_id(key) + hand.sign(text)) + "\n");
        what = "is by a hash that is not known here: `md5`";
    }
    hall.both(1);
    CHECK(hall.verify().json().at("breaks").at(0).at("what") == what);
    CHECK(hall.checkpoint().code == 1);
}

TEST_CASE("two checkpoints by different hashes prove no consistency, even with one root") {
    Hashed hall;
    REQUIRE(hall.checkpoint().code == 0);
    const auto earlier = hall.signed_by_hand([](auto& one) { one.hashing = Hashing::sha256; });
    const auto later = hall.signed_by_hand([](auto&) {});
    const auto key = file(hall.path("hall.pub"));
    CHECK_FALSE(fault_of(ConsistencyProof{later, later, {}}, key));
    CHECK(fault_of(ConsistencyProof{earlier, later, {}}, key) ==
          "one checkpoint is by sha256, the other by sm3");
    const auto store = make_store(hall.path("hall.db"));
    CHECK_THROWS_AS(prove_consistency(*store, earlier + "\n" + later), EvidenceError);
    CHECK_THROWS_AS(prove(*store, CaseNumber(hall.first), 1, earlier), EvidenceError);
}

TEST_CASE("the tree that is kept goes on by SM3, and one by another hash is passed over") {
    Hashed hall, other("sha256");
    for (auto* one : {&hall, &other}) {
        REQUIRE(one->checkpoint(true).code == 0);
        one->work(1002);
        REQUIRE(one->checkpoint(true).code == 0);
    }
    hall.both(0);
    const auto kept = file(hall.path("tree"));
    const auto foreign = file(other.path("tree"));
    REQUIRE(kept.substr(0, kept.find('\n', 16)) == foreign.substr(0, foreign.find('\n', 16)));
    hall.write("tree", foreign);
    hall.work(1003);
    REQUIRE(hall.checkpoint(true).code == 0);
    hall.both(0);
    CHECK(hall.verify().json().at("not_yet_anchored") == 0);
}

}  // namespace workflow::testing::sm3_test
