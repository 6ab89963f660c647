// `trail CASE` and `trail verify`.

#include <fmt/format.h>

#include <chrono>
#include <ostream>

#include "../desk.hpp"
#include "../render_json.hpp"
#include "../render_text.hpp"
#include "../trail_words.hpp"
#include "commands.hpp"

namespace workflow::tools {

namespace {

int run_trail(const Arguments& arguments, Streams& streams) {
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const CaseNumber number(arguments.operands().front());
    const auto trail = engine->trail(number);
    if (!trail) {
        return report(arguments, streams,
                      Refusal{Rule::unknown_case, "there is no case " + number.text, {}});
    }
    const UtcOffset offset = offset_of(*engine);
    if (arguments.json()) {
        Json events = Json::array();
        for (std::uint32_t i = 0; i < trail->size(); ++i) {
            events.push_back(json_of((*trail)[i], i + 1, offset));
        }
        streams.out << dump(Json{{"case", number.text}, {"events", events}}, 2) << '\n';
        return exit_done;
    }
    TrailWords words(engine->catalog(), language_of(arguments, streams), arguments.has("personal"));
    Table table(streams.out, Paint(arguments, streams, streams.out_terminal),
                {{"", true}, {"when"}, {"who"}, {"due"}, {"what"}});
    for (std::size_t i = 0; i < trail->size(); ++i) {
        const TrailLine line = words.tell((*trail)[i]);
        table.add({std::to_string(i + 1), line.when, line.who, line.due, line.what});
    }
    table.flush();
    return exit_done;
}

int run_verify(const Arguments& arguments, Streams& streams) {
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const bool talk = streams.err_terminal && !arguments.quiet();
    auto last = std::chrono::steady_clock::now();
    const TrailReport report = engine->verify([&](std::uint64_t cases) {
        const auto now = std::chrono::steady_clock::now();
        if (!talk || now - last < std::chrono::milliseconds(200)) return;
        last = now;
        streams.err << fmt::format("\r{} cases checked", grouped(cases)) << std::flush;
    });
    if (talk) streams.err << "\r\x1b[K" << std::flush;
    if (arguments.json()) {
        Json breaks = Json::array();
        for (const auto& found : report.breaks) {
            breaks.push_back(
                {{"case", found.number.text}, {"sequence", found.sequence}, {"what", found.what}});
        }
        streams.out << dump(Json{{"cases", report.cases},
                                 {"events", report.events},
                                 {"intact", report.intact()},
                                 {"broken", report.broken},
                                 {"breaks", breaks}},
                            2)
                    << '\n';
    } else {
        const Paint paint(arguments, streams, streams.out_terminal);
        for (const auto& found : report.breaks) {
            streams.out << paint.red("broken") << "  "
                        << harmless(fmt::format("{} event {}: {}", found.number.text,
                                                found.sequence, found.what))
                        << '\n';
        }
        const std::string counts =
            fmt::format("{} case{}, {} events: ", grouped(report.cases),
                        report.cases == 1 ? "" : "s", grouped(report.events));
        streams.out << counts
                    << (report.intact()
                            ? paint.green("the trail is intact")
                            : paint.red(fmt::format("{} breaks", grouped(report.broken))))
                    << '\n';
    }
    return report.intact() ? exit_done : exit_found;
}

}  // namespace

Subcommand trail_command() {
    std::vector<Option> options = store_options();
    options.push_back(language_option());
    options.push_back({.name = "personal", .meaning = "show the values of personal fields"});
    return {.name = "trail",
            .summary = "Tells a case's full trail: who did what, when.",
            .operands = {{"CASE", "the case's number", false, false}},
            .options = std::move(options),
            .formats = {"human", "json"},
            .examples = {"workflow trail social-card-20260302-00001 --store hall.db"},
            .note = "`workflow trail verify` checks the trail of the whole store.",
            .run = run_trail};
}

Subcommand trail_verify_command() {
    return {
        .name = "trail verify",
        .summary = "Checks the whole trail: every chain, every case replayed, every row compared.",
        .options = store_options(),
        .formats = {"human", "json"},
        .examples = {"workflow trail verify --store hall.db"},
        .note = "Exits 1 when something was changed, lost or added; each break is named.",
        .run = run_verify};
}

}  // namespace workflow::tools
