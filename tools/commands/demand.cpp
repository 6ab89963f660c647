// `demand TEXT`: takes up whatever fits no item (零拒绝).

#include "../desk.hpp"
#include "commands.hpp"
#include "definition/organization.hpp"

namespace workflow::tools {

namespace {

int run(const Arguments& arguments, Streams& streams) {
    const auto engine = open_engine(arguments, streams, StoreNeed::made_when_missing);
    Applicant applicant;
    applicant.person = PersonId(arguments.text("applicant"));
    applicant.name = arguments.text("name");
    if (arguments.has("kind")) applicant.kind = arguments.text("kind");
    const auto actor =
        arguments.has("as") ? Actor::of(officer_of(arguments)) : Actor::the_applicant();
    HallId hall(arguments.text("hall"));
    if (hall.empty() && arguments.has("as"))
        if (const auto* officer = engine->catalog().organization().officer(officer_of(arguments)))
            hall = officer->hall;
    const auto channel = arguments.has("channel") ? arguments.text("channel")
                         : arguments.has("as")    ? std::string("window")
                                                  : std::string("web");
    return report(arguments, streams, *engine,
                  engine->demand(arguments.operands().front(), applicant, channel, hall, actor,
                                 CommandKey(arguments.text("key"))));
}

}  // namespace

Subcommand demand_command() {
    std::vector<Option> options{
        {.name = "as",
         .value = "OFFICER",
         .meaning = "the officer who takes it up; without one, the applicant"},
        {.name = "applicant", .value = "PERSON", .meaning = "whose demand it is"},
        {.name = "name", .value = "NAME", .meaning = "the applicant's name"},
        {.name = "kind",
         .value = "KIND",
         .meaning = "of applicant",
         .choices = {"person", "enterprise"}},
        {.name = "channel",
         .value = "CHANNEL",
         .meaning = "how it came: window (with --as), web (without), mobile, ..."},
        {.name = "hall", .value = "HALL", .meaning = "where; else the officer's hall"},
        {.name = "key",
         .value = "KEY",
         .meaning = "a name for this request: repeated, it answers as before"}};
    for (Option& option : acting_store_options()) options.push_back(std::move(option));
    options.push_back(language_option());
    return {.name = "demand",
            .summary = "Takes up whatever fits no item: nobody is turned away without a reply.",
            .operands = {{"TEXT", "what is asked for", false, false}},
            .options = std::move(options),
            .formats = {"human", "json"},
            .examples = {"workflow demand 'my file of 1983 cannot be found' --as lin \\\n"
                         "      --applicant 330102 --store hall.db"},
            .note =
                "Opens a case of the item that the catalog names as its demand desk, which is "
                "proven to end with an answer whatever happens.",
            .run = run};
}

}  // namespace workflow::tools
