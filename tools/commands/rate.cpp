// `rate`, `rate add`, `rate aside`, `rate tokens`, `rate keygen`: 好差评.

#include <fmt/format.h>

#include <ostream>

#include <workflow/rating.hpp>

#include "../cli_context.hpp"
#include "../paint.hpp"
#include "../rating_files.hpp"
#include "commands.hpp"
#include "crypto/digest.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"

namespace workflow::tools {

using presentation::Json;
using presentation::JsonRows;
using presentation::optional_text;
using presentation::Table;

namespace {

const Operand case_operand{"CASE", "the case's number", false, false};
const Option task_option{.name = "task",
                         .value = "TASK",
                         .meaning =
                             "the task that was done at the visit; without it, the case is "
                             "rated"};
const Option token_option{
    .name = "token", .value = "TOKEN", .meaning = "the rating token that the applicant was given"};
const Option comment_option{
    .name = "comment", .value = "TEXT", .meaning = "the applicant's comment"};

TaskNumber rated_task(const Arguments& arguments) {
    return arguments.has("task") ? task_number(arguments.text("task")) : TaskNumber{};
}

int act(const Arguments& arguments, Streams& streams, Action action, const Actor& actor) {
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    return carry_out(arguments, streams, *engine, CaseNumber(arguments.operands().front()),
                     std::move(action), actor);
}

int run_rate(const Arguments& arguments, Streams& streams) {
    RateCase rating;
    rating.task = rated_task(arguments);
    rating.token = arguments.needed("token", "TOKEN");
    (void)arguments.needed("grade", "5");
    rating.grade = static_cast<Grade>(arguments.whole("grade", 1, 5));
    rating.comment = arguments.text("comment");
    return act(arguments, streams, std::move(rating), Actor::the_applicant());
}

int run_add(const Arguments& arguments, Streams& streams) {
    SupplementRating more;
    more.task = rated_task(arguments);
    more.token = arguments.needed("token", "TOKEN");
    more.comment = arguments.needed("comment", "TEXT");
    return act(arguments, streams, std::move(more), Actor::the_applicant());
}

int run_aside(const Arguments& arguments, Streams& streams) {
    return act(arguments, streams, SetRatingAside{rated_task(arguments), arguments.text("reason")},
               Actor::of(officer_of(arguments)));
}

int run_tokens(const Arguments& arguments, Streams& streams) {
    const auto secret = rating_secret_of(arguments);
    if (!secret) throw UsageError("rating tokens need the secret", "give --rating-secret FILE");
    const auto engine = open_engine(arguments, streams, StoreNeed::reading);
    const CaseNumber number(arguments.operands().front());
    const auto trail = engine->reader().trail(number);
    if (!trail)
        return report(arguments, streams,
                      Refusal{RefusalCode::unknown_case, "there is no case " + number.text, {}});
    JsonRows rows(streams.out);
    Table table(streams.out, paint_of(arguments, streams, streams.out_terminal),
                {{"for"}, {"officer"}, {"token"}});
    for (const auto& event : *trail) {
        const auto* invited = std::get_if<RatingInvited>(&event.what);
        if (!invited) continue;
        const auto token = rating_token(*secret, number, invited->task);
        if (sha256(token) != invited->token)
            throw WorldError("the tokens of " + number.text + " are derived from another secret");
        if (arguments.json())
            rows.add(Json{{"task", workflow::number(invited->task)},
                          {"officer", optional_text(invited->officer.text)},
                          {"token", token}});
        else
            table.add({invited->task == TaskNumber{}
                           ? std::string("the case")
                           : fmt::format("task {}", workflow::number(invited->task)),
                       invited->officer.text, token});
    }
    if (arguments.json())
        rows.close();
    else
        table.flush();
    return exit_done;
}

int run_rate_keygen(const Arguments& arguments, Streams&) {
    write_rating_secret(arguments.needed("out", "FILE"), fresh_secret());
    return exit_done;
}

}  // namespace

Subcommand rate_command() {
    return {.name = "rate",
            .summary = "Rates a visit, or a case that was received online (好差评).",
            .operands = {case_operand},
            .options = action_options(
                true, {task_option,
                       token_option,
                       {.name = "grade",
                        .value = "GRADE",
                        .meaning = "5 very satisfied, 4 satisfied, 3 fairly satisfied, 2 "
                                   "dissatisfied, 1 very dissatisfied"},
                       comment_option}),
            .formats = {"human", "json"},
            .examples = {"workflow rate social-card-20260302-00001 --task 1 --grade 5 \\\n"
                         "      --token 7K2M-9XQ4-0ABC-DEFG --store hall.db"},
            .note =
                "A rating is given once, also after the case has ended. Grades 1 and 2 open a "
                "follow-up case if the catalog names an item for it.",
            .run = run_rate};
}

Subcommand rate_add_command() {
    return {.name = "rate add",
            .summary = "Adds a comment to a rating, once; the grade does not change.",
            .operands = {case_operand},
            .options = action_options(true, {task_option, token_option, comment_option}),
            .formats = {"human", "json"},
            .examples = {"workflow rate add social-card-20260302-00001 --task 1 \\\n"
                         "      --token 7K2M-9XQ4-0ABC-DEFG --comment 'it came the day after' "
                         "--store hall.db"},
            .run = run_add};
}

Subcommand rate_aside_command() {
    return {.name = "rate aside",
            .summary = "Sets a mistaken or malicious rating aside; for supervisors.",
            .operands = {case_operand},
            .options = action_options(
                false, {task_option, {.name = "reason", .value = "TEXT", .meaning = "why"}}),
            .formats = {"human", "json"},
            .examples = {"workflow rate aside social-card-20260302-00001 --task 1 --as chief \\\n"
                         "      --reason 'another office was meant' --store hall.db"},
            .note =
                "Use it after an appeal and a review. The rating stays in the trail but no longer "
                "counts. Supervisors cannot set ratings of themselves aside.",
            .run = run_aside};
}

Subcommand rate_tokens_command() {
    auto options = store_options();
    options.push_back(rating_secret_option());
    return {.name = "rate tokens",
            .summary = "Prints the rating tokens of a case, to be given to the applicant.",
            .operands = {case_operand},
            .options = std::move(options),
            .formats = {"human", "json"},
            .examples = {"workflow rate tokens social-card-20260302-00001 \\\n"
                         "      --rating-secret rating.secret --store hall.db"},
            .note =
                "Meant for the receipt that the window prints. Anyone who has a token can "
                "rate with it.",
            .run = run_tokens};
}

Subcommand rate_keygen_command() {
    return {.name = "rate keygen",
            .summary = "Creates the secret from which rating tokens are derived.",
            .options = {{.name = "out",
                         .value = "FILE",
                         .meaning = "the file to create; must not exist",
                         .output = true}},
            .examples = {"workflow rate keygen --out rating.secret"},
            .run = run_rate_keygen};
}

}  // namespace workflow::tools
