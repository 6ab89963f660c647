#pragma once

/// The rules of a hall in plain lines, slow and by name: what the engine is compared with. It knows
/// no net, no markings and no events; it looks days up on its fingers.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <workflow/refusal.hpp>

namespace workflow::testing {

using Names = std::set<std::string>;

struct ModelOfficer {
    std::string person;
    Names duties;
    bool qualified = true;
    int away_from = 1, away_to = 0;  ///< days; from > to: never away
    bool supervisor = false;
};

struct ModelOutcome {
    std::string to;
    bool reason = false, photo = false, decides = false;
    int at_most = 1000;
};

struct ModelTimeout {
    int workdays = 0;  ///< 0: none
    std::string to;
};

/// A step as the definition says it; `region` is the parallel or stage around it.
struct ModelStep {
    std::string name, region;
    enum Kind { task, wait, end, parallel } kind = task;
    std::string duty;
    bool drawn = false, same_officer = false;
    std::map<std::string, ModelOutcome> outcomes;
    std::string supplied;             ///< of a wait for the applicant
    std::vector<std::string> starts;  ///< of a parallel or stage
    int needed = 0;
    std::string then;
    ModelTimeout timeout;
};

struct ModelItem {
    std::vector<ModelStep> steps;  ///< in the order of the definition
    std::string start, withdrawn;
    std::vector<Names> separated{{"intake", "review", "issue"}};
    [[nodiscard]] const ModelStep& step(const std::string& name) const;
};

struct ModelTask {
    std::string step, holder;
    bool undrawn = false;
    Names returned;  ///< persons
};

/// One case. Every verb answers the rule that refuses it, or nothing and has done it. What was
/// drawn is told afterwards through `drawn`.
class ReferenceModel {
public:
    ReferenceModel(const ModelItem& item, const std::map<std::string, ModelOfficer>& officers)
        : item_(item), officers_(officers) {}

    using Answer = std::optional<RefusalCode>;
    Answer open(const std::string& officer, const std::string& applicant, bool id_given,
                bool photo);
    Answer claim(int task, const std::string& officer);
    Answer complete(int task, const std::string& officer, const std::string& outcome, bool reason,
                    bool photo);
    Answer hand(int task, const std::string& officer, const std::string& to, bool as_supervisor);
    Answer give_back(int task, const std::string& officer, bool reason);
    Answer supply(bool photo);
    Answer withdraw();
    /// Goes on until something must be drawn (tell it and call again) or nothing is due by `until`.
    void advance(long until);

    /// Whom a draw for `task` would choose among.
    [[nodiscard]] Names candidates(int task) const;
    void drawn(int task, const std::string& officer);

    long now = 0;  ///< local minutes since 1970-01-01
    bool opened = false;
    std::string ended;  ///< the step of the end
    std::map<int, ModelTask> tasks;
    std::set<std::string> standing;  ///< steps, ends and open regions left out
    std::set<int> to_draw;           ///< tasks whose draw must follow

private:
    struct Timer {
        int due = 0, order = 0;
        std::string step;
    };

    [[nodiscard]] int day() const { return static_cast<int>(now / 1440); }
    [[nodiscard]] Answer known(const std::string& officer) const;
    [[nodiscard]] Answer admitted(const std::string& officer, const ModelStep& step) const;
    [[nodiscard]] bool apart(const std::string& person, const ModelStep& step) const;
    using Performed = std::map<std::string, Names>;  ///< by person: duties and steps
    [[nodiscard]] bool kept_apart(const Names& mine, const Names& others) const;
    [[nodiscard]] Names ahead() const;
    [[nodiscard]] bool can_be_staffed(const Names& steps, Performed& performed) const;
    /// Would a later step have nobody left once the officer has performed `members`?
    [[nodiscard]] bool needed_later(const std::string& officer, const Names& members,
                                    const Names& ahead) const;
    [[nodiscard]] bool inside(const std::string& step, const std::string& region) const;
    void performs(const std::string& officer, const ModelStep& step);
    void go(const std::string& from, const std::string& to);
    void enter(const std::string& step);
    void leave(const std::string& step);
    void leave_region(const std::string& region);
    void settle();

    const ModelItem& item_;
    const std::map<std::string, ModelOfficer>& officers_;
    std::string applicant_;
    bool photo_ = false, decided_ = false;
    int last_task_ = 0;
    long last_happened_ = 0;
    std::set<std::string> fresh_;
    std::map<std::string, int> done_;  ///< by open region: branches that are done
    std::vector<Timer> timers_;
    std::set<int> tried_;  ///< undrawn tasks that this advance has drawn for
    Performed performed_;
    std::map<std::string, std::string> last_performer_;
    std::map<std::pair<std::string, std::string>, int> taken_;
};

}  // namespace workflow::testing
