// Nothing personal reaches a reviewer, a message, a report or an export, and none of the store's
// files: 10,000 cases whose personal values all carry a mark, looked for in every form that bytes
// take on their way.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include <workflow/engine.hpp>
#include <workflow/rating.hpp>

#include "crypto/digest.hpp"
#include "crypto/signature.hpp"
#include "presentation/json/json.hpp"
#include "presentation/words/trail.hpp"
#include "support/make_store.hpp"
#include "support/marks.hpp"
#include "support/sanitized.hpp"
#include "support/xorshift.hpp"
#include "tools/terminal.hpp"

namespace workflow::testing::canary_test {

namespace {

constexpr const char* latin_mark = "CNRYMARK";
constexpr const char* chinese_mark = "鼐灏彧";

/// The first form of a mark that is in the text; empty: none.
std::string found_in(std::string_view text) {
    static const auto forms = forms_of({latin_mark, chinese_mark});
    return workflow::testing::found_in(text, forms);
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

constexpr const char* item = R"(item: pension.special
title: 特殊工种退休核准
kind: instant
rating: required
fields:
  id_number: {type: string, required: true, personal: true, check: 'starts with(id_number, "CNRY")'}
  phone: {type: string, personal: true}
  family: {type: strings, personal: true}
  birth_date: {type: date, personal: true}
  years: {type: number, default: 8}
materials:
  authority: {title: 委托书, source: applicant, for: proxy}
start: intake
on: {withdraw: withdrawn}
steps:
  intake: {task: intake, post: general-window, outcomes: {accept: {to: review, accepts: true}, decline: {to: declined, requires: reason}}}
  review:
    task: review
    pool: pass-through
    sees: birth_date
    outcomes:
      approve: {to: issue, decides: true}
      return: {to: intake, requires: reason}
  issue: {task: issue, post: unified-window, outcomes: {deliver: granted}}
  granted: {end: granted}
  declined: {end: not accepted}
  withdrawn: {end: withdrawn}
)";

/// A hall with a vault, cases that all carry the marks, and everything that is ever said.
class Hall {
public:
    Hall() {
        terminal.write("definitions/item.yaml", item);
        REQUIRE(terminal({"vault", "keygen", "--out", terminal.path("hall.vault")}).code == 0);
        REQUIRE(terminal({"rate", "keygen", "--out", terminal.path("rating.secret")}).code == 0);
        terminal.environment["WORKFLOW_VAULT_KEY"] = terminal.path("hall.vault");
        terminal.environment["WORKFLOW_RATING_SECRET"] = terminal.path("rating.secret");
        auto loaded =
            Catalog::load(std::vector<std::filesystem::path>{terminal.path("definitions")});
        REQUIRE(loaded.catalog);
        catalog = std::make_unique<Catalog>(*loaded.catalog);
        Engine::Options options;
        options.clock = [this] { return terminal.now; };
        options.entropy = [this] { return random.below(UINT64_MAX); };
        options.rating_secret = secret;
        const auto text = bytes_of(terminal.path("hall.vault"));
        const auto at = text.find("secret ") + 7;
        options.vault = VaultKey{Cipher::aes_256_gcm, parse_hex(text.substr(at, 64)).value()};
        engine = std::make_unique<Engine>(*catalog, make_store(terminal.path("hall.db")),
                                          std::move(options));
    }

    [[nodiscard]] static std::string marked(const char* what, std::size_t i) {
        return fmt::format("{}{}{:05}{}", latin_mark, what, i, chinese_mark);
    }
    OpenCase application(std::size_t i) {
        OpenCase made;
        made.item = ItemId("pension.special");
        made.applicant = {PersonId(marked("P", i)), marked("N", i), "person"};
        made.hall = HallId("north");
        made.fields = {{FieldId("id_number"), Value(marked("I", i))},
                       {FieldId("phone"), Value(marked("F", i))},
                       {FieldId("family"), Value(List{Value(marked("L", i))})},
                       {FieldId("birth_date"), Value(*parse_date("1966-03-01"))}};
        if (random.below(5) == 0) {
            made.agent = Agent{PersonId(marked("A", i)), marked("B", i)};
            made.materials = {{MaterialId("authority"), MaterialForm::provided}};
        }
        return made;
    }
    /// Looks at what somebody is told.
    void hear(const std::string& text) {
        heard += text.size();
        const auto form = found_in(text);
        if (form.empty()) return;
        const auto at = text.find(form);
        FAIL("told: " << text.substr(at < 200 ? 0 : at - 200, 400));
    }
    template <class T>
    bool hear(const Expected<T>& answer) {
        if (!answer) hear(answer.refusal().message);
        return static_cast<bool>(answer);
    }
    void hear(const Events& events) {
        presentation::TrailWords words(*catalog, "zh", true);
        std::uint32_t sequence = 0;
        for (const auto& event : events) {
            hear(presentation::json_of(event, ++sequence, LocalClock()).dump());
            const auto line = words.tell(event);
            hear(line.who + ' ' + line.what);
        }
    }

