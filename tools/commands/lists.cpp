// Reading: cases, tasks, show.

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "../cli_context.hpp"
#include "../outputs.hpp"
#include "../paint.hpp"
#include "../reader.hpp"
#include "../reading_purpose.hpp"
#include "base/bounds.hpp"
#include "commands.hpp"
#include "presentation/clock.hpp"
#include "presentation/evidence/dossier.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"
#include "presentation/words/trail.hpp"
#include "shell/case_clocks.hpp"
#include "shell/catalog_access.hpp"

namespace workflow::tools {

using presentation::DossierEvent;
using presentation::dump;
using presentation::harmless;
using presentation::Json;
using presentation::json_of;
using presentation::JsonRows;
using presentation::officer_name;
using presentation::post_name;
using presentation::print_clock;
using presentation::step_name;
using presentation::Table;
using presentation::write_dossier;

namespace {

std::vector<Option> with_store(Option reader, std::vector<Option> options) {
    options.push_back({.name = "limit", .value = "N", .meaning = "the maximum number of rows"});
    options.push_back(std::move(reader));
    for (Option& option : store_options()) options.push_back(std::move(option));
    options.push_back(language_option());
    return options;
}

std::size_t limit_of(const Arguments& arguments) {
    if (!arguments.has("limit")) return static_cast<std::size_t>(-1);
    const std::string text = arguments.text("limit");
    if (text.empty() || text.size() > 9 ||
        text.find_first_not_of("0123456789") != std::string::npos) {
        throw UsageError("`--limit` takes a whole number, not `" + text + "`");
    }
    return std::stoul(text);
}

std::string local_minute(Instant instant, const LocalClock& clock) {
    std::string text = to_string(instant, clock).substr(0, 16);
    std::ranges::replace(text, 'T', ' ');
    return text;
}

std::string steps_in_words(const process::Process* process, const std::string& steps,
                           const std::string& language) {
    std::string words;
    std::size_t at = 0;
    while (at < steps.size()) {
        const std::size_t end = std::min(steps.find(' ', at), steps.size());
        words += (words.empty() ? "" : " + ") +
                 step_name(process, StepId(steps.substr(at, end - at)), language);
        at = end + 1;
    }
    return words;
}

std::string earlier_due(const CaseView& view) {
    if (view.promised_due && view.statutory_due) {
        return to_string(std::min(*view.promised_due, *view.statutory_due));
    }
    if (view.promised_due) return to_string(*view.promised_due);
    return view.statutory_due ? to_string(*view.statutory_due) : "";
}

/// Fetches pages until there are no more or `limit` rows came, and gives each page to `visit`.
template <class Filter, class Read, class Advance, class Visit>
void each_page(Filter filter, std::size_t limit, Read read, Advance advance, Visit visit) {
    while (limit > 0) {
        filter.limit = std::min<std::size_t>(limit, 1000);
        const auto page = read(filter);
        if (!page.empty()) visit(page);
        if (page.size() < filter.limit) break;
        limit -= page.size();
        advance(filter, page.back());
    }
}

/// What the store's filter does not know: it is asked of each case by itself.
bool is_wanted(const CaseView& view, const CaseFilter& filter) {
    const auto due_by = [&](const std::optional<Date>& day) {
        return day && *day <= *filter.due_by;
    };
    return (!filter.item || view.item == *filter.item) &&
           (!filter.status || view.status == *filter.status) &&
           (!filter.hall || view.hall == *filter.hall) &&
           (!filter.due_by || due_by(view.statutory_due) || due_by(view.promised_due));
}

/// Whether the case still owes a material that was to be handed in later.
bool owes(Engine& engine, const CaseNumber& number) {
    const auto detail = engine.reader().show(number);
    return detail && std::ranges::any_of(detail->materials, [](const auto& material) {
               return is_owed(material.second);
           });
}

int run_cases(const Arguments& arguments, Streams& streams) {
    if (arguments.has("applicant") && arguments.has("reader"))
        throw UsageError("a list by applicant reveals the applicant", "leave out --reader");
    CaseFilter filter;
    if (arguments.has("item")) filter.item = ItemId(arguments.text("item"));
    if (arguments.has("status")) filter.status = status_of(arguments.text("status"));
    if (arguments.has("hall")) filter.hall = HallId(arguments.text("hall"));
    filter.due_by = arguments.day("due-by");
    const std::size_t limit = limit_of(arguments);
    const auto reader = reader_of(arguments);
    const auto engine = open_engine(arguments, streams, StoreNeed::reading);
    const LocalClock clock = clock_of(*engine);
    const std::string language = language_of(arguments, streams);
    JsonRows rows(streams.out);
    Table table(streams.out, paint_of(arguments, streams, streams.out_terminal),
                {{"case"}, {"item"}, {"status"}, {"where it stands"}, {"due"}, {"changed"}});
    std::uint64_t count = 0;
    const bool owed = arguments.has("owed");
    // Of cases that are looked through one by one, those that are shown count for the limit.
    const auto visit = [&](const std::vector<CaseView>& page) {
        for (const CaseView& view : page) {
            if (count == limit) break;
            if (owed && !owes(*engine, view.number)) continue;
            ++count;
            if (arguments.json()) {
                rows.add(json_of(view, clock));
                continue;
            }
            const auto process = compiled(engine->catalog()).process(view.item);
            table.add({view.number.text, process ? process->title.in(language) : view.item.text,
                       view.status, steps_in_words(process.get(), view.steps, language),
                       earlier_due(view), local_minute(view.changed, clock)});
        }
        table.flush();
    };
    if (arguments.has("applicant")) {
        auto cases = engine->reader().cases_by(PersonId(arguments.text("applicant")));
        std::erase_if(cases, [&](const CaseView& view) { return !is_wanted(view, filter); });
        visit(cases);
    } else {
        each_page(
            filter, owed ? static_cast<std::size_t>(-1) : limit,
            [&](const CaseFilter& f) {
                return reader ? cases_for(*engine, *reader, f) : engine->reader().cases(f);
            },
            [](CaseFilter& f, const CaseView& last) { f.after = last.key; }, visit);
    }
    if (arguments.json()) {
        rows.close();
    } else if (count == 0 && !arguments.quiet()) {
        streams.err << "no such cases\n";
    }
    return exit_done;
}

int run_tasks(const Arguments& arguments, Streams& streams) {
    TaskFilter filter;
    if (arguments.has("as")) filter.holder = OfficerId(arguments.text("as"));
    if (arguments.has("unheld")) filter.holder = OfficerId();
    if (arguments.has("post")) filter.post = PostId(arguments.text("post"));
    if (arguments.has("item")) filter.item = ItemId(arguments.text("item"));
    const std::size_t limit = limit_of(arguments);
    const auto reader = officer_reader_of(arguments, "an applicant has no tasks");
    const auto engine = open_engine(arguments, streams, StoreNeed::reading);
    const LocalClock clock = clock_of(*engine);
    const std::string language = language_of(arguments, streams);
    const auto catalog = engine->catalog();
    const auto& organization = compiled(catalog).organization();
    JsonRows rows(streams.out);
    Table table(
        streams.out, paint_of(arguments, streams, streams.out_terminal),
        {{"case"}, {"task", true}, {"step"}, {"post"}, {"holder"}, {"due"}, {"waiting since"}});
    std::uint64_t count = 0;
    each_page(
        filter, limit,
        [&](const TaskFilter& f) {
            return reader ? engine->reader().seen_by(*reader).tasks(f) : engine->reader().tasks(f);
        },
        [](TaskFilter& f, const TaskView& last) {
            f.after = last.key;
            f.after_task = last.task;
        },
        [&](const std::vector<TaskView>& page) {
            for (const TaskView& task : page) {
                ++count;
                if (arguments.json()) {
                    rows.add(json_of(task, clock));
                    continue;
                }
                const auto process = compiled(engine->catalog()).process(task.item);
                table.add(
                    {task.number.text, std::to_string(number(task.task)),
                     step_name(process.get(), task.step, language),
                     task.post.empty() ? "drawn" : post_name(organization, task.post, language),
                     task.holder.empty() ? "" : officer_name(organization, task.holder),
                     task.due ? to_string(*task.due) : "", local_minute(task.offered, clock)});
            }
            table.flush();
        });
    if (arguments.json()) {
        rows.close();
    } else if (count == 0 && !arguments.quiet()) {
        streams.err << "no such tasks\n";
    }
    return exit_done;
}

void print_detail(const CaseDetail& detail, const Arguments& arguments, Streams& streams,
                  Engine& engine) {
    const std::string language = language_of(arguments, streams);
    const auto paint = paint_of(arguments, streams, streams.out_terminal);
    const LocalClock clock = clock_of(engine);
    const auto catalog = engine.catalog();
    const auto process = compiled(catalog).process(detail.view.item);
    const auto& organization = compiled(catalog).organization();
    auto& out = streams.out;
    const auto row = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) out << fmt::format("  {:<16}{}\n", name, harmless(value));
    };
    out << paint.bold(detail.view.number.text) << "  " << harmless(detail.title.in(language))
        << '\n';
    row("item", fmt::format("{}, revision {}", detail.view.item.text, detail.revision));
    const auto person = [](const std::string& name, const std::string& id) {
        return name.empty() || name == id ? id : name + " (" + id + ")";
    };
    if (arguments.has("personal")) {
        row("applicant", person(detail.applicant.name, detail.applicant.person.text));
        if (detail.agent) row("agent", person(detail.agent->name, detail.agent->person.text));
    }
    row("status", detail.view.status);
    row("stands at", steps_in_words(process.get(), detail.view.steps, language));
    row("hall", detail.view.hall.text);
    const auto* mode = organization.mode(detail.mode);
    row("served as", mode == nullptr ? detail.mode.text : mode->title.in(language));
    row("appointment", detail.appointment ? local_minute(*detail.appointment, clock) : "");
    row("by proxy", detail.by_proxy ? "by an agent for the applicant" : "");
    row("version", std::to_string(number(detail.view.version)));
    row("opened", local_minute(detail.view.opened, clock));
    row("changed", local_minute(detail.view.changed, clock));
    const auto due = [&](std::string_view name, const std::optional<Date>& day, bool passed) {
        if (!day) return;
        std::string text = to_string(*day);
        if (detail.provisional) text += " (provisional)";
        if (passed) text = paint.red(text + " (passed)");
        out << fmt::format("  {:<16}{}\n", name, text);
    };
    due("promised", detail.view.promised_due, detail.promised_passed);
    due("law", detail.view.statutory_due, detail.statutory_passed);
    row("extended", detail.extended ? "by approval" : "");
    if (detail.times_urged != 0)
        row("haste",
            fmt::format("urged {} time{}", detail.times_urged, detail.times_urged == 1 ? "" : "s"));
    row("clock", detail.view.status != "open" ? ""
                 : detail.paused              ? "stands still"
                 : detail.accepted            ? "runs"
                                              : "not accepted yet");
    if (!detail.fields.empty()) out << paint.bold("fields") << '\n';
    for (const auto& [field, value] : detail.fields) {
        const auto slot = process ? process->field(field) : std::nullopt;
        const bool hidden = slot && process->fields[*slot].personal && !arguments.has("personal") &&
                            !value.is_null() && !is_withheld(value);
        row(field.text, hidden ? "(personal; --personal shows it)" : to_string(value));
    }
    if (!detail.materials.empty()) out << paint.bold("materials") << '\n';
    for (const auto& [material, state] : detail.materials) row(material.text, state);
    if (!detail.tasks.empty()) out << paint.bold("tasks") << '\n';
    for (const TaskView& task : detail.tasks) {
        std::string text = step_name(process.get(), task.step, language);
        text +=
            task.holder.empty()
                ? (task.post.empty() ? ", to be drawn"
                                     : ", waits at " + post_name(organization, task.post, language))
                : ", with " + officer_name(organization, task.holder);
        if (task.due) text += ", due " + to_string(*task.due);
        row(fmt::format("task {}", number(task.task)), text);
    }
}

