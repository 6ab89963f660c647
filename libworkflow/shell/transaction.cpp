#include "transaction.hpp"

#include <algorithm>
#include <stdexcept>

namespace workflow::shell {

Transaction::Transaction(EngineContext& context, std::function<void()> before_store)
    : context_(context), before_store_(std::move(before_store)) {}

Transaction::~Transaction() {
    if (state_ == State::deciding_in_memory || state_ == State::in_store) roll_back();
}

void Transaction::begin() {
    if (state_ == State::in_store) return;
    if (state_ != State::deciding_in_memory)
        throw std::logic_error("this transaction has ended: begin another one");
    if (before_store_) before_store_();
    const bool others_wrote = context_.store->begin();
    state_ = State::in_store;
    const bool known_key = knows_a_new_key();
    const bool known_matter = knows_a_new_matter();
    const bool outdated = context_.outdated.exchange(false) || others_wrote;
    if (outdated) {
        context_.forget_everything();
    } else if (known_key || known_matter) {
        for (const auto& change : unwritten_) context_.cache.drop(change.row.number);
        context_.numbering.forget();
    } else {
        return;
    }
    forget_unwritten();
    if (used_memory_) throw Outdated();
}

void Transaction::commit() {
    begin();
    try {
        write();
        context_.store->commit();
    } catch (...) {
        roll_back();
        throw;
    }
    state_ = State::committed;
}

void Transaction::roll_back() noexcept {
    const bool began = state_ == State::in_store;
    if (began) context_.store->rollback();
    if (began || used_memory_) context_.outdated = true;
    state_ = State::rolled_back;
}

Store& Transaction::store() {
    begin();
    write();
    return *context_.store;
}

void Transaction::add(Change change) {
    used_memory_ = true;
    if (in_store())
        store().append(change);
    else
        unwritten_.push_back(std::move(change));
}

void Transaction::write() {
    for (const auto& change : unwritten_) context_.store->append(change);
    forget_unwritten();
}

void Transaction::forget_unwritten() {
    unwritten_.clear();
    new_keys_.clear();
    new_matters_.clear();
}

LiveCase* Transaction::live(const CaseNumber& number) {
    used_memory_ = true;
    if (auto* known = context_.cache.find(number)) return known;
    (void)store();
    return context_.live(number);
}

bool Transaction::must_look_up(const CommandKey& key) {
    return in_store() || !new_keys_.insert(key.text).second;
}

bool Transaction::knows_a_new_key() {
    return std::any_of(new_keys_.begin(), new_keys_.end(), [&](const auto& key) {
        return context_.store->request(CommandKey(key)).has_value();
    });
}

bool Transaction::knows_a_new_matter() {
    const bool known = std::any_of(
        new_matters_.begin(), new_matters_.end(),
        [&](const Digest& matter) { return context_.store->matter(matter).has_value(); });
    // If matters return often, looking up first is cheaper than deciding twice.
    constexpr int units_that_look = 64;
    if (known)
        context_.look_for_matters = units_that_look;
    else if (context_.look_for_matters > 0)
        --context_.look_for_matters;
    return known;
}

std::optional<MatterRow> Transaction::matter_of(const Digest& matter) {
    const bool asked =
        std::find(new_matters_.begin(), new_matters_.end(), matter) != new_matters_.end();
    if (in_store() || asked || context_.look_for_matters > 0) return store().matter(matter);
    new_matters_.push_back(matter);
    return {};
}

}  // namespace workflow::shell
