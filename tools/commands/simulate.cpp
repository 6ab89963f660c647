// `simulate ITEM...`: arrivals against the officers of a catalog, on a virtual clock.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <ostream>

#include "../cli_context.hpp"
#include "../outputs.hpp"
#include "../paint.hpp"
#include "base/diagnostics.hpp"
#include "commands.hpp"
#include "definition/loader.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"
#include "report/simulate/simulate.hpp"
#include "shell/catalog_access.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::harmless;
using presentation::Json;
using presentation::json_of;
using presentation::Table;

namespace {

using report::Run;
using report::Scenario;

double number_in(const std::string& text, const std::string& option, const std::string& example) {
    double value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end || !(value >= 0) || value > 1e9)
        throw UsageError(fmt::format("`--{}`: `{}` is not a number", option, text),
                         "write --" + option + " " + example);
    return value;
}

/// `NAME=REST`; the name is empty where there is no `=`.
std::pair<std::string, std::string> split(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos) return {"", text};
    return {text.substr(0, equals), text.substr(equals + 1)};
}

int minute_in(const std::string& text) {
    int hours = -1, minutes = -1;
    if (text.size() == 5 && text[2] == ':') {
        std::from_chars(text.data(), text.data() + 2, hours);
        std::from_chars(text.data() + 3, text.data() + 5, minutes);
    }
    const int minute = hours * 60 + minutes;
    if (hours < 0 || minutes < 0 || minutes > 59 || minute > 1440)
        throw UsageError("`--hours`: `" + text + "` is not a time of day",
                         "write --hours 09:00-12:00,13:30-17:00");
    return minute;
}

std::vector<report::OpenSpan> hours_of(const std::string& text) {
    std::vector<report::OpenSpan> spans;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(',', at), text.size());
        const auto piece = text.substr(at, end - at);
        const auto dash = piece.find('-');
        const report::OpenSpan span{
            minute_in(piece.substr(0, dash)),
            minute_in(dash == std::string::npos ? "" : piece.substr(dash + 1))};
        if (span.to <= span.from || (!spans.empty() && span.from < spans.back().to))
            throw UsageError("`--hours`: `" + piece + "` does not come after the time before it",
                             "give the times of a day in order: 09:00-12:00,13:30-17:00");
        spans.push_back(span);
        at = end + 1;
    }
    return spans;
}

/// The names that `--service` and `--outcome` may speak of.
struct Names {
    std::vector<std::string> steps, outcomes;
};

Names names_of(const Catalog& catalog, const std::vector<ItemId>& items) {
    Names names;
    for (const auto& item : items) {
        const auto process = process_of(catalog, item);
        for (const auto& step : process->steps) {
            const auto* task = process->task_at(step.at);
            const auto* wait = process->wait_at(step.at);
            if (task || (wait && wait->for_applicant)) names.steps.push_back(step.id.text);
            if (!task) continue;
            for (const auto outcome : task->outcomes)
                names.outcomes.push_back(step.id.text + "." +
                                         process->transitions[outcome].outcome.text);
        }
    }
    return names;
}

void know(const std::string& option, const std::string& what, const std::string& name,
          const std::vector<std::string>& known) {
    if (std::ranges::count(known, name) != 0) return;
    const auto near = nearest(name, known);
    throw UsageError(fmt::format("`--{}`: no simulated item has the {} `{}`", option, what, name),
                     near ? "did you mean `" + *near + "`?" : std::string());
}

void read_services(const Arguments& arguments, const Names& names, Scenario& scenario) {
    for (const auto& given : arguments.all("service")) {
        const auto [step, rest] = split(given);
        const auto comma = std::min(rest.find(','), rest.size());
        const auto shape = comma == rest.size() ? "exp" : rest.substr(comma + 1);
        if (shape != "exp" && shape != "const")
            throw UsageError("`--service`: `" + shape + "` is neither exp nor const",
                             "write --service review=25,exp");
        const report::Duration lasts{number_in(rest.substr(0, comma), "service", "review=25,exp"),
                                     shape == "exp"};
        if (step.empty()) {
            scenario.service = lasts;
            continue;
        }
        know("service", "task or wait", step, names.steps);
        scenario.services[StepId(step)] = lasts;
    }
}

