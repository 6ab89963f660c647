#pragma once

/// Reads trails and says which promise an act has broken. Knows the hall's rules in plain lines, by
/// hand, and nothing of the engine but its events.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <workflow/event.hpp>

#include "hall.hpp"

namespace workflow::hostile {

/// What follows from the events of one case.
struct CaseFacts {
    struct Task {
        std::string step, holder;
        bool open = true, resolved = false;
        std::set<std::string> returned;  ///< persons
    };
    struct Request {
        std::string officer, asker;  ///< persons; the asker is empty for applicant and agent
        std::string account = {};
    };
    std::string applicant, agent, hall;
    std::string received_by;  ///< the person who took the application in; empty: nobody
    bool accepted = false, decided = false, ended = false;
    std::map<std::string, Value> fields;
    std::map<std::uint32_t, Task> tasks;
    std::map<std::string, std::set<std::string>> performed;  ///< by post: persons
    std::map<std::string, std::set<std::string>> step_done;  ///< by step: persons
    std::vector<Request> recusals;
    std::set<std::string> recused;
    std::set<std::string> named;  ///< accounts that parties asked to take no part
    std::vector<std::pair<std::string, Sealed>> unseal_asked;  ///< officers
    std::set<std::pair<std::string, Sealed>> unsealed;  ///< by person: they see it in any account
    int favour = 0, against = 0;                        ///< of the panel that was opened last
    std::set<std::string> uncorrected;  ///< fields changed at the window, not yet said to be
    int round = 0;                      ///< how many cases of the matter were decided before
};

class Judge {
public:
    Judge() : officers_(hostile::officers()) {}

    /// What is new of a case, or of the journal, since it was read last.
    void read(const CaseNumber& number, const Events& trail);
    void read_journal(const Events& journal);

    /// One line for each promise that was broken: `second_duty: ...`.
    [[nodiscard]] const std::vector<std::string>& broken() const { return broken_; }
    [[nodiscard]] std::string person(const std::string& officer) const {
        const auto known = officers_.find(officer);
        return known == officers_.end() ? officer : known->second.person;
    }
    [[nodiscard]] const CaseFacts& facts(const CaseNumber& number) { return cases_[number.text]; }

private:
    struct Visit;

    std::map<std::string, CaseFacts> cases_;
    std::map<std::string, std::size_t> seen_;
    std::size_t journal_seen_ = 0;
    Officers officers_;
    std::vector<std::string> broken_;
    std::map<std::string, int> decided_;  ///< by applicant: cases
    /// By applicant, round and step: pairs (drawn, passed over), each `officer*weight`.
    std::map<std::string, std::set<std::pair<std::string, std::string>>> preferred_;
};

}  // namespace workflow::hostile
