#include <workflow/catalog.hpp>
#include <workflow/staffing.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <set>

#include <fmt/format.h>

#include "../calendar/working_days.hpp"
#include "../crypto/digest.hpp"
#include "../definition/loader.hpp"
#include "../engine/staff.hpp"
#include "../process/compiler.hpp"
#include "../process/staffing.hpp"
#include "../verify/checks.hpp"
#include "../verify/desks.hpp"
#include "../verify/staffing.hpp"
#include "bundle.hpp"
#include "catalog_access.hpp"

namespace workflow::inline v0 {

struct Catalog::Contents {
    struct Entry {
        std::shared_ptr<const process::Process> process;
        std::string bundle;
    };
    std::map<ItemId, Entry> items;
    definition::Organization organization;
    std::map<CalendarId, WorkingDays> calendars;
    std::vector<CalendarId> default_calendars;
    WorkingDays unknown_years;  // for a catalog without a calendar: every due day is provisional
    // The intersections of calendars, made when first needed: a running case may name a combination
    // that no item names any more.
    struct Joined {
        std::mutex joining;
        std::map<std::vector<CalendarId>, WorkingDays> by_names;
    };
    std::shared_ptr<Joined> joined = std::make_shared<Joined>();
    // What a published item needs beside its own texts to be compiled again.
    std::vector<definition::Text> surroundings;
    DecisionModel decisions{nullptr, nullptr};
    std::optional<ItemId> demand_desk, rating_follow_up;
    std::optional<Limit> late_entry;

