// `conform LOG ITEM`: does a log follow the definition?

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <ostream>

#include "../cli_context.hpp"
#include "base/bounds.hpp"
#include "base/diagnostics.hpp"
#include "commands.hpp"
#include "definition/loader.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"
#include "report/conform/check_log.hpp"
#include "shell/catalog_access.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::grouped;
using presentation::harmless;
using presentation::Json;
using presentation::json_of;

namespace {

using report::CheckedLog;
using report::Deviation;
using report::Variant;

/// Reads the texts of the catalog again, to find the lines of steps.
Sources sources_of(const Arguments& arguments) {
    Sources unread, sources;
    DiagnosticSink trouble(unread);
    for (auto& text : definition::read_texts(paths_of(arguments, "catalog"), unread, trouble))
        sources.add(Source(text.path, text.content));
    return sources;
}

report::ActivityMap map_of(const Arguments& arguments, Streams& streams,
                           const process::Process& process) {
    report::ActivityMap map(process);
    std::string where;
    try {
        if (arguments.has("mapping")) {
            where = arguments.text("mapping") + ":";
            map.add_lines(read_all(arguments.text("mapping"), streams, bounds::list_bytes));
        }
        where = "--map: ";
        for (const auto& line : arguments.all("map")) map.add(line);
    } catch (const report::MapError& error) {
        throw UsageError(where + error.what(), error.hint);
    }
    return map;
}

std::string counted(std::uint64_t number, std::string_view thing) {
    return fmt::format("{} {}{}", grouped(number), thing, number == 1 ? "" : "s");
}

class Report {
public:
    Report(const CheckedLog& log, const process::Process& process, const Sources& sources)
        : log_(log), process_(process), sources_(sources) {
        const auto& variants = log.conformance.variants();
        order_.resize(variants.size());
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        std::ranges::stable_sort(order_, [&](std::size_t a, std::size_t b) {
            return variants[a].cases > variants[b].cases;
        });
        for (const auto& variant : variants) {
            if (variant.fits()) {
                ++fitting_variants_;
                fitting_cases_ += variant.cases;
            }
            if (!variant.decided) undecided_ += variant.cases;
        }
    }

    [[nodiscard]] bool fits() const { return fitting_cases_ == log_.cases; }

    void print_json(std::ostream& out, const std::string& file) const {
        Json unknown = Json::array(), variants = Json::array();
        for (const auto& activity : log_.activities)
            if (!activity.is_step)
                unknown.push_back({{"activity", activity.name}, {"events", activity.events}});
        for (const auto index : order_) {
            const auto& variant = log_.conformance.variants()[index];
            Json activities = Json::array(), deviations = Json::array();
            for (const auto activity : variant.trace)
                activities.push_back(log_.activities[activity].name);
            for (const auto& deviation : variant.deviations)
                deviations.push_back(json_of(deviation));
            variants.push_back({{"cases", variant.cases},
                                {"decided", variant.decided},
                                {"fitness", log_.conformance.fitness(variant)},
                                {"activities", activities},
                                {"deviations", deviations},
                                {"deviating", log_.deviating[index]}});
        }
        out << dump(Json{{"log", file},
                         {"item", process_.item.text},
                         {"cases", log_.cases},
                         {"events", log_.events},
                         {"fitting_cases", fitting_cases_},
                         {"fitting_variants", fitting_variants_},
                         {"undecided_cases", undecided_},
                         {"fitness", log_.conformance.fitness()},
                         {"unknown_activities", unknown},
                         {"variants", variants}},
                    2)
            << '\n';
    }

    void print(std::ostream& out, std::size_t limit) const {
        const auto variants = log_.conformance.variants().size();
        out << fmt::format("{}, {}, {} against {}\n", counted(log_.cases, "case"),
                           counted(log_.events, "event"), counted(variants, "variant"),
                           process_.item.text);
        out << fmt::format("  {:.1f} % fit: {}, in {}; fitness {:.4f}\n",
                           log_.cases == 0 ? 100.0
                                           : 100.0 * static_cast<double>(fitting_cases_) /
                                                 static_cast<double>(log_.cases),
                           counted(fitting_cases_, "case"), counted(fitting_variants_, "variant"),
                           log_.conformance.fitness());
        for (const auto& activity : log_.activities)
            if (!activity.is_step)
                out << harmless(fmt::format("  `{}` is not a step of the item: {}", activity.name,
                                            counted(activity.events, "event")))
                    << '\n';
        std::size_t shown = 0, left_out = 0;
        for (const auto index : order_) {
            const auto& variant = log_.conformance.variants()[index];
            if (variant.fits()) continue;
            if (shown++ >= limit)
                ++left_out;
            else
                print(out, variant, log_.deviating[index]);
        }
        if (left_out > 0)
            out << fmt::format("and {} more; --limit N shows more, --format json all\n",
                               counted(left_out, "variant"));
    }

private:
    void print(std::ostream& out, const Variant& variant,
               const std::vector<std::string>& cases) const {
        out << harmless(cases.size() == 1 ? cases.front()
                                          : fmt::format("{} and {} more", cases.front(),
                                                        grouped(cases.size() - 1)))
            << fmt::format(" (fitness {:.3f})\n", log_.conformance.fitness(variant));
        if (!variant.decided) out << "  not decided: too many paths are possible\n";
        for (const auto& deviation : variant.deviations)
            out << "  " << harmless(words_of(deviation, variant)) << '\n';
    }

    static std::string place(std::size_t position, const Variant& variant) {
        if (position > variant.trace.size()) return "at the end";
        return fmt::format("before event {}", position);
    }

