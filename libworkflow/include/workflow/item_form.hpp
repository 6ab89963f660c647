#pragma once

/// Facade: a service item as an application shows it: the data to ask the applicant for, and how
/// tasks may end.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// One revision of an item. A plain value, valid without the catalog.
struct ItemForm {
    enum class Kind : std::uint8_t {
        instant,   ///< handled while the applicant waits
        committed  ///< handled within the limits
    };
    enum class FieldType : std::uint8_t { text, number, boolean, date, texts };
    /// Who gives a field its value.
    enum class Origin : std::uint8_t {
        applicant,  ///< the applicant, with OpenCase or SupplyMaterials
        computed,   ///< outcomes, decisions and the engine; nobody else may give it
        tasks       ///< the officer who ends one of `Field::tasks`, with CompleteTask
    };
    enum class Source : std::uint8_t {
        applicant,   ///< the applicant hands it in
        shared,      ///< it is fetched from another office
        commitment,  ///< the applicant may promise it instead (告知承诺)
        later        ///< the applicant may hand it in afterwards (容缺受理)
    };
    enum class StepKind : std::uint8_t {
        task,  ///< an officer ends it with one of its outcomes
        wait,  ///< for the applicant, or for time to pass
        end,   ///< the case has ended
        route  ///< the engine continues at once
    };

    struct Field {
        FieldId id;
        Title title;
        FieldType type = FieldType::text;
        bool required = false, personal = false;
        std::optional<Value> initial;     ///< its default; nothing: the field begins as null
        std::vector<std::string> values;  ///< the only ones allowed; empty: any
        std::uint32_t longest = 0;        ///< the maximum number of characters of a text
        Origin origin = Origin::applicant;
        std::vector<StepId>
            tasks;  ///< their performers may give it, or correct the applicant's value
    };
    struct Material {
        MaterialId id;
        Title title;
        Source source = Source::applicant;
        bool conditional = false;     ///< needed only in some cases, by the values of fields
        bool for_proxy = false;       ///< needed only if somebody applies for another person
        std::optional<Limit> within;  ///< of `later`
    };
    struct Outcome {
        OutcomeId id;
        Title title;  ///< both texts empty if the author gave none
        bool requires_reason = false, requires_materials = false;
        bool accepts = false;  ///< the case's limits run from here (受理)
        bool decides = false;  ///< the applicant can no longer withdraw
    };
    struct Step {
        StepId id;
        Title title;
        StepKind kind = StepKind::route;
        DutyId duty;                    ///< of a task
        PostId post;                    ///< its officers do the task; empty: drawn among all
        bool drawn = false;             ///< the engine assigns the task; nobody takes it
        std::vector<Outcome> outcomes;  ///< of a task
    };

    ItemId id;
    Title title;
    std::uint32_t revision = 1;
    Kind kind = Kind::committed;
    std::string section;  ///< of the department that owns the item; empty: none
    std::vector<std::string> applicants, channels;
    std::vector<ModeId> modes;  ///< in which the item is offered; empty: all of the organization's
    /// Nothing: no limit. If a rule counts the days of a case, the maximum that it can give.
    std::optional<Limit> statutory, promised;
    std::vector<Field> fields;        ///< in the author's order
    std::vector<Material> materials;  ///< in the author's order
    std::vector<Step> steps;          ///< in the author's order
};

}  // namespace workflow::inline v0
