#pragma once

/// The service item as its author wrote it, with references and parameters resolved.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <workflow/values.hpp>

#include "../base/source.hpp"
#include "../feel/types.hpp"
#include "decisions.hpp"
#include "guarantee.hpp"
#include "steps/step.hpp"

namespace workflow::definition {

enum class FieldType : std::uint8_t { string, number, boolean, date, strings };

/// Returns the type that a field has in FEEL; null is allowed. `values`: if not empty, the only
/// values that a string field may have.
feel::Type type_of(FieldType field, const std::vector<std::string>& values);

/// The persons or mechanisms that may write a field.
enum class FieldOrigin : std::uint8_t {
    unsaid,      ///< computed if an outcome sets it, otherwise given by the applicant
    applicant,   ///< the applicant; the intake task may correct it until acceptance
    performers,  ///< the officers who perform one of the tasks that the field names
    computed     ///< only outcomes, decisions and the engine
};

struct Field {
    FieldId id;
    Title title;
    FieldType type = FieldType::string;
    std::vector<std::string> values;  ///< the only values that a string field may have; empty: any
    bool required = false;
    bool personal = false;
    /// the purpose for which the field is collected; both texts are empty if none is stated
    Title purpose;
    std::uint32_t longest = 10'000;  ///< the maximum number of characters of a text
    std::optional<Value> initial;    ///< `default:`
    ExpressionText check;            ///< may refer to all fields; may be empty
    FieldOrigin origin = FieldOrigin::unsaid;
    struct Performed {
        std::string name;  ///< a duty or a step
        Mark mark;
    };
    std::vector<Performed> performers;  ///< for `FieldOrigin::performers`
    Mark origin_mark;
    Mark mark;
};

enum class MaterialSource : std::uint8_t { applicant, shared, commitment, later };

struct Material {
    MaterialId id;
    Title title;
    MaterialSource source = MaterialSource::applicant;
    std::string connector;        ///< for `shared`
    ExpressionText when;          ///< the condition under which it is required; empty: always
    std::optional<Limit> within;  ///< for `later`
    bool for_proxy = false;       ///< required only if somebody applies for another person
    Mark mark;
};

/// States whether the applicant is asked to rate the service (好差评).
enum class Rating : std::uint8_t { required, optional, none };

enum class ItemKind : std::uint8_t { instant, committed };

/// Duties or steps, of which no person performs two in one case.
struct SeparatedGroup {
    std::vector<std::string> members;
    Mark mark;
};

struct Item {
    ItemId id;
    std::uint32_t revision = 1;
    std::string code;  ///< begins each case number; the id of the item if not given
    Title title;
    std::string authority;
    ItemKind kind = ItemKind::committed;
    std::vector<std::string> applicants;  ///< person, enterprise
    std::vector<std::string> channels;
    struct OfferedMode {
        ModeId id;
        Mark mark;
    };
    std::vector<OfferedMode> modes;  ///< empty: all modes of the organization
    std::string section;             ///< the section of the department to which the item belongs
    Mark section_mark;
    /// with a rule: the longest limit that the rule can give
    std::optional<Limit> statutory, promised;
    /// gives the number of days; empty: the limits above apply
    ExpressionText statutory_rule, promised_rule;
    WarningTimes warn;  ///< before either limit ends
    /// from the day on which the last material was received (R7)
    bool counted_from_receipt = false;
    std::optional<Mark> statutory_mark, promised_mark;
    /// a day counts only if it counts in all of them; empty: those of the catalog
    std::vector<CalendarId> calendars;
    bool no_application = false;  ///< 免申即享
    bool zero_refusal = false;    ///< no path may end in `refused` or `not_accepted` (零拒绝)
    std::vector<Field> fields;
    std::vector<Material> materials;
    std::vector<UsedDecision> uses;
    /// in addition to {intake, review, issue}, which always applies
    std::vector<SeparatedGroup> separated;
    std::vector<Guarantee> guarantees;  ///< those of its process and its own
    StepId start;
    Mark start_mark;
    std::vector<Step> steps;
    std::optional<Target> withdraw;  ///< process-level `on: {withdraw: STEP}`
    std::vector<std::string> issues;
    Rating rating = Rating::optional;
    std::string process;  ///< the process that the item follows; empty: the item has its own steps
    /// the texts that the item was built from: its own, then those of its processes
    std::vector<std::uint32_t> sources;
    Digest digest;  ///< SHA-256 over the contents of these texts, each preceded by its length
    Mark mark;
};

}  // namespace workflow::definition