    [[nodiscard]] std::string words_of(const Deviation& deviation, const Variant& variant) const {
        const auto line = line_of(deviation);
        const auto at = line ? fmt::format("  {}:{}", line->file, line->line) : std::string();
        switch (deviation.kind) {
            case Deviation::Kind::missing_step:
                return fmt::format("{}: missing `{}`{}", place(deviation.position, variant),
                                   name_of(deviation.transition), at);
            case Deviation::Kind::wrong_order:
                return fmt::format("event {}: `{}` is out of order, it belongs {}{}",
                                   deviation.position, log_.activities[deviation.activity].name,
                                   place(deviation.belongs_before, variant), at);
            case Deviation::Kind::extra_step:
                return fmt::format("event {}: extra `{}`{}", deviation.position,
                                   log_.activities[deviation.activity].name, at);
        }
        return {};
    }

    [[nodiscard]] std::string name_of(TransitionIndex transition) const {
        const auto& missing = process_.transitions[transition];
        return process_.step_at(missing.takes.front().place).id.text + "." + missing.outcome.text;
    }

    /// Of the outcome that is missing; of the step that was done too often or out of order.
    [[nodiscard]] std::optional<Span> line_of(const Deviation& deviation) const {
        Mark mark;
        if (deviation.kind == Deviation::Kind::missing_step) {
            mark = process_.transitions[deviation.transition].mark;
        } else {
            const auto stands_for = log_.conformance.stands_for(deviation.activity);
            if (!stands_for) return {};
            const auto& takes = process_.transitions[*stands_for].takes;
            if (takes.empty()) return {};
            mark = process_.step_at(takes.front().place).mark;
        }
        if (mark.source >= sources_.size()) return {};
        return sources_.span(mark);
    }

    [[nodiscard]] Json json_of(const Deviation& deviation) const {
        Json json{{"kind", to_string(deviation.kind)}, {"position", deviation.position}};
        if (deviation.kind != Deviation::Kind::extra_step) {
            const auto& missing = process_.transitions[deviation.transition];
            json["step"] = process_.step_at(missing.takes.front().place).id.text;
            json["outcome"] = missing.outcome.text;
        }
        if (deviation.kind != Deviation::Kind::missing_step)
            json["activity"] = log_.activities[deviation.activity].name;
        if (deviation.kind == Deviation::Kind::wrong_order)
            json["belongs_before"] = deviation.belongs_before;
        if (const auto line = line_of(deviation)) {
            json["file"] = line->file;
            json["line"] = line->line;
        }
        return json;
    }

    const CheckedLog& log_;
    const process::Process& process_;
    const Sources& sources_;
    std::vector<std::size_t> order_;
    std::uint64_t fitting_cases_ = 0, fitting_variants_ = 0, undecided_ = 0;
};

int run_conform(const Arguments& arguments, Streams& streams) {
    const auto& file = arguments.operands()[0];
    const auto limit = static_cast<std::size_t>(arguments.whole("limit", 0, 1'000'000'000));
    const Catalog catalog = load_catalog(arguments, streams);
    const auto process = process_of(catalog, ItemId(arguments.operands()[1]));
    const auto map = map_of(arguments, streams, *process);
    if (!std::filesystem::exists(file)) throw WorldError("there is no log " + file);
    const auto log = report::check_log(file, compiled(catalog).organization().clock, *process, map,
                                       {.unfinished = arguments.has("unfinished")});
    if (log.events > 0 && std::ranges::none_of(log.activities, [](const auto& activity) {
            return activity.is_step;
        })) {
        std::string names;
        for (std::size_t i = 0; i < std::min<std::size_t>(log.activities.size(), 5); ++i)
            names += (names.empty() ? "`" : ", `") + log.activities[i].name + "`";
        throw UsageError("no activity of the log corresponds to a step of " + process->item.text,
                         "map each activity by --mapping FILE or --map 'ACTIVITY=STEP': " + names);
    }
    const auto sources = sources_of(arguments);
    const Report report(log, *process, sources);
    if (arguments.json())
        report.print_json(streams.out, file);
    else
        report.print(streams.out, limit);
    return report.fits() ? exit_done : exit_found;
}

}  // namespace

Subcommand conform_command() {
    std::vector<Option> options{
        {.name = "mapping",
         .value = "FILE",
         .meaning = "maps the log's activities: a line ACTIVITY=STEP or ACTIVITY=STEP.OUTCOME "
                    "each, ACTIVITY= for one to ignore"},
        {.name = "map", .value = "LINE", .meaning = "one line of such a mapping", .many = true},
        {.name = "unfinished",
         .meaning = "accept cases that stop anywhere: nothing is missing at the end"},
        {.name = "limit",
         .value = "N",
         .meaning = "the number of variants described in words",
         .initial = "20"}};
    for (Option& option : catalog_options()) options.push_back(std::move(option));
    return {.name = "conform",
            .summary = "Checks an event log against an item: missing, extra and misplaced events.",
            .operands = {{"LOG", "XES, or CSV with the columns case, activity, time; also .gz",
                          false, false},
                         {"ITEM", "the service item", false, false}},
            .options = std::move(options),
            .formats = {"human", "json"},
            .examples = {"workflow conform hall.xes social-card.replace-lost",
                         "workflow conform log.csv permit.intake --map 'T02 Check=check'"},
            .note =
                "Each deviation is part of the shortest explanation of its trace. Exits 1 if a "
                "case does not fit. Conditions are not checked, since a log does not contain the "
                "values that they need. See docs/event-logs.md.",
            .run = run_conform};
}

}  // namespace workflow::tools
