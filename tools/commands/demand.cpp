// `demand TEXT`: takes up whatever fits no item (零拒绝).

#include "../cli_context.hpp"
#include "commands.hpp"

namespace workflow::tools {

namespace {

int run_demand(const Arguments& arguments, Streams& streams) {
    const auto engine = open_engine(arguments, streams, StoreNeed::made_when_missing);
    Applicant applicant;
    applicant.person = PersonId(arguments.text("applicant"));
    applicant.name = arguments.text("name");
    if (arguments.has("kind")) applicant.kind = arguments.text("kind");
    const auto actor =
        arguments.has("as") ? Actor::of(officer_of(arguments)) : Actor::the_applicant();
    const auto channel = arguments.has("channel") ? arguments.text("channel")
                         : arguments.has("as")    ? std::string("window")
                                                  : std::string("web");
    return report(
        arguments, streams, *engine,
        engine->demand(arguments.operands().front(), applicant, channel,
                       hall_of(arguments, *engine), actor, CommandKey(arguments.text("key"))));
}

}  // namespace

Subcommand demand_command() {
    auto options = applicant_options();
    options.insert(options.begin(),
                   {.name = "as",
                    .value = "OFFICER",
                    .meaning = "the officer who enters it; without it, the applicant acts"});
    options.push_back({.name = "key",
                       .value = "KEY",
                       .meaning = "a name for this request; a repeated request gets the same "
                                  "answer"});
    for (Option& option : making_store_options()) options.push_back(std::move(option));
    options.push_back(language_option());
    return {.name = "demand",
            .summary =
                "Opens a case for a request that fits no item, so that every request gets "
                "a reply.",
            .operands = {{"TEXT", "the request in words", false, false}},
            .options = std::move(options),
            .formats = {"human", "json"},
            .examples = {"workflow demand 'my file of 1983 cannot be found' --as lin \\\n"
                         "      --applicant 330102 --store hall.db"},
            .note =
                "Opens a case of the item that the catalog names as its demand desk. Every path "
                "through that item is proven to end with an answer.",
            .run = run_demand};
}

}  // namespace workflow::tools
