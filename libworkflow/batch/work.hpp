#pragma once

/// Processes one row: opens its case and continues it as far as the script allows.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <workflow/engine.hpp>

#include "../engine/case_state.hpp"
#include "../process/net.hpp"
#include "../shell/catalog_access.hpp"
#include "convert.hpp"
#include "script.hpp"

namespace workflow::batch {

/// Why a row cannot be processed: the name of a rule, or one from docs/batch.md, and a sentence.
struct Rejection {
    std::string rule, reason;
};

/// A row with everything that can be prepared without the store: its key and the application.
struct PreparedRow {
    std::uint64_t index = 0;              ///< of the row in its input, from 0
    std::uint64_t line = 0;               ///< its first line
    std::vector<Value> slots;             ///< the columns, then the extras
    std::vector<Value> written;           ///< the script's typed columns as written
    std::vector<std::string> unreadable;  ///< the fields of a row that could not be read
    std::string key;
    std::optional<OpenCase> application;
    std::optional<Instant> received;
    OfficerId receiver;
    bool left_out = false;  ///< by `only`
    std::optional<Rejection> rejection;
};

struct RowResult {
    enum class Kind : std::uint8_t { done, skipped, rejected } kind = Kind::done;
    std::uint64_t events = 0;
    std::string number, step;  ///< the case, and where it was refused
    std::string status;        ///< of the case, when something was done
    Rejection rejection;
};

/// The shared context of preparing and processing rows. Used by several threads.
struct Workshop {
    const Script& script;
    Catalog catalog;
    OfficerNames officers;
    feel::Moment moment;
    LocalClock clock;       ///< for times without an offset in the script and its rows
    OfficerId operated_by;  ///< as in BatchOptions
    std::string run;        ///< prefix of the keys of rows
};

/// Prepares a row. Pure except for the engine's catalog: several threads may prepare rows.
PreparedRow prepare(const Workshop& shop, Row row, std::uint64_t index);
/// Processes rows through sessions of one engine. Single-threaded.
class Worker {
public:
    explicit Worker(const Workshop& shop)
        : shop_(shop), script_(shop.script), moment_(shop.moment) {}
    /// Leaves the row's columns unchanged.
    RowResult work(Engine::Session& session, PreparedRow& row);

private:
    struct Stand;  // the progress of a row
    struct Act;    // what is to be done with a task

    bool find_case(Engine::Session& session, Stand& stand);
    bool open(Engine::Session& session, Stand& stand);
    bool move_on(Engine::Session& session, Stand& stand);
    void look_at_task(Stand& stand, const process::Process& process, const engine::Case& state,
                      const engine::Task& task);
    std::optional<Act> next_act(Stand& stand, const process::Process& process,
                                const engine::Case& state);
    bool finish_task(Engine::Session& session, Stand& stand, const Act& act);
    bool withdraw(Engine::Session& session, Stand& stand);
    bool supply(Engine::Session& session, Stand& stand, const process::Process& process);
    bool time_passes(Engine::Session& session, Stand& stand, Instant until);
    bool perform(Engine::Session& session, Stand& stand, Command command);
    [[nodiscard]] BatchOrigin origin_of(const PreparedRow& row) const {
        return {shop_.operated_by, script_.digest, row.key, {}};
    }
    [[nodiscard]] CommandKey key_of(const PreparedRow& row) const;
    void look_at_case(Stand& stand, const process::Process& process,
                      const engine::Case& state) const;
    const DutyRule* rule_for(const std::shared_ptr<const process::Process>& process,
                             process::PlaceIndex place);
    [[nodiscard]] const LocalClock& clock_of(const engine::Case& state) const {
        return compiled(shop_.catalog).organization().clock_of(state.hall);
    }
    const Workshop& shop_;
    const Script& script_;
    const feel::Moment& moment_;
    struct Rules {
        std::shared_ptr<const process::Process> process;  // kept: its address is the key
        std::vector<const DutyRule*> by_place;
    };
    std::map<const process::Process*, Rules> rules_;
    bool resuming_ = true;  // the last row's case already existed
};

}  // namespace workflow::batch
