#include "trail/checkpoint.hpp"

#include "base/bounds.hpp"
#include "crypto/digest.hpp"
#include "crypto/signature.hpp"
#include "support/catch.hpp"

namespace workflow::testing::checkpoint_test {

using namespace workflow::trail;
using Catch::Matchers::Contains;

namespace {

Signer signer(const std::string& name, char seed = 's') {
    const auto pem = private_key_pem(std::string(32, seed));
    return {name, '\1' + workflow::public_key_of(pem),
            [pem](std::string_view text) { return sign(pem, text); }};
}

PublicKey key_of(const Signer& signer) {
    return {signer.name, signer.public_key};
}

Checkpoint checkpoint() {
    return {"hall.example", 17, sha256("root"), Instant{1'772'415'000'000'000}};
}

}  // namespace

TEST_CASE("a note signed by another program verifies") {
    // The example of golang.org/x/mod/sumdb/note. It is no checkpoint, which is told only of a note
    // whose signature holds.
    const auto key =
        parse_public_key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    std::string text =
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n\n"
        "\xe2\x80\x94 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
        "KvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    CHECK_THROWS_WITH(open_note(read_notes(text).at(0), key), Contains("not a checkpoint"));
    text[0] = 'i';
    CHECK_THROWS_WITH(open_note(read_notes(text).at(0), key), "is not what PeterNeumann signed");
}

TEST_CASE("a checkpoint is the text that its format says, and reads back") {
    const auto note = sign_checkpoint(checkpoint(), signer("hall.example"));
    CHECK(note.starts_with("hall.example\n17\n" + base64(view(sha256("root"))) +
                           "\ntime 2026-03-02T01:30:00Z\n\n\xe2\x80\x94 hall.example "));
    CHECK(note.ends_with("\n"));
    const auto notes = read_notes(note);
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].whole() == note);
    const auto read = open_note(notes[0], key_of(signer("hall.example")));
    CHECK(read.origin == "hall.example");
    CHECK(read.size == 17);
    CHECK(read.root == sha256("root"));
    CHECK(read.time == checkpoint().time);
}

TEST_CASE("a checkpoint says by what its root was computed, unless that is SHA-256") {
    const auto hall = signer("hall.example");
    CHECK(text_of(checkpoint()).find("hash ") == std::string::npos);
    auto by_sm3 = checkpoint();
    by_sm3.hashing = Hashing::sm3;
    CHECK(text_of(by_sm3).find("\nhash sm3\n") != std::string::npos);
    const auto note = read_notes(sign_checkpoint(by_sm3, hall)).at(0);
    CHECK(open_note(note, key_of(hall)).hashing == Hashing::sm3);
    CHECK(open_note(read_notes(sign_checkpoint(checkpoint(), hall)).at(0), key_of(hall)).hashing ==
          Hashing::sha256);
    auto without = note;
    without.text.erase(without.text.find("hash sm3\n"), 9);
    CHECK_THROWS_WITH(open_note(without, key_of(hall)), "is not what hall.example signed");
    auto unknown = note;
    unknown.text.replace(unknown.text.find("sm3"), 3, "md5");
    CHECK_THROWS_WITH(unchecked(unknown), "is by a hash that is not known here: `md5`");
}

TEST_CASE("notes follow each other in a file, with an empty line between them or none") {
    const auto note = sign_checkpoint(checkpoint(), signer("hall.example"));
    const auto notes = read_notes(note + "\n" + note + note + "\n\n" + note.substr(0, 20));
    REQUIRE(notes.size() == 4);
    for (int i = 0; i < 3; ++i) CHECK(notes[static_cast<std::size_t>(i)].whole() == note);
    CHECK(notes[1].line == 8);
    CHECK(notes[3].signatures.empty());
    CHECK(read_notes("").empty());
    CHECK(read_notes("\n\n").empty());
}

TEST_CASE("every single bit flipped in a checkpoint is found, but for those in other signatures") {
    auto note = sign_checkpoint(checkpoint(), signer("hall.example"));
    const auto key = key_of(signer("hall.example"));
    const auto opens = [&] {
        const auto notes = read_notes(note);
        if (notes.size() != 1) return false;
        try {
            open_note(notes[0], key);
        } catch (const NoteError&) {
            return false;
        }
        return true;
    };
    REQUIRE(opens());
    // The last line break ends the file either way.
    for (std::size_t i = 0; i + 1 < note.size(); ++i)
        for (int bit = 0; bit < 8; ++bit) {
            note[i] = static_cast<char>(note[i] ^ (1 << bit));
            INFO(i << " " << bit);
            REQUIRE_FALSE(opens());
            note[i] = static_cast<char>(note[i] ^ (1 << bit));
        }
}

TEST_CASE("only the named key's signature counts, and only on a checkpoint of that name") {
    const auto hall = signer("hall.example");
    auto note = sign_checkpoint(checkpoint(), hall);
    CHECK_THROWS_WITH(open_note(read_notes(note)[0], key_of(signer("hall.example", 'x'))),
                      "is not signed with the key of hall.example");
    CHECK_THROWS_WITH(open_note(read_notes(note)[0], key_of(signer("other.example"))),
                      "is not signed with the key of other.example");
    // A witness has signed it too.
    auto witnessed = sign_checkpoint(checkpoint(), signer("witness.example", 'w'));
    const auto line = witnessed.substr(witnessed.find("\xe2\x80\x94"));
    note += line;
    CHECK(open_note(read_notes(note)[0], key_of(hall)).size == 17);
    CHECK_THROWS_WITH(open_note(read_notes(note)[0], key_of(signer("witness.example", 'w'))),
                      "is of hall.example, not of witness.example");
}

TEST_CASE("a checkpoint that names the next key is signed by both, or it is none") {
    const auto hall = signer("hall.example");
    const auto next = signer("hall.example", 'n');
    const auto note = sign_checkpoint(checkpoint(), hall, next);
    const auto read = read_notes(note).at(0);
    CHECK(open_note(read, key_of(hall)).next_key == key_of(next));
    CHECK(open_note(read, key_of(next)).next_key == key_of(next));
    auto alone = read;
    alone.signatures.pop_back();
    CHECK_THROWS_WITH(open_note(alone, key_of(hall)), "is not signed with the key of hall.example");
    CHECK_THROWS_AS(sign_checkpoint(checkpoint(), hall, signer("other.example", 'n')), NoteError);
    CHECK_THROWS_AS(sign_checkpoint(checkpoint(), hall, hall), NoteError);
    auto renamed = checkpoint();
    renamed.next_key = key_of(signer("other.example", 'n'));
    CHECK_THROWS_WITH(open_note(read_notes(sign_checkpoint(renamed, hall)).at(0), key_of(hall)),
                      "names a next key of other.example");
}

TEST_CASE("a public key has one written form") {
    const auto key = key_of(signer("hall.example"));
    const auto text = text_of(key);
    const auto read = parse_public_key(text + "\n");
    CHECK(read.name == key.name);
    CHECK(read.key == key.key);
    auto wrong_id = text;
    wrong_id[13] = wrong_id[13] == '0' ? '1' : '0';
    for (const auto& wrong : {std::string(), std::string("hall.example"), text.substr(1),
                              text.substr(0, text.size() - 4), wrong_id, "a b" + text})
        CHECK_THROWS_AS(parse_public_key(wrong), NoteError);
}

TEST_CASE("a name with a blank or a plus, and a signer that does not sign, are refused") {
    for (const auto* name : {"", "a b", "a+b", "a\nb",
                             "a\xe3\x80\x80"
                             "b",
                             "a\xe2\x80\x89"
                             "b"})
        CHECK_THROWS_WITH(sign_checkpoint(checkpoint(), signer(name)), Contains("cannot name"));
    CHECK(is_key_name("\xe5\xa4\xa7\xe5\x8e\x85.example"));
    auto broken = signer("hall.example");
    broken.sign = [](std::string_view) { return std::string(64, 'x'); };
    CHECK_THROWS_WITH(sign_checkpoint(checkpoint(), broken), Contains("does not verify"));
}

TEST_CASE("a checkpoint has bounds, so that a file of them cannot be one that never ends") {
    const auto note = [](std::size_t bytes) { return std::string(bytes - 1, 'x') + "\n\n"; };
    CHECK(trail::read_notes(note(bounds::note_bytes)).size() == 1);
    CHECK_THROWS_WITH(trail::read_notes("a\n\n" + note(bounds::note_bytes + 1)),
                      Catch::Contains("line 3: a checkpoint has at most 4096 bytes"));
    std::string signatures = "a\n\n";
    for (int i = 0; i < 16; ++i) signatures += "\xe2\x80\x94 name AAAA\n";
    CHECK(trail::read_notes(signatures).front().signatures.size() == 16);
    CHECK_THROWS_WITH(trail::read_notes(signatures + "\xe2\x80\x94 name AAAA\n"),
                      Catch::Contains("line 19: a checkpoint has at most 16 signatures"));
}

}  // namespace workflow::testing::checkpoint_test