    /// All that the drawn reviewer is shown before the decision.
    void look_as_reviewer(const CaseNumber& number) {
        const auto task = engine->reader().show(number)->tasks.at(0);
        auto view = engine->reader().seen_by(task.holder);
        const auto detail = view.show(number);
        REQUIRE(hear(detail));
        for (const auto& [field, value] : detail->fields) hear(field.text + '=' + to_string(value));
        const auto trail = view.trail(number);
        REQUIRE(hear(trail));
        hear(*trail);
        // Those of others, and acts that are not his.
        const auto other = engine->reader().seen_by(OfficerId("wang")).show(number);
        CHECK_FALSE(hear(other));
        hear(engine->complete(number, {task.task, OutcomeId("deliver"), {}, {}, {}}, task.holder));
        hear(engine->claim(number, task.task, task.holder));
        CompleteTask wrong{task.task, OutcomeId("return"), {}, {}, {}};
        wrong.fields = {{FieldId("id_number"), Value(std::string(chinese_mark) + "x")}};
        hear(engine->complete(number, wrong, task.holder));
        wrong.reason = "unklar";
        hear(engine->complete(number, wrong, task.holder));
    }
    /// What applications that are not taken are answered.
    void refuse(std::size_t i) {
        auto wrong = application(i);
        wrong.fields[0].second = Value(std::string(chinese_mark) + "1");
        CHECK_FALSE(hear(engine->open(wrong, Actor::the_applicant())));
        wrong.fields[0].second = Value(List{Value(marked("I", i))});
        CHECK_FALSE(hear(engine->open(wrong, Actor::the_applicant())));
        wrong.fields = {{FieldId("phone"), Value(marked("F", i))}};
        CHECK_FALSE(hear(engine->open(wrong, Actor::the_applicant())));
        wrong = application(i);
        wrong.fields[3].second = Value(marked("D", i));
        CHECK_FALSE(hear(engine->open(wrong, Actor::the_applicant())));
        CHECK_FALSE(hear(engine->administration().erase(
            PersonId(marked("Q", i)), Actor::of(OfficerId("chief")), "asked for")));
    }

