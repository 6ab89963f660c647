#include "draft.hpp"

#include "../base/decimal.hpp"
#include "allot/draw.hpp"
#include "allot/draw_word.hpp"
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
      last_task(before.last_task) {
    events.reserve(4);  // what most commands bring about
}

Draft::Lot Draft::draw_lot(const PersonId& person, const StepId& step, TaskNumber task,
                           std::span<const OfficerId> candidates,
                           std::span<const std::uint32_t> weights) {
    if (!facts.draw_shares.empty()) {
        const auto date = draw_day(facts.now);
        const auto message = message_of(
            {date, process.item, facts.alias && !person.empty() ? facts.alias(person) : person,
             step, task, candidates, weights});
        std::vector<Digest> shares, fingerprints;
        for (const auto& share : facts.draw_shares) {
            shares.push_back(share.give(date, message));
            fingerprints.push_back(share.fingerprint(date));
        }
        return {word_of(shares), keys_of(fingerprints)};
    }
    const auto& words = facts.entropy;
    const auto turn = draws++;
    if (turn < words.size()) return {words[turn], {}};
    // More draws than words: stretch them (splitmix64), so that no two draws share one.
    auto word = words[turn % words.size()] + turn * 0x9e3779b97f4a7c15U;
    word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9U;
    word = (word ^ word >> 27) * 0x94d049bb133111ebU;
    return {word ^ word >> 31, {}};
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
        const auto lot = draw_lot(applicant(), sample.step, TaskNumber{}, {}, {});
        sample.entropy = lot.word;
        sample.keys = lot.keys;
        sample.taken = pick(lot.word, share.in) < share.of;
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
    // A week that is never open is refused when it is read, so the time does come.
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
