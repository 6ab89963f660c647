#include <workflow/engine.hpp>
#include <workflow/signing.hpp>

#include "../engine/command_texts.hpp"
#include "../engine/material_needs.hpp"
#include "../store/memory_store.hpp"
#include "../store/sqlite_store.hpp"
#include "advance.hpp"
#include "engine_state.hpp"
#include "verify_trail.hpp"

namespace workflow {

Engine::Engine(Catalog catalog, std::unique_ptr<Store> store)
    : Engine(std::move(catalog), std::move(store), Options()) {}

Engine::Engine(Catalog catalog, std::unique_ptr<Store> store, Options options)
    : state_(std::make_unique<State>(std::move(catalog), std::move(store), std::move(options))) {}

Engine::~Engine() = default;

Catalog Engine::catalog() const {
    return state_->place.current();
}

Expected<Answer> Engine::publish(const ItemId& item, const Actor& actor, const std::string& reason,
                                 const CommandKey& key) {
    std::optional<Expected<Answer>> answer;
    state_->commits.perform(
        [&](shell::Transaction& unit) { answer = unit.publish(item, actor, reason, key); });
    return std::move(*answer);
}

Events Engine::journal() {
    Events events;
    state_->commits.alone([&] {
        if (auto journal = shell::read_journal(*state_->place.store))
            events = std::move(journal->events);
    });
    return events;
}

namespace {

/// The engine acts for itself: from outside only what time brings about is asked in its name.
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
    if (const auto process = known.process(*desk); process->field(FieldId("request")))
        application.fields = {{FieldId("request"), Value(request)}};
    return open(application, actor, key);
}

Expected<TaskView> Engine::next(const OfficerId& officer, const CommandKey& key) {
    std::optional<Expected<TaskView>> view;
    state_->commits.perform([&](shell::Transaction& unit) { view = unit.next(officer, key); });
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
    // Refused in its turn, so that answers keep their order: as an actor that may do nothing.
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

std::vector<CaseView> Engine::cases(const CaseFilter& filter) {
    std::vector<CaseView> views;
    state_->commits.alone([&] {
        for (const auto& row : state_->place.store->cases(filter))
            views.push_back(shell::view_of(row));
    });
    return views;
}

std::vector<TaskView> Engine::tasks(const TaskFilter& filter) {
    std::vector<TaskView> views;
    state_->commits.alone([&] {
        auto& store = *state_->place.store;
        for (const auto& row : store.tasks(filter)) {
            const auto owner = store.find(row.case_key);
            if (owner) views.push_back(shell::view_of(row, owner->number));
        }
    });
    return views;
}

Expected<std::string> Engine::text_to_sign(const CaseNumber& number, const Command& given) {
    auto command = given;
    if (auto refusal = engine::normalize(command)) return std::move(*refusal);
    if (const auto* application = std::get_if<OpenCase>(&command.action)) {
        const auto process = catalog().process(application->item);
        if (process) return workflow::text_to_sign(command, {}, process->digest);
        return Refusal{
            RefusalCode::unknown_item, "the catalog has no item " + application->item.text, {}};
    }
    std::optional<CaseRow> row;
    state_->commits.alone([&] { row = state_->place.store->find(number); });
    if (row) return workflow::text_to_sign(command, number, row->definition);
    return Refusal{RefusalCode::unknown_case, "there is no case " + number.text, {}};
}

std::optional<CaseDetail> Engine::show(const CaseNumber& number) {
    std::optional<CaseDetail> detail;
    state_->commits.alone([&] {
        shell::Transaction unit(state_->place);
        unit.begin();
        detail = unit.show(number);
        unit.commit();
    });
    return detail;
}

std::optional<Events> Engine::trail(const CaseNumber& number) {
    std::optional<Events> events;
    state_->commits.alone([&] {
        // Another program may have erased somebody.
        shell::Transaction unit(state_->place);
        unit.begin();
        if (const auto row = state_->place.store->find(number))
            events = state_->place.events_of(number, row->key);
        unit.commit();
    });
    return events;
}

TrailReport Engine::verify(const std::function<void(std::uint64_t)>& progress) {
    TrailReport report;
    state_->commits.alone([&] { report = shell::verify_trail(state_->place, progress); });
    return report;
}

std::vector<std::uint64_t> Engine::flows(const ItemId& item) {
    std::vector<std::uint64_t> times;
    state_->commits.alone([&] { times = shell::count_flows(state_->place, item); });
    return times;
}

Expected<Answer> Engine::Session::open(const OpenCase& application, const Actor& actor,
                                       const CommandKey& key, std::optional<Instant> happened) {
    return perform({}, {application, actor, key, {}, happened});
}
Expected<Answer> Engine::Session::perform(const CaseNumber& number, const Command& command) {
    if (auto refusal = refuse_pretending(command)) return std::move(*refusal);
    return unit_->perform(number, command);
}
std::optional<CaseView> Engine::Session::opened_by(const CommandKey& key) {
    if (auto known = unit_->opened_by(key)) return known;
    auto normal = key;
    if (engine::normalize(normal) || normal == key) return {};
    return unit_->opened_by(normal);
}
std::vector<TaskView> Engine::Session::tasks(const CaseNumber& number) {
    return unit_->tasks(number);
}
std::optional<CaseDetail> Engine::Session::show(const CaseNumber& number) {
    return unit_->show(number);
}
std::vector<OfficerId> Engine::Session::eligible(const CaseNumber& number, TaskNumber task,
                                                 std::optional<Instant> happened) {
    return unit_->eligible(number, task, happened);
}
const shell::LiveCase* Engine::Session::look(const CaseNumber& number) {
    return unit_->look(number);
}

std::unique_ptr<Store> open_store(const std::string& address, const StoreOptions& options) {
    if (address == ":memory:") return open_memory_store(options.made_by.value_or(Hashing::sha256));
    if (options.read_only) return read_sqlite_store(address, options.wait, options.made_by);
    return open_sqlite_store(address, nullptr, 2000, options.made_by, options.wait);
}

bool is_owed(std::string_view state) {
    return engine::is_owed(state);
}

std::unique_ptr<Store> open_store(const std::string& address, std::optional<Hashing> made_by) {
    return open_store(address, StoreOptions{.made_by = made_by});
}

}  // namespace workflow
