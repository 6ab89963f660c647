#pragma once

/// One row worked on: opened, and carried on as far as the script says.

#include <map>
#include <memory>
#include <string>

#include <workflow/engine.hpp>

#include "script.hpp"

namespace workflow::batch {

/// A row with what can be prepared without the store: its key and the application.
struct PreparedRow {
    Row row;
    std::string key;
    std::optional<OpenCase> application;
    std::optional<Instant> received;
    OfficerId receiver;
    std::optional<Refusal> refusal;  ///< the row cannot become a case
};

struct RowResult {
    enum class Kind : std::uint8_t { done, skipped, rejected } kind = Kind::done;
    std::uint64_t events = 0;
    std::string number, step;  ///< where it was refused
    Refusal refusal;
};

/// Prepares a row. Pure beside the engine's catalog: rows can be prepared by several threads.
PreparedRow prepare(const Script& script, const Catalog& catalog, Row row,
                    const feel::Moment& moment);

/// Works rows through a session of the engine. One thread.
class Worker {
public:
    Worker(const Script& script, const Catalog& catalog) : script_(script), catalog_(catalog) {}
    RowResult work(Engine::Session& session, const PreparedRow& row, const feel::Moment& moment);

private:
    struct Stand;  // how far a row has come

    bool move_on(Engine::Session& session, Stand& stand);
    bool finish_task(Engine::Session& session, Stand& stand, const TaskView& task);
    bool applicant_acts(Engine::Session& session, Stand& stand, const ApplicantRule& rule,
                        bool withdraws);
    bool take(Stand& stand, Expected<Answer> answer);
    void look_at_case(Engine::Session& session, Stand& stand) const;
    const DutyRule* rule_for(const TaskView& task);

    const Script& script_;
    const Catalog& catalog_;
    std::map<std::pair<ItemId, StepId>, const DutyRule*> rules_;
    std::size_t turn_ = 0;
};

}  // namespace workflow::batch
