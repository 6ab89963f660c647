// The table of codes. A code once given up is never used again; docs/diagnostics.md has a section
// for each, and each has a bad file in tests/definitions.

#include <array>

#include "diagnostics.hpp"

namespace workflow {

namespace {

constexpr auto error = Severity::error;
constexpr auto warning = Severity::warning;
constexpr auto note = Severity::note;

constexpr std::array kinds{
    // The text and its YAML.
    FindingKind{"WF0101", "unreadable-file", error, "A file or folder cannot be read."},
    FindingKind{"WF0102", "empty-text", error, "A text holds no definition."},
    FindingKind{"WF0103", "too-large", error, "A text is larger than 1 MiB."},
    FindingKind{"WF0104", "not-utf8", error, "A text is not valid UTF-8."},
    FindingKind{"WF0105", "forbidden-character", error,
                "A text holds a control character, or one that turns the direction of writing and "
                "could hide what is written."},
    FindingKind{"WF0106", "yaml-syntax", error, "A text is not YAML."},
    FindingKind{"WF0107", "too-deep", error, "Mappings and lists are nested more than 64 deep."},
    FindingKind{"WF0108", "too-many-nodes", error, "A text has more than 100,000 values."},
    FindingKind{"WF0109", "anchor", error,
                "YAML anchors and aliases are not part of the language."},
    FindingKind{"WF0110", "tag", error, "YAML tags are not part of the language."},
    FindingKind{"WF0111", "merge-key", error,
                "The YAML merge key `<<` is not part of the language."},
    FindingKind{"WF0112", "several-documents", error, "A text holds more than one YAML document."},
    FindingKind{"WF0113", "duplicate-key", error, "A mapping has the same key twice."},
    FindingKind{"WF0114", "key-not-text", error,
                "The key of a mapping is itself a mapping or a list."},
    FindingKind{"WF0115", "directive", error, "YAML directives are not part of the language."},
    FindingKind{"WF0199", "more-findings", note, "There are more findings than are shown."},

    // Structure, keys and types.
    FindingKind{"WF0201", "unknown-key", error, "A key is not part of the language at this place."},
    FindingKind{"WF0202", "wrong-type", error,
                "A value is a mapping, a list or a text where another of them belongs."},
    FindingKind{"WF0203", "missing-key", error, "A required key is missing."},
    FindingKind{"WF0204", "unknown-kind", error,
                "The first key of a file does not name a kind of file."},
    FindingKind{"WF0205", "kind-not-read", error, "A kind of file is known but not read here."},
    FindingKind{"WF0206", "bad-id", error, "A name is not in the form that names have."},
    FindingKind{"WF0207", "bad-number", error,
                "A number is not one, or lies outside what is allowed."},
    FindingKind{"WF0208", "bad-boolean", error,
                "Where true or false is asked for, something else stands."},
    FindingKind{"WF0209", "bad-limit", error, "A limit is not an amount with its unit."},
    FindingKind{"WF0210", "bad-date", error,
                "A date is not an existing day written as year-month-day."},
    FindingKind{"WF0211", "unknown-word", error,
                "A value is not one of the words that may stand there."},
    FindingKind{"WF0212", "listed-twice", error, "A list names the same thing twice."},
    FindingKind{"WF0213", "keys-exclude-each-other", error,
                "Two keys stand together of which only one may."},
    FindingKind{"WF0214", "nothing-listed", error,
                "A list or mapping that must name something is empty."},
    FindingKind{"WF0215", "bad-default", error,
                "A field's default is not a value that the field can have."},
    FindingKind{"WF0216", "idle-key", error,
                "A key has no meaning together with what stands beside it."},

    // References between definitions.
    FindingKind{"WF0301", "defined-twice", error, "Two files define the same thing."},
    FindingKind{"WF0302", "unknown-process", error,
                "A process that an item or process builds on is not defined."},
    FindingKind{"WF0303", "process-cycle", error, "Processes are based on each other in a circle."},
    FindingKind{"WF0304", "unknown-parameter", error,
                "A parameter is not declared by the process."},
    FindingKind{"WF0305", "missing-parameter", error, "A parameter without default gets no value."},
    FindingKind{"WF0306", "bad-parameter", error,
                "A parameter's value is not of its declared type."},
    FindingKind{"WF0307", "unknown-calendar", error, "A calendar is not defined."},
    FindingKind{"WF0308", "unknown-field", error, "A field is not declared by the item."},
    FindingKind{"WF0309", "unknown-post", error, "A post is not part of the organization."},
    FindingKind{"WF0310", "duty-not-held", error,
                "No post has the duty of a task, or not the post that the task names."},
    FindingKind{"WF0311", "unknown-member", error,
                "A separated group names neither a duty nor a step of the item."},

    // Steps and the way through them.
    FindingKind{"WF0401", "step-without-kind", error, "A step does not say what it is."},
    FindingKind{"WF0402", "step-of-two-kinds", error, "A step says to be two things."},
    FindingKind{"WF0403", "duplicate-step", error, "Two steps of an item have the same name."},
    FindingKind{"WF0404", "task-without-post", error,
                "A task says neither which post does it nor from which pool it is drawn."},
    FindingKind{"WF0405", "otherwise-not-last", error,
                "Branches after `otherwise` can never be reached."},
    FindingKind{"WF0406", "no-otherwise", warning,
                "A choice has no `otherwise`: where no branch holds the case cannot go on."},
    FindingKind{"WF0407", "pause-without-ground", error,
                "A step pauses the clock and does not say on what legal ground."},
    FindingKind{"WF0408", "endless-wait", warning, "A wait for the applicant has no limit."},
    FindingKind{"WF0409", "wait-without-end", error, "A wait has nothing that ends it."},
    FindingKind{"WF0410", "bad-join", error,
                "A join asks for something that the branches cannot give."},
    FindingKind{"WF0411", "unknown-step", error,
                "A step that is to follow does not exist, or not where it can be reached."},
    FindingKind{"WF0412", "entered-from-outside", error,
                "A step inside a branch or stage is entered from outside."},
    FindingKind{"WF0413", "unreachable-step", warning, "No path leads to a step."},
    FindingKind{"WF0414", "done-outside", error, "`done` stands outside any branch or stage."},
    FindingKind{"WF0415", "promise-over-law", error,
                "The promised limit is longer than the statutory one."},
    FindingKind{"WF0416", "no-limit", error, "A committed item has no limit."},
    FindingKind{"WF0417", "only-owed-materials", error,
                "All materials of an item are owed later: nothing is there to decide on."},
    FindingKind{"WF0418", "refuses-anyway", error,
                "An item that never refuses can end in a refusal."},
    FindingKind{"WF0419", "too-many-steps", error, "An item has more steps than can be compiled."},
    FindingKind{"WF0420", "restless-loop", error,
                "Steps at which nobody acts and nothing is awaited follow each other in a circle."},
    FindingKind{"WF0421", "no-end", error, "No path through an item comes to an end."},
    FindingKind{
        "WF0422", "branch-never-taken", warning,
        "A branch or an outcome is never taken: no value allows it, or an earlier one always is."},
    FindingKind{"WF0423", "branches-overlap", warning,
                "Two branches of a choose that lead to different steps hold together."},
    FindingKind{"WF0424", "null-flows", warning,
                "A field that may have no value decides, and nothing is said of that."},

    FindingKind{"WF0425", "no-way-out", error,
                "A case can come to a step from which no end can be reached."},
    FindingKind{"WF0426", "bad-guarantee", error, "A guarantee cannot be read."},
    FindingKind{"WF0427", "unknown-activity", error,
                "A guarantee speaks of what the item does not have."},
    FindingKind{"WF0428", "guarantee-broken", error, "On some way a guarantee does not hold."},
    FindingKind{"WF0429", "vacuous-guarantee", warning,
                "What a guarantee speaks of never comes: it says nothing."},
    FindingKind{"WF0430", "written-at-once", error,
                "Two branches side by side set the same field."},
    FindingKind{"WF0431", "personal-data-unused", warning,
                "Personal data is asked for that nothing reads, for no purpose that is said."},
    FindingKind{"WF0432", "material-never-required", warning,
                "Materials are listed, and no outcome requires them."},

    // Expressions.
    FindingKind{"WF0501", "expression-syntax", error, "A FEEL expression cannot be read."},
    FindingKind{"WF0502", "unknown-name", error,
                "A FEEL expression uses a name that is not declared."},
    FindingKind{
        "WF0503", "expression-type", error,
        "A FEEL expression combines values that do not go together, or gives the wrong type."},
    FindingKind{"WF0504", "expression-too-large", error,
                "A FEEL expression is too long or nested too deep."},
    FindingKind{"WF0505", "unknown-name-is-null", warning,
                "An expression of a decision model uses a name that nothing gives: it is null."},
    FindingKind{"WF0506", "expression-is-null", warning,
                "A part of an expression of a decision model can only be null."},

    // Organization and duties.
    FindingKind{"WF0601", "duties-kept-apart", error,
                "One post has two duties that nobody may perform in one case."},
    FindingKind{"WF0602", "posts-kept-apart", error,
                "An officer holds two posts that nobody may hold together."},
    FindingKind{"WF0603", "unknown-hall", error,
                "An officer works in a hall that the organization does not have."},
    FindingKind{"WF0604", "bad-absence", error, "An absence ends before it begins."},
    FindingKind{"WF0605", "several-organizations", error, "More than one organization is loaded."},
    FindingKind{"WF0606", "nobody-for-task", warning,
                "No officer of the organization may do a task of the item."},
    FindingKind{"WF0607", "task-kept-from-itself", error,
                "A task's duty and its step are kept apart: nobody could do it."},
    FindingKind{"WF0608", "too-many-members", error,
                "More than 64 duties and steps are kept apart in one item."},
    FindingKind{"WF0609", "cannot-be-staffed", error,
                "Tasks of one case are kept apart, and there are too few officers for them."},

    // Calendars.
    FindingKind{"WF0701", "wrong-day-count", error,
                "The working days of a year are not as many as the calendar says."},
    FindingKind{"WF0702", "day-of-another-year", error,
                "A calendar lists a day that is not in its year."},
    FindingKind{"WF0703", "idle-day", error,
                "A calendar lists a day as what it would be anyway, or as both."},

    // Decisions.
    FindingKind{"WF0801", "xml-syntax", error, "A decision model is not XML."},
    FindingKind{"WF0802", "not-a-model", error, "An XML text is no decision model."},
    FindingKind{"WF0803", "too-large-model", error, "A decision model is larger than 16 MiB."},
    FindingKind{"WF0804", "unknown-element", error,
                "A decision rests on an element that the model does not have."},
    FindingKind{"WF0805", "import-not-found", error, "An imported model is not at hand."},
    FindingKind{"WF0806", "requirement-cycle", error, "A decision rests on itself."},
    FindingKind{"WF0807", "unknown-type", error, "A type is not defined by the model."},
    FindingKind{"WF0808", "type-cycle", error, "A type is made of itself."},
    FindingKind{"WF0809", "bad-table", error,
                "A decision table contradicts itself: its rules, its hit policy or its columns."},
    FindingKind{"WF0810", "no-priorities", error,
                "A hit policy goes by the order of output values, and none are listed."},
    FindingKind{"WF0811", "rules-overlap", error,
                "Two rules of a table apply together where its hit policy allows only one."},
    FindingKind{"WF0812", "table-gap", warning, "No rule of a table applies to some inputs."},
    FindingKind{"WF0813", "rule-never-applies", warning,
                "A rule is never what a table answers: another one always comes first."},
    FindingKind{"WF0814", "duplicate-rule", warning, "Two rules of a table say the same."},
    FindingKind{"WF0815", "rules-could-merge", note,
                "Two rules of a table differ in one input only and could be one."},
    FindingKind{"WF0816", "table-not-analysed", note,
                "A table speaks of other names or functions, and was not searched for gaps."},
    FindingKind{"WF0817", "unknown-decision", error, "A decision that is used is not there."},
    FindingKind{"WF0819", "result-not-listed", warning,
                "A rule's result is none of the values that its output lists: it is null."},

    // Process models of other tools.
    FindingKind{"WF0901", "not-a-process-model", error,
                "A file is no BPMN or PNML model with a process in it."},
    FindingKind{"WF0902", "unsupported-element", error,
                "An element of a process model is not understood: there is no verdict."},
    FindingKind{"WF0903", "cannot-complete", error,
                "A process can come to where no end can be reached."},
    FindingKind{"WF0904", "two-tokens", error,
                "A flow can hold two tokens: what follows it is done twice."},
    FindingKind{"WF0905", "dead-element", error, "No run comes through an element of a process."},
    FindingKind{"WF0906", "ends-twice", warning, "A run can go through one end twice."},
    FindingKind{"WF0907", "not-decided", error,
                "A process has too many states to decide whether it is sound."},
};

}  // namespace

std::span<const FindingKind> finding_kinds() {
    return kinds;
}

}  // namespace workflow
