#pragma once

/// The service item as its author wrote it, references and parameters resolved.

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

/// A field's values as FEEL sees them; null may be among them. `values`: the only ones of a string.
feel::Type type_of(FieldType field, const std::vector<std::string>& values);

/// Who may write a field.
enum class FieldOrigin : std::uint8_t {
    unsaid,      ///< computed where an outcome sets it, else the applicant's
    applicant,   ///< the applicant; the intake task may correct it until acceptance
    performers,  ///< who performs one of the tasks that the field names
    computed     ///< outcomes, decisions and the engine alone
};

struct Field {
    FieldId id;
    Title title;
    FieldType type = FieldType::string;
    std::vector<std::string> values;  ///< the only values a string field may have; empty: any
    bool required = false;
    bool personal = false;
    Title purpose;                   ///< what it is asked for; both texts empty when not said
    std::uint32_t longest = 10'000;  ///< characters that a text of it may have
    std::optional<Value> initial;    ///< `default:`
    ExpressionText check;            ///< over all fields; may be empty
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
    ExpressionText when;          ///< needed only when this holds; empty: always
    std::optional<Limit> within;  ///< for `later`
    bool for_proxy = false;       ///< needed only when somebody applies for another
    Mark mark;
};

/// Whether the applicant is asked to rate (好差评).
enum class Rating : std::uint8_t { required, optional, none };

enum class ItemKind : std::uint8_t { instant, committed };

/// Duties or steps of which nobody performs two in one case.
struct SeparatedGroup {
    std::vector<std::string> members;
    Mark mark;
};

struct Item {
    ItemId id;
    std::uint32_t revision = 1;
    std::string code;  ///< begins each case number; the id when not given
    Title title;
    std::string authority;
    ItemKind kind = ItemKind::committed;
    std::vector<std::string> applicants;  ///< person, enterprise
    std::vector<std::string> channels;
    struct OfferedMode {
        ModeId id;
        Mark mark;
    };
    std::vector<OfferedMode> modes;  ///< none: all of the organization's
    std::string section;             ///< of the department that it belongs to
    Mark section_mark;
    std::optional<Limit> statutory, promised;      ///< with a rule: what it gives at most
    ExpressionText statutory_rule, promised_rule;  ///< how many days; empty: what is above
    WarningTimes warn;                             ///< before either limit
    bool counted_from_receipt = false;  ///< from the day on which the last material came (R7)
    std::optional<Mark> statutory_mark, promised_mark;
    std::vector<CalendarId> calendars;  ///< a day counts by all of them; none: the catalog's
    bool no_application = false;        ///< 免申即享
    bool zero_refusal = false;  ///< no path may end in `refused` or `not_accepted` (零拒绝)
    std::vector<Field> fields;
    std::vector<Material> materials;
    std::vector<UsedDecision> uses;
    std::vector<SeparatedGroup> separated;  ///< beside {intake, review, issue}, which always holds
    std::vector<Guarantee> guarantees;      ///< its process's and its own
    StepId start;
    Mark start_mark;
    std::vector<Step> steps;
    std::optional<Target> withdraw;  ///< process-level `on: {withdraw: STEP}`
    std::vector<std::string> issues;
    Rating rating = Rating::optional;
    std::string process;  ///< the process it was built from; empty: its own steps
    std::vector<std::uint32_t>
        sources;    ///< the texts it was built from: the item's, then its processes'
    Digest digest;  ///< SHA-256 over their contents, each preceded by its length
    Mark mark;
};

}  // namespace workflow::definition
