#include "facts.hpp"

#include <workflow/rating.hpp>

#include "../crypto/cipher.hpp"
#include "../engine/worklist.hpp"
#include "catalog_access.hpp"

namespace workflow::shell {

namespace {

/// Returns the source of draws if no party has a secret: the store's own, created at its first use.
std::array<std::uint64_t, 4> own_draw_key(Transaction& unit, bool only_asked) {
    auto& context = unit.context();
    if (!context.draw_key) {
        auto& kept = unit.store();
        auto key = kept.draw_key();
        if (!key && only_asked) return {};
        if (!key) kept.put_draw_key(*(key = fresh_secret(context.options.entropy)));
        context.draw_key = key;
    }
    std::array<std::uint64_t, 4> words{};
    for (std::size_t i = 0; i < context.draw_key->bytes.size(); ++i)
        words[i / 8] |= std::uint64_t{context.draw_key->bytes[i]} << (8 * (i % 8));
    return words;
}

void tell_sealed(Transaction& unit, const LiveCase& live, engine::Facts& facts) {
    auto& vault = unit.context().vault;
    if (!vault.sealing()) return;
    (void)unit.store();  // to look up which persons the store knows
    facts.blinded = [&unit, &vault](std::string_view request) {
        return vault.blinded(unit.store(), request);
    };
    if (live.sealed)
        facts.alias = [&unit, &vault](const PersonId& person) {
            return vault.alias(unit.store(), person);
        };
}

}  // namespace

GatheredFacts gather_facts(Transaction& unit, const LiveCase& live, const Asking& asking) {
    auto& context = unit.context();
    const auto& catalog = context.catalog;
    GatheredFacts gathered;
    auto& facts = gathered.facts;
    facts.now = context.options.clock();
    facts.organization = &compiled(catalog).organization();
    if (!asking.opening) gathered.at_reception = context.earlier.at(live.state.filed);
    facts.at_reception = gathered.at_reception.get();
    facts.as_given = asking.as_given;
    facts.calendar = &compiled(catalog).calendar(*live.process);
    facts.in_turn = asking.in_turn;
    facts.late_entry = catalog.late_entry();
    facts.draw_shares = context.options.draw_shares;
    if (context.options.draw_shares.empty()) facts.entropy = own_draw_key(unit, asking.only_asked);
    if (asking.opening) {
        facts.number = live.state.number;
        facts.matter = [&unit](const Digest& matter) { return unit.matter_of(matter); };
    }
    facts.held = [&unit](const OfficerId& officer) { return unit.store().held(officer); };
    facts.reads = [&unit](const OfficerId& officer, Instant since) {
        return unit.store().reads(officer, since);
    };
    facts.last_turn = [&unit, &live](const StepId& step) {
        return unit.store().last_turn(engine::turns_at(*live.process, step));
    };
    if (const auto& secret = context.options.rating_secret)
        facts.rating_token = [&secret, number = live.state.number](TaskNumber task) {
            return rating_token(*secret, number, task);
        };
    tell_sealed(unit, live, facts);
    return gathered;
}

}  // namespace workflow::shell
