// `unseal`: an officer requests to see hidden data; a second person decides.

#include "../cli_context.hpp"
#include "commands.hpp"

namespace workflow::tools {

namespace {

/// By --what, or as the second operand.
Sealed sealed_of(const Arguments& arguments) {
    std::string what = arguments.text("what");
    if (arguments.operands().size() > 1) {
        if (!what.empty())
            throw UsageError("the data to unseal are given twice", "leave out --what");
        what = arguments.operands().back();
    }
    if (what != "applicant" && what != "reviewer")
        throw UsageError(
            what.empty() ? "the data to unseal are missing" : "`" + what + "` cannot be unsealed",
            "write --what applicant or --what reviewer");
    return what == "applicant" ? Sealed::applicant : Sealed::reviewer;
}

Action decision_of(const Arguments& arguments) {
    if (arguments.has("grant") && arguments.has("decline"))
        throw UsageError("a request is granted or declined, not both");
    if (arguments.has("ground"))
        throw UsageError("`--ground` belongs to the request", "leave it out of the decision");
    DecideUnsealing decision;
    decision.granted = arguments.has("grant");
    decision.what = sealed_of(arguments);
    decision.reason = arguments.text("reason");
    const auto officer = arguments.text(decision.granted ? "grant" : "decline");
    if (officer != "-") decision.officer = OfficerId(officer);
    return decision;
}

Action request_of(const Arguments& arguments) {
    return UnsealCase{sealed_of(arguments), arguments.text("reason"), arguments.text("ground")};
}

int run_unseal(const Arguments& arguments, Streams& streams) {
    const OfficerId officer = officer_of(arguments);
    const bool decides = arguments.has("grant") || arguments.has("decline");
    auto action = decides ? decision_of(arguments) : request_of(arguments);
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    return carry_out(arguments, streams, *engine, CaseNumber(arguments.operands().front()),
                     std::move(action), Actor::of(officer));
}

}  // namespace

Subcommand unseal_command() {
    return {
        .name = "unseal",
        .summary =
            "Requests to see data hidden from an officer; a supervisor grants or declines "
            "the request.",
        .operands = {{"CASE", "the case's number", false, false},
                     {"WHAT", "applicant, or reviewer; the same as --what", true, false}},
        .options = action_options(
            false,
            {{.name = "what", .value = "WHAT", .meaning = "what to show: applicant, or reviewer"},
             {.name = "ground",
              .value = "GROUND",
              .meaning = "one of the organization's grounds; complaint, audit, court, safety "
                         "unless it names others"},
             {.name = "reason", .value = "TEXT", .meaning = "why"},
             {.name = "grant",
              .value = "OFFICER",
              .meaning = "grant the request of this officer; `-`: the first request, if its "
                         "officer is hidden"},
             {.name = "decline",
              .value = "OFFICER",
              .meaning = "decline the request; `-` as above"}}),
        .formats = {"human", "json"},
        .examples = {"workflow unseal social-card-20260302-00001 --what applicant --as zhao \\\n"
                     "      --ground complaint --reason 'the two records contradict each other' "
                     "--store hall.db",
                     "workflow unseal social-card-20260302-00001 --what applicant --grant - \\\n"
                     "      --as chief --store hall.db"},
        .note =
            "Reviewers do not see the applicant or any personal data until the decision; nobody "
            "else sees the reviewers until the case has ended with a decision. A request alone "
            "shows nothing. It is decided by a supervisor of the hall who is another person, and "
            "neither a party nor a reviewer of the case. Granted data are shown only to the "
            "officer who made the request; `show --reader` and `trail --reader` print what an "
            "officer may see.",
        .run = run_unseal};
}

}  // namespace workflow::tools
