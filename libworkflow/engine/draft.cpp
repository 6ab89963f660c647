#include "draft.hpp"

#include "../base/decimal.hpp"
#include "../crypto/digest.hpp"
#include "allocation/draw.hpp"
#include "allocation/draw_word.hpp"
#include "matter.hpp"
#include "signing.hpp"

namespace workflow::engine {

Draft::Draft(const process::Process& net, const Case& before, const Command& asked,
             const Facts& world, std::uint64_t fingerprint)
    : process(net),
      c(before),
      command(asked),
      facts(world),
      request(fingerprint),
      happened(asked.happened.value_or(world.now)),
      offset(clock().offset_at(happened)),
      day(local_date(happened, offset)),
      last_task(before.last_task),
      keyed_on(before.version > 0 ? before.keyed_on : draw_day(world.now)),
      round(before.round) {
    events.reserve(4);  // enough for most commands
}

std::string Draft::matter_person() const {
    const bool opens = std::holds_alternative<OpenCase>(command.action);
    const auto& person = applicant();
    return engine::matter_person(facts.alias && !person.empty() ? facts.alias(person) : person,
                                 opens ? facts.number : c.number);
}

Draft::Lot Draft::draw_lot(const StepId& step) const {
    const auto message = message_of({keyed_on, process.item, matter_person(), step, round});
    if (facts.draw_shares.empty()) {
        Digest key;
        for (std::size_t i = 0; i < key.bytes.size(); ++i)
            key.bytes[i] = static_cast<std::uint8_t>(facts.entropy[i / 8] >> (8 * (i % 8)));
        return {hmac_sha256(key, message), {}};
    }
    std::vector<Digest> shares, fingerprints;
    for (const auto& share : facts.draw_shares) {
        shares.push_back(share.give(keyed_on, message));
        fingerprints.push_back(share.fingerprint(keyed_on));
    }
    return {seed_of(shares), keys_of(fingerprints)};
}

const PersonId& Draft::applicant() const {
    const auto* open = std::get_if<OpenCase>(&command.action);
    return open ? open->applicant.person : c.applicant;
}

bool Draft::by_proxy() const {
    const auto* open = std::get_if<OpenCase>(&command.action);
    return open ? open->agent.has_value() : c.by_proxy;
}

const HallId& Draft::hall() const {
    const auto* open = std::get_if<OpenCase>(&command.action);
    return open ? open->hall : c.hall;
}

const HallId& Draft::served_in() const {
    static const HallId every_hall;
    const auto* open = std::get_if<OpenCase>(&command.action);
    const auto* mode = open ? organization().mode(open->mode) : nullptr;
    const bool anywhere = open ? mode && mode->anywhere : c.anywhere;
    return anywhere ? every_hall : hall();
}

void Draft::sign(Event& event) const {
    event.actor = command.actor;
    event.post = post;
}

void Draft::mark_first() {
    if (events.empty()) return;
    events.front().key = command.key;
    events.front().request = request;
    if (command.batch) {
        auto origin = *command.batch;
        origin.rule = batch_rule;
        for (auto& event : events) event.batch.assign(1, origin);
    }
    if (!command.signature.empty()) keep_signature(organization(), command, events);
}

void Draft::set_moment(Instant moment) {
    happened = moment;
    offset = clock().offset_at(moment);
    day = local_date(moment, offset);
}

std::optional<Refusal> Draft::move(TransitionIndex first, Path& path) {
    return run(process, first, marking, left, path, fields(), moment(), [&](auto place) {
        const auto& share = *process.places[place].sample;
        auto& sample = samples.emplace_back();
        sample.step = process.step_at(place).id;
        sample.of = share.of;
        sample.in = share.in;
        const auto lot = draw_lot(sample.step);
        sample.entropy = word_of(lot.seed);
        sample.keys = lot.keys;
        sample.keyed_on = keyed_on;
        sample.round = round;
        sample.taken = pick(sample.entropy, share.in) < share.of;
        return sample.taken;
    });
}

Limit computed(const Draft& draft, Limit most, const feel::Expression& rule) {
    if (!rule) return most;
    const auto value = rule.evaluate(draft.fields(), draft.moment());
    const auto* given = value.as<Decimal>();
    const auto amount = given ? to_integer(*given) : std::nullopt;
    if (amount && *amount >= 1 && *amount <= most.amount)
        most.amount = static_cast<std::int32_t>(*amount);
    return most;
}

std::optional<Instant> moment_after(const Draft& draft, Limit limit) {
    switch (limit.unit) {
        case LimitUnit::workdays:
        case LimitUnit::days:
            return {};
        case LimitUnit::minutes:
            return Instant{draft.happened.microseconds + limit.amount * std::int64_t{60'000'000}};
        case LimitUnit::working_minutes:
            break;
    }
    // The reader rejects a week that is never open, so the moment exists.
    return draft.organization()
        .hours_of(draft.hall(), *draft.facts.calendar)
        .add(draft.happened, limit.amount)
        .value();
}

Date due_after(const Draft& draft, Limit limit) {
    if (const auto moment = moment_after(draft, limit)) return draft.clock().day_of(*moment);
    return due_day(*draft.facts.calendar, draft.day, limit).date;
}

}  // namespace workflow::engine