void show_clocks(const CaseDetail& detail, const Arguments& arguments, Streams& streams,
                 Engine& engine) {
    const auto& number = detail.view.number;
    const auto clocks =
        shell::clocks_of(engine, number, local_date(streams.clock(), clock_of(engine)));
    if (arguments.json()) {
        Json rows = Json::array();
        for (const auto& clock : clocks) rows.push_back(json_of(clock));
        streams.out << dump(Json{{"case", number.text}, {"clocks", std::move(rows)}}, 2) << '\n';
        return;
    }
    const std::string language = language_of(arguments, streams);
    const auto process = compiled(engine.catalog()).process(detail.view.item);
    const auto paint = paint_of(arguments, streams, streams.out_terminal);
    for (std::size_t i = 0; i < clocks.size(); ++i) {
        if (i > 0) streams.out << '\n';
        print_clock(clocks[i], step_name(process.get(), clocks[i].step, language),
                    arguments.has("all"), paint, streams.out);
    }
    if (clocks.empty() && !arguments.quiet())
        streams.err << (detail.accepted ? "no limit is set for this case\n"
                                        : "no limit runs: the case is not accepted yet\n");
}

/// The case as a file for the shelf: whole, or what its applicant may see of it. An event that
/// comes between the two looks at the store is in neither: the trail is cut to what has its hash.
std::optional<Refusal> write_dossier_file(const CaseDetail& detail,
                                          const std::optional<Reader>& reader,
                                          const Arguments& arguments, Streams& streams,
                                          Engine& engine) {
    const auto& number = detail.view.number;
    const auto store = open_named_store(arguments, StoreNeed::reading);
    const auto records = store->events(detail.view.key);
    const auto seen = reader ? trail_to(engine, *reader, number) : whole_trail(engine, number);
    if (!seen) return seen.refusal();
    std::optional<InclusionProof> proof;
    if (arguments.has("checkpoints")) try {
            const auto checkpoints =
                read_all(arguments.text("checkpoints"), streams, bounds::checkpoints_bytes);
            const bool sealed = reader || !arguments.has("personal");
            proof = prove(*store, number, 0, checkpoints, sealed);
            if (reader) {
                const auto event = provable(*seen, 0, proof->sequence);
                if (!event) return event.refusal();
                proof = prove(*store, number, *event, checkpoints, true);
            }
        } catch (const EvidenceError& error) {
            throw WorldError(std::string("nothing is proved: ") + error.what());
        }
    std::vector<DossierEvent> events;
    for (const auto& one : *seen) {
        if (one.sequence > records.size()) break;
        // The hash of an event that is not shown whole could be tried with guesses at the rest.
        events.push_back(
            {one.sequence, one.event,
             one.whole ? std::optional(records[one.sequence - 1].hash) : std::nullopt});
    }
    write_document(arguments, streams, "dossier", Holds::personal_data, [&](std::ostream& out) {
        write_dossier(out, {engine.catalog(), detail, events, language_of(arguments, streams),
                            arguments.has("personal"), std::move(proof), store->hashing()});
    });
    return {};
}

