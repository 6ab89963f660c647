#include <workflow/engine.hpp>
#include <workflow/signing.hpp>

#include <filesystem>
#include <system_error>

#include "../engine/command_texts.hpp"
#include "../engine/material_needs.hpp"
#include "../store/memory_store.hpp"
#include "../store/sqlite_store.hpp"
#include "advance.hpp"
#include "case_reading.hpp"
#include "catalog_access.hpp"
#include "engine_state.hpp"
#include "executor.hpp"
#include "session_access.hpp"
#include "work_list.hpp"

namespace workflow::inline v0 {

Engine::Engine(Catalog catalog, std::unique_ptr<Store> store)
    : Engine(std::move(catalog), std::move(store), Options()) {}

Engine::Engine(Catalog catalog, std::unique_ptr<Store> store, Options options)
    : state_(std::make_unique<shell::EngineState>(std::move(catalog), std::move(store),
                                                  std::move(options))) {}

Engine::~Engine() = default;

Catalog Engine::catalog() const {
    return state_->place.current();
}

namespace {

/// Refuses the engine as actor: from outside, only what is due by the clock may be requested in its
/// name.
std::optional<Refusal> refuse_pretending(const Command& command) {
    if (command.actor.kind != Actor::Kind::engine ||
        std::holds_alternative<AdvanceCase>(command.action))
        return {};
    return Refusal{RefusalCode::not_entitled,
                   "only the engine itself acts as the engine; a program acts as Actor::system",
                   {}};
}

}  // namespace

Expected<Answer> Engine::perform(const CaseNumber& number, const Command& command) {
    if (auto refusal = refuse_pretending(command)) return std::move(*refusal);
    return state_->commits.perform(number, command);
}

Expected<Answer> Engine::open(const OpenCase& application, const Actor& actor,
                              const CommandKey& key) {
    return perform({}, {application, actor, key, {}, {}});
}

Expected<Answer> Engine::demand(const std::string& request, const Applicant& applicant,
                                const std::string& channel, const HallId& hall, const Actor& actor,
                                const CommandKey& key) {
    const auto known = catalog();
    const auto& desk = known.demand_desk();
    if (!desk) return Refusal{RefusalCode::unknown_item, "the catalog names no demand desk", {}};
    OpenCase application;
    application.item = *desk;
    application.applicant = applicant;
    application.channel = channel;
    application.hall = hall;
    if (const auto process = compiled(known).process(*desk); process->field(FieldId("request")))
        application.fields = {{FieldId("request"), Value(request)}};
    return open(application, actor, key);
}

Expected<TaskView> Engine::next(const OfficerId& officer, const CommandKey& key) {
    std::optional<Expected<TaskView>> view;
    state_->commits.perform(
        [&](shell::Transaction& unit) { view = shell::next_task(unit, officer, key); });
    return std::move(*view);
}

Expected<Answer> Engine::claim(const CaseNumber& number, TaskNumber task, const OfficerId& officer,
                               const CommandKey& key) {
    return perform(number, {ClaimTask{task}, Actor::of(officer), key, {}, {}});
}

Expected<Answer> Engine::complete(const CaseNumber& number, const CompleteTask& completion,
                                  const OfficerId& officer, const CommandKey& key) {
    return perform(number, {completion, Actor::of(officer), key, {}, {}});
}

Expected<Answer> Engine::supply(const CaseNumber& number, const SupplyMaterials& supplies,
                                const CommandKey& key) {
    return perform(number, {supplies, Actor::the_applicant(), key, {}, {}});
}

Expected<Answer> Engine::withdraw(const CaseNumber& number, const std::string& reason,
                                  const CommandKey& key) {
    return perform(number, {WithdrawCase{reason}, Actor::the_applicant(), key, {}, {}});
}

void Engine::submit(CaseNumber number, Command command,
                    std::function<void(Expected<Answer>, std::exception_ptr)> answered) {
    // Refused in its turn, so that answers keep their order: with an actor that may do nothing.
    if (refuse_pretending(command)) command.actor = Actor::system({});
    state_->commits.submit(std::move(number), std::move(command), std::move(answered));
}

void Engine::drain() {
    state_->commits.drain();
}

void Engine::transact(const std::function<void(Session&)>& work) {
    state_->commits.alone([&] {
        shell::Transaction unit(state_->place);
        unit.begin();
        Session session(unit);
        work(session);
        unit.commit();
    });
}

AdvanceReport Engine::advance(const std::function<bool()>& stop) {
    return shell::advance(state_->place, state_->commits, stop);
}

AdvanceReport Engine::recount(const std::function<bool()>& stop) {
    return shell::recount(state_->place, state_->commits, stop);
}

Expected<std::string> Engine::text_to_sign(const CaseNumber& number, const Command& given) {
    auto command = given;
    if (auto refusal = engine::normalize(command)) return std::move(*refusal);
    if (const auto* application = std::get_if<OpenCase>(&command.action)) {
        const auto process = compiled(catalog()).process(application->item);
        if (process) return workflow::text_to_sign(command, {}, process->digest);
        return Refusal{
            RefusalCode::unknown_item, "the catalog has no item " + application->item.text, {}};
    }
    std::optional<CaseRow> row;
    state_->commits.alone([&] { row = state_->place.store->find(number); });
    if (row) return workflow::text_to_sign(command, number, row->definition);
    return Refusal{RefusalCode::unknown_case, "there is no case " + number.text, {}};
}

Expected<Answer> Engine::Session::open(const OpenCase& application, const Actor& actor,
                                       const CommandKey& key, std::optional<Instant> happened) {
    return perform({}, {application, actor, key, {}, happened});
}
Expected<Answer> Engine::Session::perform(const CaseNumber& number, const Command& command) {
    if (auto refusal = refuse_pretending(command)) return std::move(*refusal);
    return shell::Executor(*unit_).perform(number, command);
}
std::optional<CaseView> Engine::Session::opened_by(const CommandKey& key) {
    if (auto known = shell::case_opened_by(*unit_, key)) return known;
    auto normal = key;
    if (engine::normalize(normal) || normal == key) return {};
    return shell::case_opened_by(*unit_, normal);
}
std::vector<TaskView> Engine::Session::tasks(const CaseNumber& number) {
    return shell::open_tasks(*unit_, number);
}
std::optional<CaseDetail> Engine::Session::show(const CaseNumber& number) {
    return shell::detail_of(*unit_, number);
}
std::vector<OfficerId> Engine::Session::eligible(const CaseNumber& number, TaskNumber task,
                                                 std::optional<Instant> happened) {
    return shell::eligible_officers(*unit_, number, task, happened);
}
std::unique_ptr<Store> open_store(const std::string& address, const StoreOptions& options) {
    if (address == ":memory:") return open_memory_store(options.made_by.value_or(Hashing::sha256));
    if (options.read_only) return read_sqlite_store(address, options.wait, options.made_by);
    std::error_code unknown;  // what cannot be checked cannot be opened either, which reports why
    if (!options.create && !std::filesystem::exists(address, unknown) && !unknown)
        throw StoreError("there is no store at " + address +
                         "; StoreOptions{.create = true} makes one");
    return open_sqlite_store(address, nullptr, 2000, options.made_by, options.wait);
}

bool is_owed(std::string_view state) {
    return engine::is_owed(state);
}

}  // namespace workflow::inline v0

namespace workflow::shell {

const LiveCase* SessionAccess::look(Engine::Session& session, const CaseNumber& number) {
    return session.unit_->live(number);
}

}  // namespace workflow::shell
