#include "case_cache.hpp"

namespace workflow::shell {

LiveCase* CaseCache::find(const CaseNumber& number) {
    const auto found = by_number_.find(number.text);
    if (found == by_number_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &entries_.front();
}

LiveCase& CaseCache::put(LiveCase live) {
    drop(live.state.number);
    if (entries_.size() >= capacity_) {
        by_number_.erase(entries_.back().state.number.text);
        entries_.pop_back();
    }
    entries_.push_front(std::move(live));
    by_number_.emplace(entries_.front().state.number.text, entries_.begin());
    return entries_.front();
}

void CaseCache::drop(const CaseNumber& number) {
    const auto found = by_number_.find(number.text);
    if (found == by_number_.end()) return;
    const auto entry = found->second;
    by_number_.erase(found);
    entries_.erase(entry);
}

void CaseCache::clear() {
    by_number_.clear();
    entries_.clear();
}

}  // namespace workflow::shell
