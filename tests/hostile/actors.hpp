#pragma once

/// Actors who try everything: each command with arguments that the state offers and some that it
/// does not, as any officer, under any spelling, as applicant, agent, system or engine. Among that
/// somebody does their work, so that cases get on.

#include <string>
#include <vector>

#include <workflow/engine.hpp>

#include "judge.hpp"
#include "support/xorshift.hpp"

namespace workflow::hostile {

class Actors {
public:
    explicit Actors(std::uint64_t seed);

    /// One act, allowed or refused; the judge has read what it brought.
    void act();
    [[nodiscard]] const Judge& judge() const { return judge_; }
    /// What was tried and done, a line each, for who must repeat it.
    [[nodiscard]] const std::string& tale() const { return tale_; }
    /// The events of all cases, a line each.
    [[nodiscard]] std::string trails();
    [[nodiscard]] std::size_t done() const { return done_; }
    [[nodiscard]] Engine& engine() { return engine_; }

private:
    bool chance(std::uint64_t one_in) { return random_.below(one_in) == 0; }
    template <class T>
    const T& any(const std::vector<T>& from) {
        return from[random_.below(from.size())];
    }
    Engine::Options options();

    void file();
    void work();
    void try_anything();
    void seek_consent(const CaseNumber& number, Command& command);
    void change_staff();
    void look();
    void pass_time();

    [[nodiscard]] std::string spelled(std::string name);
    [[nodiscard]] OfficerId any_officer();
    [[nodiscard]] Actor anybody();
    [[nodiscard]] FieldValues some_fields();
    [[nodiscard]] TaskNumber any_task();
    [[nodiscard]] Action any_action();
    [[nodiscard]] StaffChange any_change();
    void perform(const CaseNumber& number, const Command& command);
    void judge_all();
    void judge_sight(const CaseNumber& number);

    testing::Xorshift random_;
    Judge judge_;
    Instant now_;
    Engine engine_;
    std::vector<CaseNumber> cases_;
    std::string tale_;
    std::size_t done_ = 0;
};

}  // namespace workflow::hostile
