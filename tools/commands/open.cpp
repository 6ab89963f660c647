// `open ITEM`: receives an application.

#include <fmt/format.h>

#include "../cli_context.hpp"
#include "base/bounds.hpp"
#include "commands.hpp"
#include "definition/organization.hpp"
#include "presentation/json/json.hpp"
#include "presentation/json/reader.hpp"
#include "shell/catalog_access.hpp"

namespace workflow::tools {

using presentation::Json;
using presentation::read_json;
using presentation::value_of;

namespace {

std::string text_at(const Json& json, const char* key, const std::string& otherwise) {
    const auto found = json.find(key);
    if (found == json.end() || found->is_null()) return otherwise;
    if (!found->is_string())
        throw UsageError(fmt::format("`{}` of the application must be text", key));
    return found->get<std::string>();
}

void take_applicant(const Json& json, Applicant& applicant) {
    const auto found = json.find("applicant");
    if (found == json.end()) return;
    if (found->is_string()) {
        applicant.person = PersonId(found->get<std::string>());
        return;
    }
    if (!found->is_object())
        throw UsageError("`applicant` of the application must be text or an object");
    applicant.person = PersonId(text_at(*found, "person", applicant.person.text));
    applicant.name = text_at(*found, "name", applicant.name);
    applicant.kind = text_at(*found, "kind", applicant.kind);
}

void take_materials(const Json& json, std::vector<MaterialReceipt>& materials) {
    const auto found = json.find("materials");
    if (found == json.end()) return;
    if (found->is_array()) {
        for (const Json& name : *found) {
            if (!name.is_string()) throw UsageError("`materials` must hold names");
            materials.push_back({MaterialId(name.get<std::string>()), MaterialForm::provided});
        }
        return;
    }
    if (!found->is_object()) throw UsageError("`materials` must be a list of names or an object");
    for (const auto& [name, form] : found->items()) {
        if (form != "provided" && form != "committed") {
            throw UsageError("material `" + name + "` is `provided` or `committed`");
        }
        materials.push_back({MaterialId(name), form == "committed" ? MaterialForm::committed
                                                                   : MaterialForm::provided});
    }
}

void take_fields(const Json& json, const process::Process* process, FieldValues& fields) {
    const auto found = json.find("fields");
    if (found == json.end()) return;
    if (!found->is_object()) throw UsageError("`fields` of the application must be an object");
    for (const auto& [name, value] : found->items()) {
        const FieldId id(name);
        std::optional<definition::FieldType> type;
        for (std::size_t i = 0; process != nullptr && i < process->fields.size(); ++i) {
            if (process->fields[i].id == id) type = process->fields[i].type;
        }
        fields.emplace_back(id, value_of(value, type));
    }
}

Instant appointment_of(const std::string& text, const LocalClock& clock) {
    auto instant = read_instant(text, clock);
    if (!instant && text.size() == 16) instant = read_instant(text + ":00", clock);
    if (!instant)
        throw UsageError("the appointment `" + text + "` is not a time",
                         "write 2026-03-02T09:00:00+08:00");
    return *instant;
}

RecusalRequest recusal_of(const std::string& text) {
    auto request = parse_recusal(text);
    if (!request)
        throw UsageError("`" + text + "` does not name the ground and reason of the recusal",
                         "write OFFICER=GROUND: REASON, for example 'zhao=kin: a cousin'; a "
                         "supervisor confirms it with `workflow recuse CASE OFFICER --confirm`");
    return *request;
}

void take_recusals(const Json& json, const Arguments& arguments, OpenCase& application) {
    if (const auto found = json.find("recused"); found != json.end()) {
        if (!found->is_array()) throw UsageError("`recused` of the application must be a list");
        for (const Json& one : *found) {
            if (one.is_object())
                application.recusals.push_back({OfficerId(text_at(one, "officer", "")),
                                                text_at(one, "ground", ""),
                                                text_at(one, "reason", "")});
            else if (one.is_string())
                application.recusals.push_back(recusal_of(one.get<std::string>()));
            else
                throw UsageError("`recused` must hold objects {officer, ground, reason}");
        }
    }
    for (const auto& text : arguments.all("recused"))
        application.recusals.push_back(recusal_of(text));
}

/// How the case is served, who applies for another, who takes no part; the command line first.
void take_circumstances(const Json& json, const Arguments& arguments, const LocalClock& clock,
                        OpenCase& application) {
    application.mode = ModeId(text_at(json, "mode", ""));
    if (arguments.has("mode")) application.mode = ModeId(arguments.text("mode"));
    auto appointment = text_at(json, "appointment", "");
    if (arguments.has("appointment")) appointment = arguments.text("appointment");
    if (!appointment.empty()) application.appointment = appointment_of(appointment, clock);
    if (const auto found = json.find("agent"); found != json.end() && !found->is_null()) {
        if (!found->is_object()) throw UsageError("`agent` of the application must be an object");
        application.agent =
            Agent{PersonId(text_at(*found, "person", "")), text_at(*found, "name", "")};
    }
    if (arguments.has("agent") || arguments.has("agent-name"))
        application.agent = Agent{PersonId(arguments.text("agent")), arguments.text("agent-name")};
    take_recusals(json, arguments, application);
    application.about = CaseNumber(text_at(json, "about", ""));
    if (arguments.has("about")) application.about = CaseNumber(arguments.text("about"));
}

Json application_of(const Arguments& arguments, Streams& streams) {
    if (!arguments.has("json")) return Json::object();
    const std::string path = arguments.text("json");
    Json json = read_json(read_all(path, streams, bounds::json_bytes), path);
    if (!json.is_object()) throw UsageError("the application must be one JSON object");
    for (const auto& [key, value] : json.items()) {
        const std::vector<std::string> known{"item",   "applicant", "channel", "hall",
                                             "fields", "materials", "mode",    "appointment",
                                             "agent",  "recused",   "about"};
        if (std::ranges::count(known, key) == 0) {
            throw UsageError("an application has no `" + key + "`",
                             "it has item, applicant, channel, hall, fields, materials, mode, "
                             "appointment, agent, recused, about");
        }
    }
    return json;
}

int run_open(const Arguments& arguments, Streams& streams) {
    const Json json = application_of(arguments, streams);
    OpenCase application;
    application.item = ItemId(text_at(json, "item", ""));
    if (!arguments.operands().empty()) application.item = ItemId(arguments.operands().front());
    if (application.item.empty()) throw UsageError("ITEM is missing: the service item applied for");
    const auto engine = open_engine(arguments, streams, StoreNeed::made_when_missing);
    const auto process = compiled(engine->catalog()).process(application.item);

    take_applicant(json, application.applicant);
    if (arguments.has("applicant"))
        application.applicant.person = PersonId(arguments.text("applicant"));
    if (arguments.has("name")) application.applicant.name = arguments.text("name");
    if (arguments.has("kind")) application.applicant.kind = arguments.text("kind");
    application.channel = text_at(json, "channel", arguments.has("as") ? "window" : "web");
    if (arguments.has("channel")) application.channel = arguments.text("channel");
    application.hall = HallId(text_at(json, "hall", ""));
    if (application.hall.empty() || arguments.has("hall"))
        application.hall = hall_of(arguments, *engine);
    take_fields(json, process.get(), application.fields);
    for (auto& field : fields_of(arguments, process.get()))
        application.fields.push_back(std::move(field));
    take_materials(json, application.materials);
    for (auto& receipt : materials_of(arguments))
        application.materials.push_back(std::move(receipt));

    take_circumstances(json, arguments, clock_of(*engine), application);

    if (arguments.has("expect")) throw UsageError("`--expect` cannot be used for a new case");
    return carry_out(arguments, streams, *engine, CaseNumber(), std::move(application),
                     Actor::the_applicant());
}

}  // namespace

Subcommand open_command() {
    auto options = applicant_options();
    const std::vector<Option> more{
        {.name = "field", .value = "NAME=VALUE", .meaning = "a field of the form", .many = true},
        {.name = "material",
         .value = "NAME[=committed]",
         .meaning = "a material handed in, or promised",
         .many = true},
        {.name = "mode",
         .value = "MODE",
         .meaning = "the service mode: one of the organization's modes"},
        {.name = "appointment",
         .value = "TIME",
         .meaning = "the time of the appointment: 2026-03-02T09:00[+08:00]"},
        {.name = "agent", .value = "PERSON", .meaning = "the agent who applies for the applicant"},
        {.name = "agent-name", .value = "NAME", .meaning = "the agent's name"},
        {.name = "recused",
         .value = "OFFICER=GROUND: REASON",
         .meaning = "the officer whose recusal is requested, and why; a supervisor confirms it",
         .many = true},
        {.name = "about", .value = "CASE", .meaning = "the case to which this one is a follow-up"},
        {.name = "json",
         .value = "FILE",
         .meaning = "the application as JSON; - is standard input"}};
    options.insert(options.end(), more.begin(), more.end());
    options.push_back(hash_option());
    return {
        .name = "open",
        .summary = "Receives an application and opens its case.",
        .operands = {{"ITEM", "the service item applied for; may be given in the JSON instead",
                      true, false}},
        .options = action_options(true, std::move(options)),
        .formats = {"human", "json"},
        .examples = {"workflow open social-card.replace-lost --as lin --applicant 330102 \\\n"
                     "      --field loss_reported=true --material photo --store hall.db",
                     "workflow open --json application.json --store hall.db --format json"},
        .note =
            "The JSON has the keys item, applicant {person, name, kind}, channel, hall, fields "
            "{name: value}, materials (a list of names, or {name: provided|committed}), mode, "
            "appointment, agent {person, name}, recused (a list of {officer, ground, reason}) and "
            "about. Values on the command line take precedence over values in the JSON.",
        .run = run_open};
}

}  // namespace workflow::tools
