// What happens beside the cases: revisions are published, clocks are set back, paper comes late.

#include <catch2/catch.hpp>

#include <workflow/engine.hpp>

#include "process/net.hpp"
#include "shell/catalog_access.hpp"
#include "support/standard_item.hpp"

namespace workflow::testing::journal_test {

namespace {

Catalog catalog_of(std::vector<Catalog::Text> texts) {
    auto loaded = Catalog::load(texts);
    REQUIRE(loaded.catalog);
    return *loaded.catalog;
}

struct Desk {
    explicit Desk(std::vector<Catalog::Text> texts = standard_texts()) {
        Engine::Options options;
        options.clock = [this] { return now; };
        engine = std::make_unique<Engine>(catalog_of(std::move(texts)), open_store(":memory:"),
                                          std::move(options));
    }
    CaseNumber apply() {
        auto application = standard_application("1001");
        return engine->open(application, Actor::the_applicant()).value().number;
    }
    template <class What>
    [[nodiscard]] std::vector<What> noted() const {
        std::vector<What> all;
        for (const auto& event : engine->administration().journal())
            if (const auto* what = std::get_if<What>(&event.what)) all.push_back(*what);
        return all;
    }

    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", {});
    std::unique_ptr<Engine> engine;
};

const ItemId card("social-card.replace-lost");

}  // namespace

TEST_CASE("the first case of a revision publishes it, once") {
    Desk desk;
    desk.apply();
    desk.apply();
    const auto published = desk.noted<DefinitionPublished>();
    REQUIRE(published.size() == 1);
    CHECK(published[0].item == card);
    CHECK(published[0].revision == 3);
    CHECK(published[0].definition == compiled(desk.engine->catalog()).process(card)->digest);
    CHECK(desk.engine->administration().journal()[0].actor == Actor::the_engine());
    CHECK(desk.engine->administration().verify().intact());
}

TEST_CASE("a supervisor publishes a revision for a reason, before its first case") {
    Desk desk;
    const auto chief = Actor::of(OfficerId("chief"));
    CHECK(desk.engine->administration()
              .publish(card, chief, "")
              .refused(RefusalCode::reason_required));
    CHECK(desk.engine->administration()
              .publish(card, Actor::of(OfficerId("lin")), "x")
              .refused(RefusalCode::not_supervisor));
    CHECK(desk.engine->administration()
              .publish(card, Actor::the_applicant(), "x")
              .refused(RefusalCode::not_supervisor));
    CHECK(desk.engine->administration()
              .publish(ItemId("no.such"), chief, "x")
              .refused(RefusalCode::unknown_item));
    REQUIRE(desk.engine->administration().publish(card, chief, "fewer materials"));
    CHECK(desk.engine->administration()
              .publish(card, chief, "again")
              .refused(RefusalCode::nothing_changed));
    desk.apply();
    CHECK(desk.noted<DefinitionPublished>().size() == 1);
    CHECK(desk.engine->administration().journal()[0].actor == chief);
}

TEST_CASE("while the clock is behind nothing falls due, and the journal says so once") {
    Desk desk;
    const auto number = desk.apply();
    desk.now = *parse_instant("2026-03-10T09:00:00+08:00", {});
    CHECK(desk.engine->advance().limits == 1);
    const auto reached = desk.now;
    const auto other = desk.apply();

    desk.now = *parse_instant("2026-03-05T09:00:00+08:00", {});
    const auto report = desk.engine->advance();
    CHECK(report.clock_behind == reached);
    CHECK(report.limits == 0);
    CHECK(desk.engine->advance().clock_behind == reached);
    const auto noted = desk.noted<ClockSetBack>();
    REQUIRE(noted.size() == 1);
    CHECK(noted[0] == ClockSetBack{reached, desk.now});
    CHECK(desk.engine->administration().journal().back().recorded == reached);

    desk.now = *parse_instant("2026-03-20T09:00:00+08:00", {});
    CHECK_FALSE(desk.engine->advance().clock_behind);
    CHECK(desk.engine->reader().show(other)->view.status == "open");
    CHECK(desk.engine->reader().show(number)->view.status == "open");
    CHECK(desk.engine->administration().verify().intact());
}

TEST_CASE("what happened is entered while the catalog allows it, and no later") {
    auto texts = standard_texts();
    texts[0].content += "late entry: 3 workdays\n";
    Desk desk(texts);
    const auto number = desk.apply();
    desk.now = *parse_instant("2026-03-09T18:00:00+08:00", {});
    const auto enter = [&](const char* when) {
        return desk.engine->perform(number, {ClaimTask{TaskNumber{1}},
                                             Actor::of(OfficerId("lin")),
                                             {},
                                             {},
                                             *parse_instant(when, {})});
    };
    // Wednesday: Thursday, Friday and Monday follow; of Tuesday's acts it is too late.
    CHECK(enter("2026-03-03T10:00:00+08:00").refused(RefusalCode::entered_too_late));
    CHECK(enter("2026-03-04T10:00:00+08:00"));
}

}  // namespace workflow::testing::journal_test