void read_outcomes(const Arguments& arguments, const Names& names, Scenario& scenario) {
    std::map<StepId, double> sums;
    for (const auto& given : arguments.all("outcome")) {
        const auto [name, share] = split(given);
        know("outcome", "outcome", name, names.outcomes);
        const auto dot = name.rfind('.');
        const StepId step(name.substr(0, dot));
        const auto probability = number_in(share, "outcome", "review.approve=0.9");
        sums[step] += probability;
        if (probability > 1 || sums[step] > 1 + 1e-9)
            throw UsageError("`--outcome`: the probabilities of `" + step.text +
                             "` are more than 1 together");
        scenario.outcomes[{step, OutcomeId(name.substr(dot + 1))}] = probability;
    }
}

void read_rates(const Arguments& arguments, Scenario& scenario) {
    scenario.rates.assign(scenario.items.size(), 0);
    for (auto given : arguments.all("rate")) {
        if (given.ends_with("/day")) given.resize(given.size() - 4);
        const auto [item, text] = split(given);
        const auto rate = number_in(text, "rate", "120/day");
        const auto found = std::ranges::find(scenario.items, ItemId(item));
        if (found != scenario.items.end())
            scenario.rates[static_cast<std::size_t>(found - scenario.items.begin())] = rate;
        else if (item.empty())
            for (auto& one : scenario.rates)
                one = rate / static_cast<double>(scenario.rates.size());
        else
            throw UsageError("`--rate`: `" + item + "` is none of the simulated items");
    }
}

