#include "reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/identity.hpp"

namespace workflow::tools {

namespace {

constexpr std::string_view of_applicant = "applicant:";

}  // namespace

Option reader_option() {
    return {.name = "reader",
            .value = "READER",
            .meaning =
                "show only what this officer may see, or with applicant:PERSON what the applicant "
                "or agent may see; without it, everything"};
}

Option officer_reader_option() {
    return {.name = "reader",
            .value = "OFFICER",
            .meaning = "show only what this officer may see; without it, everything"};
}

std::optional<Reader> reader_of(const Arguments& arguments) {
    if (!arguments.has("reader")) return {};
    Reader reader{false, arguments.text("reader")};
    if (reader.id.starts_with(of_applicant)) {
        reader.applicant = true;
        reader.id.erase(0, of_applicant.size());
    }
    if (reader.id.empty())
        throw UsageError("`--reader` names nobody", "give --reader OFFICER or applicant:PERSON");
    // Passed on unchanged if invalid, so that the engine reports the reason.
    (void)normalize(reader.applicant ? TextKind::person : TextKind::officer, {}, reader.id);
    return reader;
}

std::optional<OfficerId> officer_reader_of(const Arguments& arguments, const std::string& what) {
    const auto reader = reader_of(arguments);
    if (!reader) return {};
    if (reader->applicant) throw UsageError(what, "give --reader OFFICER");
    return OfficerId(reader->id);
}

Expected<CaseDetail> show_to(Engine& engine, const Reader& reader, const CaseNumber& number) {
    return reader.applicant ? engine.reader().seen_by_applicant(PersonId(reader.id)).show(number)
                            : engine.reader().seen_by(OfficerId(reader.id)).show(number);
}

Expected<std::vector<SeenEvent>> trail_to(Engine& engine, const Reader& reader,
                                          const CaseNumber& number) {
    return reader.applicant
               ? engine.reader().seen_by_applicant(PersonId(reader.id)).numbered(number)
               : engine.reader().seen_by(OfficerId(reader.id)).numbered(number);
}

std::vector<CaseView> cases_for(Engine& engine, const Reader& reader, const CaseFilter& filter) {
    return reader.applicant ? engine.reader().seen_by_applicant(PersonId(reader.id)).cases(filter)
                            : engine.reader().seen_by(OfficerId(reader.id)).cases(filter);
}

Expected<std::vector<SeenEvent>> whole_trail(Engine& engine, const CaseNumber& number) {
    auto trail = engine.reader().trail(number);
    if (!trail) return Refusal{RefusalCode::unknown_case, "there is no case " + number.text, {}};
    std::vector<SeenEvent> whole;
    std::uint32_t sequence = 0;
    for (auto& event : *trail) whole.push_back({++sequence, std::move(event), true});
    return whole;
}

Expected<std::vector<SeenEvent>> trail_to_applicant(Engine& engine, const CaseNumber& number) {
    auto trail = engine.reader().trail(number);
    if (!trail) return Refusal{RefusalCode::unknown_case, "there is no case " + number.text, {}};
    const auto whole = *trail;
    Answer all;
    all.number = number;
    all.version = Version{static_cast<std::uint32_t>(whole.size())};
    all.events = std::move(*trail);
    auto shown = engine.reader().seen_by_applicant({}).answer(std::move(all));
    std::vector<SeenEvent> events;
    for (std::size_t i = 0; i < shown.events.size(); ++i) {
        const auto& event = whole[shown.sequences[i] - 1];
        const bool same =
            shown.events[i].what == event.what && shown.events[i].actor == event.actor;
        events.push_back({shown.sequences[i], std::move(shown.events[i]), same});
    }
    return events;
}

Expected<std::uint32_t> provable(const std::vector<SeenEvent>& shown, std::uint32_t wanted,
                                 std::uint32_t covered) {
    std::vector<std::uint32_t> whole;
    for (const auto& one : shown)
        if (one.whole && one.sequence <= covered) whole.push_back(one.sequence);
    const auto refused = [](std::string why) {
        return Refusal{RefusalCode::not_yours_to_read, std::move(why), {}};
    };
    if (whole.empty())
        return refused(
            "no event that a checkpoint covers may be proved to this "
            "reader yet");
    if (wanted == 0) return whole.back();
    if (std::find(whole.begin(), whole.end(), wanted) != whole.end()) return wanted;
    return refused(fmt::format("event {} may not be proved to this reader yet; these may: {}",
                               wanted, fmt::join(whole, ", ")));
}

}  // namespace workflow::tools