    [[nodiscard]] const WorkingDays& calendar(const process::Process& process) const {
        const auto& names = names_of(process);
        if (names.empty()) return unknown_years;
        if (names.size() == 1) return calendar(names.front());
        const std::lock_guard lock(joined->joining);
        const auto known = joined->by_names.find(names);
        if (known != joined->by_names.end()) return known->second;
        std::vector<const WorkingDays*> parts;
        for (const auto& name : names) parts.push_back(&calendar(name));
        return joined->by_names.emplace(names, WorkingDays::joined(parts)).first->second;
    }
    /// Returns the item that the catalog names under `key`, checked; nothing after a finding.
    std::optional<ItemId> named_desk(const definition::CatalogFile::Desk& desk,
                                     std::string_view key, std::span<const std::string_view> filled,
                                     DiagnosticSink& findings) const;
    [[nodiscard]] const WorkingDays& calendar(const CalendarId& name) const {
        const auto found = calendars.find(name);
        return found == calendars.end() ? unknown_years : found->second;
    }
    [[nodiscard]] const std::vector<CalendarId>& names_of(const process::Process& process) const {
        return process.calendars.empty() ? default_calendars : process.calendars;
    }
};

namespace {

std::map<CalendarId, WorkingDays> join_years(const std::vector<definition::Calendar>& calendars) {
    std::map<CalendarId, std::vector<YearNotice>> notices;
    for (const auto& calendar : calendars) notices[calendar.id].push_back(calendar.notice);
    std::map<CalendarId, WorkingDays> joined;
    for (auto& [id, years] : notices) joined.emplace(id, WorkingDays(std::move(years)));
    return joined;
}

std::vector<definition::Text> texts_of(const definition::Item& item,
                                       const std::vector<definition::Text>& all) {
    std::vector<definition::Text> own;
    for (const auto index : item.sources) own.push_back(all.at(index));
    return own;
}

std::vector<definition::Text> surroundings_of(const definition::Definitions& definitions,
                                              const std::vector<definition::Text>& all) {
    std::set<std::uint32_t> sources;
    for (const auto& calendar : definitions.calendars) sources.insert(calendar.mark.source);
    if (definitions.organization) sources.insert(definitions.organization->mark.source);
    if (definitions.catalog) sources.insert(definitions.catalog->mark.source);
    std::vector<definition::Text> texts;
    for (const auto index : sources) texts.push_back(all.at(index));
    return texts;
}

}  // namespace

std::optional<ItemId> Catalog::Contents::named_desk(const definition::CatalogFile::Desk& desk,
                                                    std::string_view key,
                                                    std::span<const std::string_view> filled,
                                                    DiagnosticSink& findings) const {
    const auto found = items.find(desk.item);
    if (found != items.end()) {
        verify::check_desk(*found->second.process, {key, desk.mark, filled}, findings);
        return desk.item;
    }
    // The item may exist and have mistakes of its own, which are reported.
    if (findings.has_errors()) return {};
    std::vector<std::string> known;
    for (const auto& [id, entry] : items) known.push_back(id.text);
    const auto near = nearest(desk.item.text, known);
    findings.add("unknown-item", desk.mark, fmt::format("there is no item `{}`", desk.item.text),
                 did_you_mean(near));
    return {};
}

Catalog::Loaded Catalog::load(const std::vector<std::filesystem::path>& paths) {
    Sources unread;
    DiagnosticSink trouble(unread);
    const auto texts = definition::read_texts(paths, unread, trouble);
    std::vector<Text> given;
    given.reserve(texts.size());
    for (const auto& text : texts) given.push_back({text.path, text.content});
    auto loaded = load(given);
    if (trouble.has_errors()) {
        loaded.errors += trouble.errors();
        auto first = trouble.take();
        loaded.diagnostics.insert(loaded.diagnostics.begin(), first.begin(), first.end());
        loaded.catalog.reset();
    }
    return loaded;
}

Catalog::Loaded Catalog::load(const std::vector<Text>& given) {
    std::vector<definition::Text> texts;
    texts.reserve(given.size());
    for (const auto& text : given) texts.push_back({text.path, text.content});

    const auto sources = std::make_shared<Sources>();
    DiagnosticSink findings(*sources);
    auto definitions = definition::load(texts, *sources, findings);

    auto contents = std::make_shared<Contents>();
    contents->calendars = join_years(definitions.calendars);
    if (definitions.catalog)
        for (const auto& name : definitions.catalog->calendars)
            contents->default_calendars.push_back(name.id);
    contents->surroundings = surroundings_of(definitions, texts);
    if (definitions.decisions) contents->decisions = DecisionModel(definitions.decisions, sources);
    const auto* organization = definitions.organization ? &*definitions.organization : nullptr;
    const std::vector<definition::Guarantee> none;
    verify::Checks checks(organization,
                          definitions.catalog ? definitions.catalog->guarantees : none, findings);
    for (const auto& item : definitions.items) {
        auto process = process::compile(item, organization, findings);
        if (!process) continue;
        checks.check(*process, contents->calendar(*process));
        contents->items.emplace(
            item.id, Contents::Entry{std::make_shared<const process::Process>(std::move(*process)),
                                     shell::bundle(texts_of(item, texts))});
    }
    checks.finish();
    if (definitions.catalog) {
        contents->late_entry = definitions.catalog->late_entry;
        static constexpr std::array<std::string_view, 1> request{"request"};
        static constexpr std::array<std::string_view, 4> rating{"rated_case", "rated_task", "grade",
                                                                "comment"};
        const auto name = [&](const std::optional<definition::CatalogFile::Desk>& desk,
                              std::string_view key, std::span<const std::string_view> filled) {
            return desk ? contents->named_desk(*desk, key, filled, findings) : std::nullopt;
        };
        contents->demand_desk = name(definitions.catalog->demand_desk, "demand desk", request);
        contents->rating_follow_up =
            name(definitions.catalog->rating_follow_up, "rating follow-up", rating);
    }
    if (definitions.organization) contents->organization = std::move(*definitions.organization);

    Loaded loaded;
    loaded.files = texts.size();
    loaded.errors = findings.errors();
    loaded.warnings = findings.warnings();
    loaded.diagnostics = findings.take();
    if (loaded.errors == 0) {
        loaded.catalog.emplace();
        loaded.catalog->contents_ = std::move(contents);
    }
    return loaded;
}

std::vector<ItemId> Catalog::items() const {
    std::vector<ItemId> ids;
    ids.reserve(contents_->items.size());
    for (const auto& [id, entry] : contents_->items) ids.push_back(id);
    return ids;
}

const std::optional<ItemId>& Catalog::demand_desk() const {
    return contents_->demand_desk;
}

const std::optional<ItemId>& Catalog::rating_follow_up() const {
    return contents_->rating_follow_up;
}

const std::optional<Limit>& Catalog::late_entry() const {
    return contents_->late_entry;
}

const DecisionModel& Catalog::decisions() const {
    return contents_->decisions;
}

std::optional<Title> Catalog::title(const ItemId& item) const {
    const auto process = compiled(*this).process(item);
    return process ? std::optional(process->title) : std::nullopt;
}

std::vector<Staffing> staffing_of(const Catalog& catalog, const ItemId& item) {
    const auto process = compiled(catalog).process(item);
    if (!process || compiled(catalog).organization().officers.empty()) return {};
    return verify::resilience(*process, compiled(catalog).organization());
}

std::vector<Shortfall> shortfalls(const Catalog& before, const Catalog& after) {
    std::vector<Shortfall> all;
    if (compiled(before).organization().digest == compiled(after).organization().digest) return all;
    for (const auto& item : after.items()) {
        const auto then = compiled(before).process(item), now = compiled(after).process(item);
        if (!then || !now) continue;
        for (auto& one : verify::shortfalls({*then, compiled(before).organization()},
                                            {*now, compiled(after).organization()}))
            all.push_back(std::move(one));
    }
    return all;
}

std::optional<std::string> unconfirmed_staff(const Catalog& catalog) {
    const auto& organization = compiled(catalog).organization();
    if (organization.second_person) {
        if (definition::count_supervisors(organization) >= 2) return {};
        return "changes of officers need a second person, and fewer than two human beings "
               "supervise: "
               "nobody can confirm them";
    }
    return "one supervisor alone changes who can be drawn: name supervisors who are two different "
           "human beings, or say `staff: {second person: required}`";
}

}  // namespace workflow::inline v0

