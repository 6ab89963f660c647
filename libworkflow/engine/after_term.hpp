#pragma once

#include <variant>

#include <workflow/event.hpp>

namespace workflow::engine {

/// Has a term just ended? What follows then is brought about by time: an acceptance is deemed.
class AfterTerm {
public:
    /// Takes the next event in; what it cancels belongs to the end of the term.
    void take(const EventPayload& what) {
        holds_ = std::holds_alternative<TimerFired>(what) ||
                 (holds_ && std::holds_alternative<TaskCancelled>(what));
    }
    [[nodiscard]] bool holds() const { return holds_; }

private:
    bool holds_ = false;
};

}  // namespace workflow::engine
