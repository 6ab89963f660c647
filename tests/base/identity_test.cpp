// Ids are identities, not bytes: what texts are made of, and when two ids are one person's.

#include "base/identity.hpp"

#include <catch2/catch.hpp>

namespace workflow::testing::identity_test {

namespace {

std::string normal(TextKind kind, std::string text) {
    const auto refusal = normalize(kind, "the text", text);
    INFO((refusal ? refusal->message : ""));
    CHECK_FALSE(refusal);
    CHECK(is_normal(kind, text));
    return text;
}

std::optional<RefusalCode> refused(TextKind kind, std::string text) {
    const auto before = text;
    const auto refusal = normalize(kind, "the text", text);
    CHECK(text == before);
    CHECK_FALSE(is_normal(kind, text));
    return refusal ? std::optional(refusal->code) : std::nullopt;
}

}  // namespace

TEST_CASE("blanks around an id, of whatever kind, are not part of it") {
    for (const char* spelled : {"lin-fang", " lin-fang", "lin-fang  ", "\tlin-fang\n",
                                "\u3000lin-fang\u00a0", "\u2003lin-fang\u2028", "ｌｉｎ－ｆａｎｇ"})
        for (const auto kind : {TextKind::person, TextKind::officer, TextKind::id, TextKind::key})
            CHECK(normal(kind, spelled) == "lin-fang");
    CHECK(normal(TextKind::name, "  林　 芳 ") == "林 芳");
    CHECK(normal(TextKind::words, "\n 因为\n\t材料 不齐  ") == "因为\n\t材料 不齐");
    CHECK(normal(TextKind::value, "  as it is  ") == "  as it is  ");
}

TEST_CASE("the letter case of an id counts where its kind says so") {
    CHECK(normal(TextKind::officer, "Lin-Fang") == "lin-fang");
    CHECK(normal(TextKind::id, "HRSS-042-20260302-00001") == "HRSS-042-20260302-00001");
    CHECK(normal(TextKind::person, "42060019900101123x") == "42060019900101123X");
    CHECK(normal(TextKind::person, "E1234567x") == "E1234567x");
    CHECK(normalized_person_id("E1234567X") == normalized_person_id("e1234567x"));
    CHECK(normalized_person_id("42060019900101123x") == "42060019900101123X");
    CHECK(normalized_person_id("42060019900101123X") == "42060019900101123X");
}

TEST_CASE("an old spelling of an id is the same person, whatever stands in it") {
    for (const char* spelled :
         {"lin-fang ", " Lin-Fang", "lin-fang\u200b", "\ufefflin-fang", "ｌｉｎ-ｆａｎｇ",
          "lin-fang\u202e", "lin-\u00adfang", "lin-fang\x01"})
        CHECK(normalized_person_id(spelled) == "lin-fang");
    CHECK(normalized_person_id("420600 19900101 1234") == "420600199001011234");
    CHECK(normalized_person_id("lin-fang") != normalized_person_id("linfang"));
    CHECK(normalized_person_id("\xff\xfe") == "\xff\xfe");
    CHECK(normalized_person_id("").empty());
}

TEST_CASE("what is no text, or not what it seems, is refused") {
    using namespace std::string_literals;
    for (const auto& bad : {"\xff\xfe\x80"s, "\xc0\x80"s, "\xed\xa0\x80"s, "a\0b"s, "a\x1b[2Jb"s,
                            "a\u202eb"s, "a\u2066b"s, "a\u0085b"s, "a\x7f"s, "\xe4\xb8"s})
        for (const auto kind : {TextKind::person, TextKind::officer, TextKind::id, TextKind::key,
                                TextKind::name, TextKind::words, TextKind::value})
            CHECK(refused(kind, bad) == RefusalCode::text_invalid);
    CHECK(refused(TextKind::person, "lin\u200bfang") == RefusalCode::text_invalid);
    CHECK(refused(TextKind::person, "lin\nfang") == RefusalCode::text_invalid);
    CHECK(normal(TextKind::words, "two\nlines\r\n\tand a tab") == "two\nlines\r\n\tand a tab");
    std::string text = "a\0b"s;
    CHECK(normalize(TextKind::person, "the id of the applicant", text)->message ==
          "the id of the applicant has a control character (U+0000) at byte 2");
}

TEST_CASE("a text has a largest size, in characters where people read it") {
    CHECK(normal(TextKind::person, std::string(200, '1')).size() == 200);
    CHECK(refused(TextKind::person, std::string(201, '1')) == RefusalCode::text_too_long);
    CHECK(refused(TextKind::person, std::string(50'000'000, '1')) == RefusalCode::text_too_long);
    std::string name, long_name;
    for (int i = 0; i < 200; ++i) name += "林";
    CHECK(normal(TextKind::name, name) == name);
    CHECK(refused(TextKind::name, name + "林") == RefusalCode::text_too_long);
    CHECK(refused(TextKind::words, std::string(10'001, 'a')) == RefusalCode::text_too_long);
    CHECK(normal(TextKind::value, std::string(100'000, 'a')).size() == 100'000);
    // One character that stands for eighteen.
    std::string ligatures;
    for (int i = 0; i < 12; ++i) ligatures += "\ufdfa";
    CHECK(refused(TextKind::name, ligatures) == RefusalCode::text_too_long);
}

TEST_CASE("the last digit of a citizen's id is checked") {
    CHECK(is_citizen_id("11010519491231002X"));
    CHECK(has_valid_check_digit("11010519491231002X"));
    CHECK(has_valid_check_digit("11010519491231002x"));
    CHECK(has_valid_check_digit("440524188001010014"));
    CHECK_FALSE(has_valid_check_digit("440524188001010015"));
    CHECK_FALSE(has_valid_check_digit("110105194912310021"));
    CHECK_FALSE(is_citizen_id("1101051949123100X2"));
    CHECK_FALSE(is_citizen_id("1001"));
    // Every slip of one digit is found.
    const std::string good = "440524188001010014";
    for (std::size_t at = 0; at < good.size(); ++at)
        for (char digit = '0'; digit <= '9'; ++digit) {
            auto slip = good;
            slip[at] = digit;
            CHECK(has_valid_check_digit(slip) == (slip == good));
        }
}

}  // namespace workflow::testing::identity_test
