// Acts that officers sign: from posts whose acts are signed nothing else is taken, and a signature
// holds for one act on one state of one case.

#include <workflow/signing.hpp>

#include <catch2/catch.hpp>

#include "crypto/signature.hpp"
#include "crypto/sm2.hpp"
#include "engine/signing.hpp"
#include "support/hall.hpp"

namespace workflow::testing::signing_test {

namespace {

const std::string lin_pem = private_key_pem(std::string(32, 'l'));
const std::string zhao_pem = private_key_pem(std::string(32, 'z'));

/// The test hall, in which every reviewer signs, and lin has a key, too.
struct SigningHall : Hall {
    SigningHall() {
        for (auto& post : definitions.organization.posts)
            if (post.id.text == "reviewer") post.signed_acts = true;
        for (auto& officer : definitions.organization.officers)
            officer.key = "\1" + public_key_of(officer.id.text == "lin" ? lin_pem : zhao_pem);
        bring_to_review();
    }
    /// What the holder of the review asks for, not signed yet.
    Command approval(const char* key = "k1", std::string reason = {}) {
        return {CompleteTask{task("review"), OutcomeId("approve"), std::move(reason), {}, {}},
                Actor::of(OfficerId(holder("review"))),
                CommandKey(key),
                Version{c.version},
                {}};
    }
    [[nodiscard]] std::string text(const Command& command) const {
        return text_to_sign(command, c.number, process.digest);
    }
    Command signed_by(const std::string& pem, Command command) const {
        command.signature = sign(pem, text(command));
        return command;
    }
};

}  // namespace

TEST_CASE("from a post whose acts are signed nothing unsigned is taken") {
    SigningHall hall;
    CHECK(hall.perform(hall.approval()).refused(RefusalCode::signature_required));
    CHECK(hall.perform(ReturnTask{hall.task("review"), "忙"}, as(hall.holder("review").c_str()))
              .refused(RefusalCode::signature_required));
    const auto done = hall.perform(hall.signed_by(zhao_pem, hall.approval()));
    REQUIRE(done);
    CHECK(hall.steps() == "issue");
    // Other posts are free to sign.
    CHECK(hall.complete("issue", "deliver", "wang"));
}

TEST_CASE("who stands in on a post whose acts are signed signs on those days, too") {
    SigningHall hall;
    for (auto& post : hall.definitions.organization.posts)
        post.signed_acts = post.id.text == "lawyer";
    const auto reviewer = hall.holder("review");
    const auto day = *parse_date("2026-03-02");
    for (auto& officer : hall.definitions.organization.officers)
        if (officer.id.text == reviewer)
            officer.substitutes.push_back({OfficerId("fa"), {day, day}});
    const ReturnTask give_back{hall.task("review"), "亲属"};
    CHECK(hall.perform(give_back, as(reviewer.c_str())).refused(RefusalCode::signature_required));
    hall.on("2026-03-03");
    CHECK(hall.perform(give_back, as(reviewer.c_str())));
}

TEST_CASE("a signature stays with the event and can be checked from the trail alone") {
    SigningHall hall;
    const auto before = hall.c.version;
    const auto done = hall.perform(hall.signed_by(zhao_pem, hall.approval("k1", "合格\n"))).value();
    const auto& event = done.front();
    REQUIRE(event.signatures.size() == 1);
    CHECK(done.back().signatures.empty());
    const auto& digest = hall.process.digest;
    const auto& number = hall.c.number;
    const CommandKey key("k1");
    CHECK(engine::signatures_hold(event, {number, before, digest, key}));
    CHECK_FALSE(engine::signatures_hold(event, {number, before + 1, digest, key}));
    CHECK_FALSE(engine::signatures_hold(event, {CaseNumber("case-2"), before, digest, key}));
    CHECK_FALSE(engine::signatures_hold(event, {number, before, Digest(), key}));
    CHECK_FALSE(engine::signatures_hold(event, {number, before, digest, CommandKey("k2")}));
    for (int part = 0; part < 8; ++part) {
        CAPTURE(part);
        auto changed = event;
        auto& completed = std::get<TaskCompleted>(changed.what);
        if (part == 0) changed.actor = as("lin");
        if (part == 1) changed.happened.microseconds -= 1;
        if (part == 2) changed.signatures[0].asked.bytes[0] ^= 1;
        if (part == 3) changed.signatures[0].signature[5] ^= 1;
        if (part == 4) changed.signatures[0].key.back() ^= 1;
        if (part == 5) completed.outcome = OutcomeId("reject");
        if (part == 6) completed.reason = "合格n";
        if (part == 7) completed.task = TaskNumber{9};
        CHECK_FALSE(engine::signatures_hold(changed, {number, before, digest, key}));
    }
}

TEST_CASE("a signature is good for the one act that was signed") {
    SigningHall hall;
    const auto good = hall.signed_by(zhao_pem, hall.approval());
    const auto refused = [&](Command command) {
        return hall.perform(command).refused(RefusalCode::signature_invalid);
    };
    SECTION("by another's key") {
        CHECK(refused(hall.signed_by(lin_pem, hall.approval())));
    }
    SECTION("over another outcome") {
        auto other = good;
        std::get<CompleteTask>(other.action).outcome = OutcomeId("fast");
        CHECK(refused(other));
    }
    SECTION("with a reason that was not there") {
        auto other = good;
        std::get<CompleteTask>(other.action).reason = "好";
        CHECK(refused(other));
    }
    SECTION("with another key of the command") {
        auto other = good;
        other.key = CommandKey("k2");
        CHECK(refused(other));
    }
    SECTION("as if it had happened before") {
        auto other = good;
        other.happened = Instant{hall.facts.now.microseconds - 1};
        CHECK(refused(other));
    }
    SECTION("without a key of the command, or a version") {
        auto other = hall.approval("");
        CHECK(refused(hall.signed_by(zhao_pem, other)));
        other = hall.approval("two\nlines");
        CHECK(refused(hall.signed_by(zhao_pem, other)));
        other = hall.approval();
        other.expected.reset();
        CHECK(refused(hall.signed_by(zhao_pem, other)));
    }
    SECTION("of a case that has moved on") {
        REQUIRE(hall.perform(UrgeCase{"急"}, Actor::the_applicant()));
        CHECK(hall.perform(good).refused(RefusalCode::stale_version));
    }
    SECTION("said again, it is answered as before") {
        REQUIRE(hall.perform(good));
        const auto count = hall.events.size();
        CHECK(hall.perform(good));
        CHECK(hall.events.size() == count);
    }
    SECTION("nobody signs for the applicant") {
        Command urge{
            UrgeCase{"急"}, Actor::the_applicant(), CommandKey("k"), Version{hall.c.version}, {}};
        CHECK(refused(hall.signed_by(zhao_pem, urge)));
    }
    SECTION("of whom the organization has no key") {
        for (auto& officer : hall.definitions.organization.officers) officer.key.clear();
        const auto answer = hall.perform(good);
        REQUIRE(answer.refused(RefusalCode::signature_invalid));
        CHECK(answer.refusal().message ==
              "the organization has no public key of " + good.actor.officer.text);
    }
}

TEST_CASE("every act of an officer can be signed, and stands on the event that says it") {
    SigningHall hall;
    for (auto& post : hall.definitions.organization.posts) post.signed_acts = true;
    int keys = 0;
    const auto act = [&](Action action, const std::string& officer) {
        Command command{std::move(action),
                        as(officer.c_str()),
                        CommandKey("k" + std::to_string(++keys)),
                        Version{hall.c.version},
                        {}};
        CHECK(hall.perform(command).refused(RefusalCode::signature_required));
        const auto before = hall.c.version;
        const auto done =
            hall.perform(hall.signed_by(officer == "lin" ? lin_pem : zhao_pem, command)).value();
        std::size_t count = 0;
        for (const auto& event : done) {
            count += event.signatures.size();
            CHECK(engine::signatures_hold(
                event, {hall.c.number, before, hall.process.digest, command.key}));
        }
        CHECK(count == 1);
    };
    act(ReturnTask{hall.task("review"), "亲属"}, hall.holder("review"));
    act(UnsealCase{Sealed::applicant, "核对", "audit"}, hall.holder("review"));
    act(DecideUnsealing{{}, Sealed::applicant, false, "不必"}, "chief");
    act(UnsealCase{Sealed::applicant, "再核对", "audit"}, hall.holder("review"));
    act(DecideUnsealing{{}, Sealed::applicant, true, "准"}, "chief");
    act(ReadCase{"业务\n办理"}, hall.holder("review"));
    act(CompleteTask{hall.task("review"), OutcomeId("approve"), {}, {}, {}}, hall.holder("review"));
    // Nobody has taken it before.
    act(CompleteTask{hall.task("issue"), OutcomeId("deliver"), {}, {}, {}}, "wang");
}

TEST_CASE("an application is taken in under a signature, and SM2 signs as well") {
    Hall hall;
    const auto pem = new_sm2_key();
    for (auto& officer : hall.definitions.organization.officers)
        officer.key =
            "\xff"
            "sm2" +
            sm2_public_key(pem);
    for (auto& post : hall.definitions.organization.posts) post.signed_acts = true;
    CHECK(hall.open(as("lin")).refused(RefusalCode::signature_required));
    Command opening{hall.application, as("lin"), CommandKey("k1"), {}, {}};
    opening.signature = sm2_sign(pem, text_to_sign(opening, {}, hall.process.digest));
    const auto opened = hall.perform(opening).value();
    CHECK(engine::signatures_hold(opened.front(),
                                  {hall.c.number, 0, hall.process.digest, opening.key}));
    // The applicant himself signs nothing here.
    Hall online;
    for (auto& post : online.definitions.organization.posts) post.signed_acts = true;
    CHECK(online.open());
}

TEST_CASE("the text to be signed is as its page says") {
    const Command command{CompleteTask{TaskNumber{3}, OutcomeId("ok"), {}, {}, {}}, as("lin"),
                          CommandKey("k1"), Version{7}, Instant{1'772'415'000'000'000}};
    const auto text = text_to_sign(command, CaseNumber("card-1"), Digest());
    CHECK(text == "workflow act\ncase card-1\nversion 7\ndefinition " + std::string(64, '0') +
                      "\nnonce k1\nofficer lin\nhappened 1772415000000000\nact complete_task\ntask "
                      "3\noutcome ok\nreason \nasked "
                      "ab5122322b91c65ce639976c6928d6e9a37af704577381ffb8912d4a382bb71a\n");
}

}  // namespace workflow::testing::signing_test