int run_show(const Arguments& arguments, Streams& streams) {
    if (arguments.has("all") && !arguments.has("clock"))
        throw UsageError("`--all` unfolds the days of `--clock`", "give --clock too");
    check_reading(arguments);
    const auto reader = reader_of(arguments);
    if (arguments.has("dossier") && reader && !reader->applicant)
        throw UsageError("a dossier has the whole case, or what its applicant may see",
                         "leave out --reader, or give --reader applicant:PERSON");
    check_output(arguments, "dossier");
    const auto engine = open_engine(arguments, streams, need_of_reading(arguments));
    const CaseNumber number(arguments.operands().front());
    auto detail = engine->reader().show(number);
    if (!detail) {
        return report(arguments, streams,
                      Refusal{RefusalCode::unknown_case, "there is no case " + number.text, {}});
    }
    if (reader) {
        if (!reader->applicant)
            if (const auto refusal = begin_reading(arguments, streams, *engine, number))
                return report(arguments, streams, *refusal);
        auto seen = show_to(*engine, *reader, number);
        if (!seen) return report(arguments, streams, seen.refusal());
        detail = std::move(seen).value();
    }
    if (arguments.has("clock")) {
        show_clocks(*detail, arguments, streams, *engine);
    } else if (arguments.has("dossier")) {
        if (const auto refusal = write_dossier_file(*detail, reader, arguments, streams, *engine))
            return report(arguments, streams, *refusal);
    } else if (arguments.json()) {
        streams.out << dump(json_of(*detail, clock_of(*engine)), 2) << '\n';
    } else {
        print_detail(*detail, arguments, streams, *engine);
        if (std::ranges::any_of(detail->fields,
                                [](const auto& field) { return is_withheld(field.second); }))
            tell_withheld(arguments, streams, *engine, number);
    }
    return exit_done;
}

}  // namespace

