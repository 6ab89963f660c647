// `unseal`: an officer asks to see what is kept from him.

#include "../desk.hpp"
#include "commands.hpp"

namespace workflow::tools {

namespace {

int run_unseal(const Arguments& arguments, Streams& streams) {
    const OfficerId officer = officer_of(arguments);
    UnsealCase act;
    const std::string what = arguments.operands().back();
    if (what != "applicant" && what != "reviewer")
        throw UsageError("`" + what + "` is not sealed", "write applicant or reviewer");
    act.what = what == "applicant" ? Sealed::applicant : Sealed::reviewer;
    act.reason = arguments.text("reason");
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    return carry_out(arguments, streams, *engine, CaseNumber(arguments.operands().front()),
                     std::move(act), Actor::of(officer));
}

}  // namespace

Subcommand unseal_command() {
    return {
        .name = "unseal",
        .summary = "Shows an officer what is kept from him, for a reason that is recorded.",
        .operands = {{"CASE", "the case's number", false, false},
                     {"WHAT", "applicant, or reviewer", false, false}},
        .options = action_options(false, {{.name = "reason", .value = "TEXT", .meaning = "why"}}),
        .formats = {"human", "json"},
        .examples = {"workflow unseal social-card-20260302-00001 applicant --as zhao \\\n"
                     "      --reason 'the two records contradict each other' --store hall.db"},
        .note =
            "Who reviews is not shown who applies, nor anything personal, until the "
            "decision; nobody else is shown who reviews, until the case has ended. It is "
            "opened for the one officer who asks; `show --reader` and `trail --reader` "
            "show what he may see.",
        .run = run_unseal};
}

}  // namespace workflow::tools
