// Opens a case, lets three officers carry it through, and prints its trail.
//
//     embed DEFINITIONS [STORE]      (without STORE: in memory)

#include <iostream>
#include <workflow/workflow.hpp>

using namespace workflow;

namespace {

/// The answer, or the end of the program with the rule that refused it.
template <class T>
T must(Expected<T> expected) {
    if (expected) return *expected;
    std::cerr << code_of(expected.refusal().code) << ": " << expected.refusal().message << '\n';
    std::exit(4);
}

/// Ends the case's one open task with `outcome`, by whoever the engine drew or may take it.
void finish(Engine& engine, const CaseNumber& number, const char* outcome) {
    engine.transact([&](Engine::Session& session) {
        const TaskView task = session.tasks(number).at(0);
        const OfficerId officer = session.eligible(number, task.task).at(0);
        CompleteTask completion;
        completion.task = task.task;
        completion.outcome = OutcomeId(outcome);
        must(session.perform(number, {completion, Actor::of(officer), {}, {}, {}}));
    });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return std::cerr << "usage: embed DEFINITIONS [STORE]\n", 2;
    const auto loaded = Catalog::load({std::filesystem::path(argv[1])});
    for (const auto& finding : loaded.diagnostics)
        std::cerr << finding.span.file << ':' << finding.span.line << ": " << finding.message
                  << '\n';
    if (!loaded.catalog) return 1;

    Engine engine(*loaded.catalog, open_store(argc > 2 ? argv[2] : ":memory:", {.create = true}));

    OpenCase application;
    application.item = ItemId("social-card.replace-lost");
    application.applicant = {PersonId("420600199001011234"), "陈晨", "person"};
    application.channel = "web";
    application.fields = {{FieldId("id_number"), Value("420600199001011234")},
                          {FieldId("loss_reported"), Value(true)}};
    application.materials = {{MaterialId("photo"), MaterialForm::provided}};
    const auto opened = must(engine.open(application, Actor::the_applicant()));

    finish(engine, opened.number, "accept");
    finish(engine, opened.number, "approve");
    finish(engine, opened.number, "deliver");

    const auto trail = engine.reader().trail(opened.number);
    for (const auto& event : *trail) {
        const auto& who = event.actor;
        std::cout << to_string(event.recorded, UtcOffset{480}) << "  " << kind_of(event.what)
                  << "  "
                  << (who.kind == Actor::Kind::officer     ? who.officer.text
                      : who.kind == Actor::Kind::applicant ? "applicant"
                                                           : "engine")
                  << '\n';
    }
}