Subcommand cases_command() {
    return {.name = "cases",
            .summary = "Lists cases.",
            .options = with_store(
                reader_option(),
                {{.name = "item", .value = "ITEM", .meaning = "only of this item"},
                 {.name = "status",
                  .value = "STATUS",
                  .meaning = "only these",
                  .choices = {"open", "granted", "refused", "not_accepted", "withdrawn", "answered",
                              "lapsed"}},
                 {.name = "hall", .value = "HALL", .meaning = "only officers of this hall"},
                 {.name = "due-by", .value = "DAY", .meaning = "only cases due by this day"},
                 {.name = "applicant",
                  .value = "PERSON",
                  .meaning = "only cases in which this person applies, or acts for the applicant"},
                 {.name = "owed", .meaning = "only cases with a material that is still owed"}}),
            .formats = {"human", "json"},
            .examples = {"workflow cases --status open --due-by 2026-03-31 --store hall.db"},
            .run = run_cases};
}

Subcommand tasks_command() {
    return {
        .name = "tasks",
        .summary = "Lists open tasks (the work list).",
        .options = with_store(
            officer_reader_option(),
            {{.name = "as", .value = "OFFICER", .meaning = "only tasks that this officer holds"},
             {.name = "unheld", .meaning = "only tasks that nobody holds"},
             {.name = "post", .value = "POST", .meaning = "only tasks at this post"},
             {.name = "item", .value = "ITEM", .meaning = "only of this item"}}),
        .formats = {"human", "json"},
        .examples = {"workflow tasks --as lin --store hall.db"},
        .run = run_tasks};
}

Subcommand show_command() {
    std::vector<Option> options = store_options();
    options.push_back(language_option());
    for (Option& option : reading_options()) options.push_back(std::move(option));
    options.push_back(
        {.name = "personal", .meaning = "show the applicant, and the values of personal fields"});
    options.push_back({.name = "clock",
                       .meaning = "show each day of the case's limits, and why it counts or not"});
    options.push_back({.name = "all", .meaning = "with --clock: print a line for every day"});
    options.push_back({.name = "dossier",
                       .value = "FILE.html",
                       .meaning = "write the case and its trail as one page to keep or print",
                       .output = true});
    options.push_back({.name = "checkpoints",
                       .value = "FILE",
                       .meaning = "with --dossier: include a proof that the trail is covered by a "
                                  "signed checkpoint; without --personal, by a hash"});
    return {.name = "show",
            .summary = "Shows one case: its current steps, fields, materials, tasks and due days.",
            .operands = {{"CASE", "the case's number", false, false}},
            .options = std::move(options),
            .formats = {"human", "json"},
            .examples = {"workflow show social-card-20260302-00001 --store hall.db",
                         "workflow show social-card-20260302-00001 --clock --store hall.db"},
            .run = run_show};
}

}  // namespace workflow::tools
