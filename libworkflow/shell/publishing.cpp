#include "publishing.hpp"

#include <fmt/format.h>

#include "../crypto/digest.hpp"
#include "../engine/command_texts.hpp"
#include "../engine/nearby.hpp"
#include "../engine/request.hpp"
#include "../engine/staff.hpp"
#include "../trail/codec.hpp"
#include "catalog_access.hpp"
#include "journal_notes.hpp"

namespace workflow::shell {

namespace {

/// Returns a refusal if another text was published under the same number.
std::optional<Refusal> changed(const std::optional<Journal>& journal,
                               const process::Process& process) {
    if (!journal) return {};
    for (const auto& event : journal->events) {
        const auto* before = std::get_if<DefinitionPublished>(&event.what);
        if (!before || before->item != process.item || before->revision != process.revision ||
            before->definition == process.digest)
            continue;
        return Refusal{
            RefusalCode::changed_revision,
            fmt::format("revision {} of {} was published with the digest {}, and the definition "
                        "that is loaded has {}; give the changed item a higher `revision`",
                        process.revision, process.item.text, hex(before->definition),
                        hex(process.digest)),
            {}};
    }
    return {};
}

}  // namespace

Expected<std::optional<Answer>> publish(Transaction& unit, const process::Process& process,
                                        Event asked, const std::string& reason) {
    auto& context = unit.context();
    const std::string digest(view(process.digest));
    if (context.published.contains(digest)) return std::optional<Answer>();
    std::optional<Answer> answer;
    if (!unit.store().published(process.digest)) {
        if (auto refusal = changed(read_journal(unit.store()), process)) return std::move(*refusal);
        unit.store().publish(process.digest, compiled(context.catalog).bundle(process.item));
        asked.what = DefinitionPublished{process.item, process.revision, process.digest, reason};
        answer = note(unit, std::move(asked), compiled(context.catalog).organization().clock);
    }
    context.published.insert(digest);
    return answer;
}

Expected<Answer> publish(Transaction& unit, const ItemId& item, const Actor& actor,
                         const std::string& reason, const CommandKey& key) {
    if (auto refusal = engine::refuse_texts(actor, reason)) return std::move(*refusal);
    auto& context = unit.context();
    unit.begin();
    context.check_journal();
    Event asked;
    asked.actor = actor;
    // Includes the item and the reason, but not the revision, which may differ when it is repeated.
    asked.what = DefinitionPublished{item, 0, {}, reason};
    const auto request = engine::fingerprint(sha256(trail::encode(asked)));
    if (auto before = answered(unit, key, request)) return std::move(*before);
    const auto process = compiled(context.catalog).process(item);
    if (!process)
        return Refusal{RefusalCode::unknown_item,
                       fmt::format("the catalog has no item {}{}", item.text,
                                   engine::nearby(item.text, context.catalog.items(),
                                                  [](const ItemId& one) { return one.text; })),
                       {}};
    const auto& organization = compiled(context.catalog).organization();
    const auto* officer = organization.officer(actor.officer);
    const auto today =
        organization.clock_of(officer ? officer->hall : HallId()).day_of(context.options.clock());
    if (auto refusal = engine::refuse_supervision(organization, actor, today))
        return std::move(*refusal);
    if (reason.empty())
        return Refusal{RefusalCode::reason_required, "publishing a revision needs a reason", {}};
    asked.key = key;
    asked.request = request;
    auto published = publish(unit, *process, std::move(asked), reason);
    if (!published) return published.refusal();
    if (*published) return std::move(**published);
    return Refusal{RefusalCode::nothing_changed,
                   fmt::format("revision {} of {} is published", process->revision, item.text),
                   {}};
}

}  // namespace workflow::shell
