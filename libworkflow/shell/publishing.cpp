// Revisions of items: each is published once, and its number stands for one text for good.

#include <fmt/format.h>

#include "../crypto/digest.hpp"
#include "../engine/command_texts.hpp"
#include "../engine/nearby.hpp"
#include "../engine/request.hpp"
#include "../engine/staff.hpp"
#include "../trail/codec.hpp"
#include "transaction.hpp"

namespace workflow::shell {

namespace {

/// A text that was published under the same number and is another one.
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

Expected<std::optional<Answer>> Transaction::publish(const process::Process& process, Event asked,
                                                     const std::string& reason) {
    const std::string digest(view(process.digest));
    if (context_.published.contains(digest)) return std::optional<Answer>();
    std::optional<Answer> answer;
    if (!store().published(process.digest)) {
        if (auto refusal = changed(read_journal(store()), process)) return std::move(*refusal);
        store().publish(process.digest, context_.catalog.bundle(process.item));
        asked.what = DefinitionPublished{process.item, process.revision, process.digest, reason};
        answer = note(std::move(asked), context_.catalog.organization().clock);
    }
    context_.published.insert(digest);
    return answer;
}

Expected<Answer> Transaction::publish(const ItemId& item, const Actor& actor,
                                      const std::string& reason, const CommandKey& key) {
    if (auto refusal = engine::refuse_texts(actor, reason)) return std::move(*refusal);
    begin();
    context_.check_journal();
    Event asked;
    asked.actor = actor;
    // Which item and why, and not which revision: that may be another one when it is repeated.
    asked.what = DefinitionPublished{item, 0, {}, reason};
    const auto request = engine::fingerprint(sha256(trail::encode(asked)));
    if (auto before = answered(key, request)) return std::move(*before);
    const auto process = context_.catalog.process(item);
    if (!process)
        return Refusal{RefusalCode::unknown_item,
                       fmt::format("the catalog has no item {}{}", item.text,
                                   engine::nearby(item.text, context_.catalog.items(),
                                                  [](const ItemId& one) { return one.text; })),
                       {}};
    const auto& organization = context_.catalog.organization();
    const auto* officer = organization.officer(actor.officer);
    const auto today =
        organization.clock_of(officer ? officer->hall : HallId()).day_of(context_.options.clock());
    if (auto refusal = engine::refuse_supervision(organization, actor, today))
        return std::move(*refusal);
    if (reason.empty())
        return Refusal{RefusalCode::reason_required, "a revision is published for a reason", {}};
    asked.key = key;
    asked.request = request;
    auto published = publish(*process, std::move(asked), reason);
    if (!published) return published.refusal();
    if (*published) return std::move(**published);
    return Refusal{RefusalCode::nothing_changed,
                   fmt::format("revision {} of {} is published", process->revision, item.text),
                   {}};
}

}  // namespace workflow::shell
