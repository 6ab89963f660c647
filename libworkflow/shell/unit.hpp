#pragma once

/// One unit of work: for each command, gather the facts, decide, apply, project, encode, append,
/// answer. Everything the engine does to a case goes through `perform`.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <workflow/engine.hpp>

#include "../base/digest.hpp"
#include "case_cache.hpp"
#include "numbering.hpp"

namespace workflow::shell {

/// A case whose trail cannot be replayed: nothing was written, other cases are not concerned.
class BrokenCase : public StoreError {
public:
    using StoreError::StoreError;
};

/// What outlives a unit of work. One thread at a time.
struct Workplace {
    Workplace(Catalog c, std::unique_ptr<Store> s, Engine::Options o)
        : catalog(std::move(c)),
          store(std::move(s)),
          options(std::move(o)),
          cache(options.cached_cases) {}

    Catalog catalog;
    std::unique_ptr<Store> store;
    Engine::Options options;
    CaseCache cache;
    Numbering numbering;
    Hasher hasher;
    std::set<std::string> published;  ///< digests known to be in the store
    std::map<std::string, std::shared_ptr<const process::Process>> restored;  ///< by digest

    /// The process a case runs on: the catalog's, or the published revision. Throws BrokenCase when
    /// the store does not have it.
    std::shared_ptr<const process::Process> process_of(const ItemId& item, const Digest& digest);
    /// The case as the store has it; nullptr when there is none.
    LiveCase* live(const CaseNumber& number);
    /// Replays a case; throws BrokenCase when its trail cannot be replayed.
    LiveCase load(const CaseRow& row);
    void forget_everything();
};

/// Begins on construction; rolls back on destruction unless committed.
class Unit {
public:
    explicit Unit(Workplace& place);
    ~Unit();
    Unit(const Unit&) = delete;
    Unit& operator=(const Unit&) = delete;

    Expected<Answer> perform(const CaseNumber& number, const Command& command);
    Expected<Answer> open(const OpenCase& application, Command command);
    Expected<TaskView> next(const OfficerId& officer, const CommandKey& key);
    std::optional<CaseView> opened_by(const CommandKey& key);
    std::vector<TaskView> tasks(const CaseNumber& number);
    std::optional<CaseDetail> show(const CaseNumber& number);
    std::vector<OfficerId> eligible(const CaseNumber& number, TaskNumber task,
                                    std::optional<Instant> happened);
    const LiveCase* look(const CaseNumber& number) { return place_.live(number); }
    void commit();

private:
    Expected<Answer> carry_out(LiveCase& live, const Command& command, bool opening);
    Answer repeated(const LiveCase& live, std::uint32_t before, std::uint32_t after);
    void publish(const process::Process& process);

    Workplace& place_;
    bool open_ = true;
};

TaskView view_of(const TaskRow& row, const CaseNumber& number);
CaseView view_of(const CaseRow& row);

}  // namespace workflow::shell