    Terminal terminal;
    Xorshift random{20260302};
    Digest secret = sha256("rating");
    std::unique_ptr<Catalog> catalog;
    std::unique_ptr<Engine> engine;
    std::size_t heard = 0;
};

Expected<Answer> complete(Engine::Session& session, const CaseNumber& number, const char* outcome,
                          const OfficerId& officer, const char* reason = "") {
    const auto tasks = session.tasks(number);
    return session.perform(number,
                           {CompleteTask{tasks.at(0).task, OutcomeId(outcome), reason, {}, {}},
                            Actor::of(officer),
                            {},
                            {},
                            {}});
}

}  // namespace

TEST_CASE("the marks are found in every form") {
    const std::string text = "so " + Hall::marked("P", 1) + " there";
    CHECK_FALSE(found_in(text).empty());
    CHECK_FALSE(found_in(base64(text)).empty());
    CHECK_FALSE(found_in(base64("x" + text)).empty());
    CHECK_FALSE(found_in(base64("xx" + text)).empty());
    CHECK_FALSE(found_in(hexadecimal(text, "0123456789ABCDEF")).empty());
    CHECK_FALSE(found_in(in_charset("GBK", text)).empty());
    CHECK_FALSE(found_in(in_charset("UTF-16BE", text)).empty());
    CHECK_FALSE(found_in(base64(in_charset("UTF-16LE", text))).empty());
    CHECK(found_in("CNRYMARX 鼐灏").empty());
}

TEST_CASE("nothing personal reaches a reviewer, a message, a report, an export or the files") {
    Hall hall;
    const std::size_t cases = sanitized ? 500 : 10'000;
    constexpr std::size_t batch = 100;
    for (std::size_t done = 0; done < cases; done += batch) {
        std::vector<CaseNumber> numbers;
        hall.engine->transact([&](Engine::Session& session) {
            for (std::size_t i = done; i < done + batch; ++i) {
                const auto opened =
                    session.open(hall.application(i),
                                 i % 2 ? Actor::of(OfficerId("lin")) : Actor::the_applicant());
                REQUIRE(hall.hear(opened));
                numbers.push_back(opened->number);
                REQUIRE(hall.hear(complete(session, opened->number, "accept", OfficerId("lin"))));
            }
        });
        hall.refuse(done);
        for (const auto& number : numbers) hall.look_as_reviewer(number);
        std::vector<std::pair<Answer, OfficerId>> answers;
        hall.engine->transact([&](Engine::Session& session) {
            for (const auto& number : numbers) {
                const auto way = hall.random.below(4);
                const auto reviewer = session.tasks(number).at(0).holder;
                if (way == 0) {
                    REQUIRE(session.perform(number, {WithdrawCase{Hall::marked("W", done)},
                                                     Actor::the_applicant(),
                                                     {},
                                                     {},
                                                     {}}));
                    continue;
                }
                const auto answer = way == 1
                                        ? complete(session, number, "return", reviewer, "unklar")
                                        : complete(session, number, "approve", reviewer);
                REQUIRE(hall.hear(answer));
                if (way == 1) answers.emplace_back(*answer, reviewer);
                if (way != 3) continue;
                REQUIRE(hall.hear(complete(session, number, "deliver", OfficerId("wang"))));
                const TaskNumber visit{1};
                REQUIRE(session.perform(number,
                                        {RateCase{visit, rating_token(hall.secret, number, visit),
                                                  Grade::satisfied, Hall::marked("R", done)},
                                         Actor::the_applicant(),
                                         {},
                                         {},
                                         {}}));
            }
        });
        for (const auto& [answer, reviewer] : answers)
            hall.hear(hall.engine->reader().seen_by(reviewer).answer(answer).events);
    }
    CHECK(hall.engine->administration().verify().intact());
    CHECK(hall.heard > cases * 1000);

    hall.engine.reset();
    auto& run = hall.terminal;
    // A backlog of whose rows none can be taken. Those go back to whoever brought them, in a file.
    std::filesystem::create_directory(run.path("backlog"));
    run.write("backlog/rows.csv",
              fmt::format("number,person,name,id,birth\n1,{0},{1},{2}{0},1966-03-01\n2,{0},{1},{0},"
                          "{0}\n3,{0},{1},,\n",
                          latin_mark, chinese_mark, "x"));
    run.write("backlog/script.yaml", R"(batch: backlog
title: 积压
input: {file: rows.csv, key: number, columns: {birth: date}}
rejected: rejected.csv
open:
  item: pension.special
  applicant: {person: =person, name: =name}
  channel: window
  hall: north
  by: lin
  fields: {id_number: =id, birth_date: =birth}
)");
    const auto out = [&](const char* name) { return run.path(name); };
    const std::vector<std::vector<std::string>> commands{
        {"cases", "--format", "json"},
        {"tasks", "--format", "json"},
        {"cases", "--reader", "zhao"},
        {"tasks", "--reader", "zhao"},
        {"journal"},
        {"trail", "verify"},
        {"advance"},
        {"report", "officers", "--format", "json"},
        {"report", "items"},
        {"report", "halls"},
        {"report", "pools"},
        {"report", "ratings", "--format", "json"},
        {"report", "officers", "--format", "csv"},
        {"export", "xes", "--out", out("hall.xes")},
        {"export", "csv", "--out", out("hall.csv")},
        {"export", "ocel", "--out", out("hall.json")},
        {"export", "ocel", "--out", out("hall.sqlite")},
        {"draw", "keygen", "--party", "bureau", "--out", out("bureau.secret")},
        {"draw", "publish", "--secret", out("bureau.secret"), "--out", out("bureau.draws"),
         "--from", "2026-03-02"},
        {"draw", "verify", "--party", out("bureau.draws")},
        {"batch", out("backlog/script.yaml")},
        {"batch", out("backlog/script.yaml"), "--format", "json"},
        {"open", "pension.special", "--applicant", Hall::marked("P", 1), "--field",
         "id_number=" + std::string(chinese_mark)},
        {"open", "pension.special", "--applicant", Hall::marked("P", 1), "--field",
         "id_number=" + Hall::marked("I", 1), "--field", "birth_date=" + Hall::marked("D", 1)},
        {"vault", "erase", Hall::marked("P", 1), "--as", "chief", "--reason", "asked for"},
        {"vault", "erase", Hall::marked("Q", 1), "--as", "chief", "--reason", "asked for"}};
    for (const auto& command : commands) {
        const auto said = run(command);
        INFO(fmt::format("{}", fmt::join(command, " ")) << ": " << said.err);
        CHECK(said.code != 2);
        hall.hear(said.err);
        hall.hear(said.out);
    }
    for (const auto& entry : std::filesystem::directory_iterator(run.path(""))) {
        if (!entry.is_regular_file()) continue;
        INFO(entry.path().string());
        hall.hear(bytes_of(entry.path()));
    }
}

}  // namespace workflow::testing::canary_test