namespace workflow::shell {

Catalog CompiledCatalog::with_staff(std::span<const StaffChanged> changes,
                                    const Digest& journal) const {
    auto changed = std::make_shared<Catalog::Contents>(*catalog_.contents_);
    auto& organization = changed->organization;
    for (const auto& change : changes) engine::apply(organization, change);
    organization.digest =
        sha256(std::string(view(organization.digest)) + std::string(view(journal)));
    for (auto& [id, entry] : changed->items)
        entry.process = std::make_shared<const process::Process>(
            process::restaffed(*entry.process, organization));
    Catalog catalog;
    catalog.contents_ = std::move(changed);
    return catalog;
}

std::shared_ptr<const process::Process> CompiledCatalog::process(const ItemId& item) const {
    const auto found = catalog_.contents_->items.find(item);
    return found == catalog_.contents_->items.end() ? nullptr : found->second.process;
}

std::string CompiledCatalog::bundle(const ItemId& item) const {
    const auto found = catalog_.contents_->items.find(item);
    return found == catalog_.contents_->items.end() ? std::string() : found->second.bundle;
}

const definition::Organization& CompiledCatalog::organization() const {
    return catalog_.contents_->organization;
}

const WorkingDays& CompiledCatalog::calendar(const process::Process& process) const {
    return catalog_.contents_->calendar(process);
}

std::vector<std::pair<CalendarId, const WorkingDays*>> CompiledCatalog::calendars(
    const process::Process& process) const {
    std::vector<std::pair<CalendarId, const WorkingDays*>> all;
    for (const auto& name : catalog_.contents_->names_of(process))
        all.emplace_back(name, &catalog_.contents_->calendar(name));
    return all;
}

std::shared_ptr<const process::Process> CompiledCatalog::restore(const std::string& bundled) const {
    auto texts = unbundle(bundled);
    if (!texts) return nullptr;
    texts->insert(texts->end(), catalog_.contents_->surroundings.begin(),
                  catalog_.contents_->surroundings.end());
    Sources sources;
    DiagnosticSink findings(sources);
    const auto definitions = definition::load(*texts, sources, findings);
    if (definitions.items.size() != 1) return nullptr;
    // Not checked against the current organization: a post that was removed must not stop a running
    // case.
    auto process = process::compile(definitions.items.front(), nullptr, findings);
    return process ? std::make_shared<const process::Process>(std::move(*process)) : nullptr;
}

}  // namespace workflow::shell