void read_arrivals(const Arguments& arguments, Streams& streams, const LocalClock& clock,
                   Scenario& scenario) {
    const int kinds = (arguments.has("rate") ? 1 : 0) + (arguments.has("arrivals") ? 1 : 0) +
                      (arguments.has("log") ? 1 : 0);
    if (kinds != 1)
        throw UsageError(kinds == 0 ? "the arrivals are missing" : "arrivals are given twice",
                         "give one of --rate 120/day, --arrivals FILE.csv, --log FILE.xes");
    if (arguments.has("rate")) read_rates(arguments, scenario);
    if (arguments.has("arrivals"))
        scenario.arrivals =
            report::arrivals_of_csv(arguments.text("arrivals"), scenario.items, clock);
    if (arguments.has("log"))
        scenario.arrivals =
            report::arrivals_of_log(arguments.text("log"), scenario.items.size(), clock);
    const bool recorded = !scenario.arrivals.empty();
    scenario.first = local_date(recorded ? scenario.arrivals.front().at : streams.clock(), clock);
    if (const auto day = arguments.day("from")) scenario.first = *day;
    scenario.days = 365;
    if (recorded) {
        const auto last = local_date(scenario.arrivals.back().at, clock);
        scenario.days = static_cast<int>(
            std::clamp<std::int64_t>(last.days - scenario.first.days + 1, 1, 36'500));
    }
    if (arguments.has("days")) scenario.days = static_cast<int>(arguments.whole("days", 1, 36'500));
    scenario.warm_up = scenario.days / 10;
    if (arguments.has("warm-up"))
        scenario.warm_up = static_cast<int>(arguments.whole("warm-up", 0, scenario.days - 1));
}

/// The catalog to compare with, and what it is called.
std::optional<Catalog> other_catalog(const Arguments& arguments, Streams& streams) {
    if (arguments.has("compare") && arguments.has("compare-catalog"))
        throw UsageError("`--compare` and `--compare-catalog` cannot both be given");
    if (arguments.has("compare-catalog"))
        return load_catalog(paths_of(arguments, "compare-catalog"), arguments, streams);
    if (!arguments.has("compare")) return {};
    // The same definitions with another organization in the place of theirs.
    std::vector<std::filesystem::path> files{arguments.text("compare")};
    const auto keep = [&](const std::filesystem::path& path) {
        std::ifstream file(path);
        for (std::string line; std::getline(file, line);)
            if (line.starts_with("organization:")) return;
        files.push_back(path);
    };
    for (const auto& path : paths_of(arguments, "catalog")) {
        if (!std::filesystem::is_directory(path)) {
            keep(path);
            continue;
        }
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
            if (entry.is_regular_file() && definition::is_definition(entry.path()))
                keep(entry.path());
        }
    }
    std::sort(files.begin() + 1, files.end());
    return load_catalog(files, arguments, streams);
}

Json json_of(const std::vector<report::Estimate>& estimates) {
    Json rows = Json::array();
    for (const auto& one : estimates)
        rows.push_back({{"group", one.group},
                        {"name", one.name},
                        {"mean", one.mean ? Json(*one.mean) : Json()},
                        {"half_width", one.half_width ? Json(*one.half_width) : Json()},
                        {"values", one.values}});
    return rows;
}

Json json_of(const std::string& name, const std::vector<Run>& runs) {
    std::uint64_t arrived = 0, done = 0, open = 0, stuck = 0;
    std::string stuck_at;
    for (const auto& run : runs) {
        arrived += run.arrived;
        done += run.done;
        open += run.open;
        stuck += run.stuck;
        if (stuck_at.empty()) stuck_at = run.stuck_at;
    }
    return {{"name", name},
            {"arrived", arrived},
            {"done", done},
            {"open", open},
            {"stuck", stuck},
            {"stuck_at", stuck_at},
            {"estimates", json_of(report::estimate(runs))}};
}

std::string unit_of(const std::string& group) {
    if (group == "wait") return "wait, minutes open";
    if (group == "on time") return "on time, %";
    if (group == "load") return "load, %";
    if (group == "days") return "days";
    return group;
}

std::string shown(const std::string& group, const std::optional<double>& value) {
    if (!value) return "-";
    const bool share = group == "on time" || group == "load";
    const auto number = *value * (share ? 100 : 1);
    return fmt::format("{:.{}f}", std::abs(number) < 0.005 ? 0.0 : number,
                       group == "cases" ? 0 : 2);
}

std::string interval(const report::Estimate& one) {
    if (!one.half_width) return shown(one.group, one.mean);
    return shown(one.group, one.mean) + " ± " + shown(one.group, one.half_width);
}

void print(const Arguments& arguments, Streams& streams, const std::vector<std::string>& names,
           const std::vector<Run>& first, const std::vector<Run>& second) {
    const auto paint = paint_of(arguments, streams, streams.out_terminal);
    std::vector<Table::Column> columns{{"figure"}, {"of"}};
    if (second.empty()) {
        columns.push_back({"mean ± 95 %", true});
    } else {
        for (const auto& name : names) columns.push_back({name, true});
        columns.push_back({"difference ± 95 %", true});
    }
    Table table(streams.out, paint, columns);
    const auto others = report::estimate(second);
    const auto differences = report::difference(first, second);
    for (const auto& one : report::estimate(first)) {
        const auto same = [&](const report::Estimate& other) {
            return other.group == one.group && other.name == one.name;
        };
        const auto other = std::ranges::find_if(others, same);
        // A row that is empty on both sides is left out.
        if (!one.mean && (other == others.end() || !other->mean)) continue;
        if (one.name == "(nobody to draw)" && one.mean == 0.0) continue;
        std::vector<std::string> cells{unit_of(one.group), one.name, interval(one)};
        if (!second.empty()) {
            cells.push_back(other == others.end() ? "-" : interval(*other));
            const auto paired = std::ranges::find_if(differences, same);
            cells.push_back(paired == differences.end() ? "-" : interval(*paired));
        }
        table.add(std::move(cells));
    }
    table.flush();
}

int play(const Arguments& arguments, Streams& streams) {
    const Catalog catalog = load_catalog(arguments, streams);
    Scenario scenario;
    for (const auto& name : arguments.operands()) scenario.items.emplace_back(name);
    const Names known = names_of(catalog, scenario.items);
    if (arguments.has("hours")) scenario.hours = hours_of(arguments.text("hours"));
    scenario.seed = static_cast<std::uint64_t>(arguments.whole("seed", 0, 2'000'000'000));
    scenario.replications = static_cast<unsigned>(arguments.whole("replications", 1, 10'000));
    read_services(arguments, known, scenario);
    read_outcomes(arguments, known, scenario);
    read_arrivals(arguments, streams, compiled(catalog).organization().clock, scenario);
    for (const auto& item : scenario.items)
        for (auto& field : fields_of(arguments, process_of(catalog, item).get()))
            if (std::ranges::find(scenario.fields, field.first, &FieldValues::value_type::first) ==
                scenario.fields.end())
                scenario.fields.push_back(std::move(field));
    const auto other = other_catalog(arguments, streams);

    std::vector<Run> first, second;
    for (unsigned i = 0; i < scenario.replications; ++i) {
        first.push_back(report::simulate(catalog, scenario, i));
        if (other) second.push_back(report::simulate(*other, scenario, i));
    }
    std::vector<std::string> names{"as defined"};
    if (other)
        names.push_back(
            std::filesystem::path(
                arguments.text(arguments.has("compare") ? "compare" : "compare-catalog"))
                .filename()
                .string());
    if (arguments.json()) {
        Json sides = Json::array({json_of(names[0], first)});
        if (other) sides.push_back(json_of(names[1], second));
        Json json{{"items", arguments.operands()}, {"from", to_string(scenario.first)},
                  {"days", scenario.days},         {"warm_up", scenario.warm_up},
                  {"seed", scenario.seed},         {"replications", scenario.replications},
                  {"sides", std::move(sides)}};
        if (other) json["difference"] = json_of(report::difference(first, second));
        streams.out << dump(json, 2) << '\n';
    } else {
        streams.out << fmt::format(
            "{} days from {}, the first {} not measured; {} replication{}, seed {}\n",
            scenario.days, to_string(scenario.first), scenario.warm_up, scenario.replications,
            scenario.replications == 1 ? "" : "s", scenario.seed);
        print(arguments, streams, names, first, second);
    }
    for (const auto& run : first)
        if (run.stuck > 0 && !arguments.quiet()) {
            streams.err << harmless(fmt::format("{} tasks could not be ended, the first at {}",
                                                run.stuck, run.stuck_at))
                        << "\n  help: give the fields that the outcome needs with --field, or "
                           "other outcomes with --outcome\n";
            break;
        }
    if (arguments.has("plot"))
        write_document(arguments, streams, "plot", Holds::nothing_personal, [&](std::ostream& out) {
            out << report::plot(first, second, names, scenario.first);
        });
    return exit_done;
}

int run_simulate(const Arguments& arguments, Streams& streams) {
    try {
        check_output(arguments, "plot");
        return play(arguments, streams);
    } catch (const report::SimulationError& error) {
        throw UsageError(error.what());
    }
}

}  // namespace

Subcommand simulate_command() {
    std::vector<Option> options{
        {.name = "rate",
         .value = "[ITEM=]N/day",
         .meaning = "the number of cases that arrive on a working day, at random in the opening "
                    "hours; of all items together, or of one",
         .many = true},
        {.name = "arrivals",
         .value = "FILE",
         .meaning = "a CSV file of arrivals: the column time and, with several items, item"},
        {.name = "log", .value = "FILE", .meaning = "take the arrivals from this event log (XES)"},
        {.name = "service",
         .value = "[STEP=]MINUTES[,exp|const]",
         .meaning = "the time that a task takes an officer, or that an applicant takes to answer; "
                    "without a step, for every other task",
         .many = true},
        {.name = "outcome",
         .value = "STEP.OUTCOME=P",
         .meaning = "the probability of an outcome",
         .many = true},
        {.name = "field",
         .value = "NAME=VALUE",
         .meaning = "a field of every application",
         .many = true},
        {.name = "hours",
         .value = "HOURS",
         .meaning = "the opening hours of every hall on working days; else those that each hall "
                    "declares, or 09:00-12:00,13:30-17:00"},
        {.name = "from",
         .value = "DAY",
         .meaning = "the first day; else today, or the day of the first arrival"},
        {.name = "days",
         .value = "N",
         .meaning = "the number of calendar days; else 365, or until the last arrival"},
        {.name = "warm-up",
         .value = "N",
         .meaning = "the number of first days that are not measured; else a "
                    "tenth of all days"},
        {.name = "seed", .value = "N", .meaning = "the seed of the random numbers", .initial = "1"},
        {.name = "replications",
         .value = "N",
         .meaning = "the number of runs, from which the intervals are computed",
         .initial = "10"},
        {.name = "compare",
         .value = "FILE",
         .meaning = "also simulate this organization, with the same random numbers"},
        {.name = "compare-catalog",
         .value = "PATH",
         .meaning = "also simulate these definitions, with the same random numbers"},
        {.name = "plot",
         .value = "FILE",
         .meaning = "the file for a chart of queues and late cases over time (SVG)",
         .output = true}};
    for (Option& option : catalog_options()) options.push_back(std::move(option));
    return {
        .name = "simulate",
        .summary =
            "Simulates arrivals and officers: waiting times, load, and the share of cases "
            "in time.",
        .operands = {{"ITEM", "the service item", false, true}},
        .options = std::move(options),
        .formats = {"table", "json"},
        .examples = {"workflow simulate social-card.replace-lost --rate 120/day --service 12",
                     "workflow simulate social-card.replace-lost --rate 120/day "
                     "--outcome review.reject=0.1 --compare fewer-officers.yaml --plot queues.svg"},
        .note =
            "Tasks take 15 minutes (exponential), and answers of applicants three days, unless "
            "--service sets other times. Outcomes without --outcome are equally probable, if they "
            "need no reason and are not limited by `at most`. Officers take tasks as `next` gives "
            "them, on their days and in the opening hours.",
        .run = run_simulate};
}

}  // namespace workflow::tools
