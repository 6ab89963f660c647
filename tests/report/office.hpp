#pragma once

/// An office that keeps its cases in a file, so that its trail can be exported.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <workflow/engine.hpp>
#include <workflow/event_log.hpp>

#include "base/render.hpp"
#include "support/make_store.hpp"
#include "support/standard_item.hpp"
#include "support/temporary_folder.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing {

/// The standard item with a field that is not personal, and `id_number` personal or not.
inline std::vector<Catalog::Text> office_texts(bool personal = true) {
    auto texts = standard_texts();
    for (auto& text : texts) {
        const std::string given = "loss_reported: {type: boolean, default: false}";
        if (const auto at = text.content.find(given); at != std::string::npos)
            text.content.insert(at, "备注: {type: string}\n  copies: {type: number}\n  ");
        const std::string mark = ", personal: true";
        if (const auto at = text.content.find(mark); at != std::string::npos && !personal)
            text.content.erase(at, mark.size());
    }
    return texts;
}

inline Catalog catalog_of(const std::vector<Catalog::Text>& texts) {
    auto loaded = Catalog::load(texts);
    for (const auto& finding : loaded.diagnostics) UNSCOPED_INFO(render(finding));
    REQUIRE(loaded.catalog);
    return *loaded.catalog;
}

class Office {
public:
    explicit Office(const std::vector<Catalog::Text>& texts = office_texts())
        : catalog(catalog_of(texts)) {
        Engine::Options options;
        options.clock = [this] { return now; };
        engine = std::make_unique<Engine>(catalog, make_store(path("hall.db")), options);
    }

    [[nodiscard]] std::string path(const char* name) const { return (folder / name).string(); }

    CaseNumber open(const std::string& person = "1001", FieldValues more = {}) {
        auto application = standard_application(person);
        application.hall = HallId("north");
        for (auto& field : more) application.fields.push_back(std::move(field));
        return engine->open(application, Actor::of(OfficerId("lin"))).value().number;
    }
    /// Ends the case's open task; whoever holds it, or lin.
    void complete(const CaseNumber& number, const char* outcome, const std::string& reason = {}) {
        now.microseconds += 3'600'000'000;
        const auto detail = engine->reader().show(number);
        REQUIRE(detail);
        REQUIRE(detail->tasks.size() == 1);
        const auto& task = detail->tasks.front();
        const auto officer = !task.holder.empty()        ? task.holder
                             : task.step.text == "issue" ? OfficerId("wang")
                                                         : OfficerId("sun");
        CompleteTask completion;
        completion.task = task.task;
        completion.outcome = OutcomeId(outcome);
        completion.reason = reason;
        const auto answer = engine->complete(number, completion, officer);
        if (!answer) UNSCOPED_INFO(answer.refusal().message);
        REQUIRE(answer);
    }
    /// From the window to the applicant.
    CaseNumber grant(const std::string& person = "1001", FieldValues more = {}) {
        const auto number = open(person, std::move(more));
        complete(number, "accept");
        complete(number, "approve");
        complete(number, "deliver");
        return number;
    }

    using Write = EventLogReport (*)(const Catalog&, Store&, std::ostream&, const EventLogOptions&);
    std::string log(Write write, const EventLogOptions& options = {}) {
        const auto store = make_store(path("hall.db"));
        std::ostringstream out;
        report = write(catalog, *store, out, options);
        return out.str();
    }
    /// The log in a file of that name.
    std::string file(const char* name, Write write, const EventLogOptions& options = {}) {
        std::ofstream(path(name), std::ios::binary) << log(write, options);
        return path(name);
    }

    TemporaryFolder folder;
    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", UtcOffset{});
    Catalog catalog;
    std::unique_ptr<Engine> engine;
    EventLogReport report;
};

/// Where logs and schemas of others are; they are not part of this project.
inline std::filesystem::path event_logs() {
    const char* given = std::getenv("WORKFLOW_SUITES");
    const auto suites = given ? std::filesystem::path(given)
                              : std::filesystem::path(WORKFLOW_SOURCE_DIR) / "../shared/suites";
    return suites / "event-logs";
}

inline bool has_program(const std::string& name) {
    return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace workflow::testing
