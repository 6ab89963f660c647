#include "reading_purpose.hpp"

#include <ostream>

#include "cli_context.hpp"
#include "engine/visibility.hpp"
#include "reader.hpp"
#include "shell/catalog_access.hpp"
#include "shell/session_access.hpp"

namespace workflow::tools {

std::vector<Option> reading_options() {
    return {reader_option(),
            {.name = "purpose",
             .value = "WORD",
             .meaning = "the purpose of reading personal data; recorded in the trail"},
            {.name = "sign-with",
             .value = "FILE",
             .meaning = "with --purpose: the reader's private key (PEM); signs the reading"}};
}

void check_reading(const Arguments& arguments) {
    const auto reader = reader_of(arguments);
    if (arguments.has("purpose") && (!reader || reader->applicant))
        throw UsageError("`--purpose` is the purpose of an officer's reading",
                         "give --reader OFFICER");
    if (arguments.has("sign-with") && !arguments.has("purpose"))
        throw UsageError("`--sign-with` signs a reading", "give --purpose WORD");
}

StoreNeed need_of_reading(const Arguments& arguments) {
    return arguments.has("purpose") ? StoreNeed::there_already : StoreNeed::reading;
}

std::optional<Refusal> begin_reading(const Arguments& arguments, Streams& streams, Engine& engine,
                                     const CaseNumber& number) {
    if (!arguments.has("purpose")) return {};
    Command command;
    command.action = ReadCase{arguments.text("purpose")};
    command.actor = Actor::of(OfficerId(reader_of(arguments)->id));
    if (arguments.has("sign-with")) sign_command(arguments, streams, engine, number, command);
    const auto answer = engine.perform(number, command);
    if (!answer) return answer.refusal();
    return {};
}

bool is_withheld(const Value& value) {
    const auto* text = value.as<std::string>();
    return text != nullptr && *text == engine::withheld;
}

void tell_withheld(const Arguments& arguments, Streams& streams, Engine& engine,
                   const CaseNumber& number) {
    const auto reader = reader_of(arguments);
    if (!reader || reader->applicant || arguments.has("purpose") || arguments.json() ||
        arguments.quiet())
        return;
    const auto catalog = engine.catalog();
    const auto& organization = compiled(catalog).organization();
    const auto* officer = organization.officer(OfficerId(reader->id));
    bool withheld = false;
    engine.transact([&](Engine::Session& session) {
        const auto* live = shell::SessionAccess::look(session, number);
        if (!live || !officer) return;
        const auto today = organization.clock_of(live->state.hall).day_of(streams.clock());
        const auto visibility = workflow::engine::visibility_of(*live->process, organization,
                                                                live->state, *officer, today);
        withheld = visibility && !visibility->personal;
    });
    if (!withheld) return;
    std::string purposes;
    for (const auto& purpose : organization.reading->purposes)
        purposes += (purposes.empty() ? "" : "|") + purpose.id;
    streams.err << "personal data are withheld: give the purpose of reading with --purpose "
                << purposes << '\n';
}

}  // namespace workflow::tools
