#pragma once

/// `guarantees:`: what must hold on every path that a case can take.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <workflow/event.hpp>

#include "../base/source.hpp"
#include "yaml_tree.hpp"

namespace workflow::inline v0 {
class DiagnosticSink;
}

namespace workflow::definition {

/// What a guarantee is about: an action of an officer, the applicant or the engine, or the end of a
/// case.
struct Activity {
    enum class Kind : std::uint8_t { step, outcome, duty, accepted, decided, end };
    Kind kind = Kind::end;
    std::string name;            ///< of the step or duty
    std::string outcome;         ///< of the step
    std::optional<EndKind> end;  ///< no value: any end
    std::string text;            ///< as written
};

/// The templates of Declare (Pesic, van der Aalst, 2006; over finite runs: De Giacomo, Vardi,
/// 2013), and two templates of this library.
enum class Template : std::uint8_t {
    existence,
    absence,
    exactly,
    init,
    last,
    responded_existence,
    co_existence,
    response,
    precedence,
    succession,
    alternate_response,
    alternate_precedence,
    alternate_succession,
    chain_response,
    chain_precedence,
    chain_succession,
    not_co_existence,
    not_succession,
    not_chain_succession,
    choice,
    exclusive_choice,
    separated,  ///< no officer performs two of the activities
    reasoned,   ///< whoever performs one of the activities gives a reason, or a rule does
};

struct Guarantee {
    Template holds = Template::existence;
    unsigned count = 1;                ///< of existence, absence (from this number on) and exactly
    std::vector<Activity> activities;  ///< one or two; several for separated and reasoned
    std::string text;
    Mark mark;
};

/// Returns the meaning of a guarantee in words: "after `a`, `b` follows".
std::string in_words(const Guarantee& guarantee);

std::vector<Guarantee> read_guarantees(const YamlNode& node, DiagnosticSink& findings);

}  // namespace workflow::definition
