#pragma once

/// `guarantees:` what must hold on every way that a case can go.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <workflow/event.hpp>

#include "../base/source.hpp"
#include "yaml_tree.hpp"

namespace workflow {
class DiagnosticSink;
}

namespace workflow::definition {

/// What is spoken of: an act of an officer, the applicant or the engine, or the end.
struct Activity {
    enum class Kind : std::uint8_t { step, outcome, duty, accepted, decided, end };
    Kind kind = Kind::end;
    std::string name;            ///< of the step or duty
    std::string outcome;         ///< of the step
    std::optional<EndKind> end;  ///< nothing: any end
    std::string text;            ///< as written
};

/// The templates of Declare (Pesic, van der Aalst, 2006; over runs that end: De Giacomo, Vardi,
/// 2013), and two of the hall's own.
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
    separated,  ///< no two of the activities are the same officer's
    reasoned,   ///< who brings one of the activities about gives a reason, or a rule does
};

struct Guarantee {
    Template holds = Template::existence;
    unsigned count = 1;                ///< of existence, absence (from so many on), exactly
    std::vector<Activity> activities;  ///< one, two, or several of separated and reasoned
    std::string text;
    Mark mark;
};

/// What a template says, in words: "after each `a`, `b` follows".
std::string in_words(const Guarantee& guarantee);

std::vector<Guarantee> read_guarantees(const YamlNode& node, DiagnosticSink& findings);

}  // namespace workflow::definition
