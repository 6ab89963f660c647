#include "request.hpp"

#include <bit>
#include <cstring>
#include <string_view>

namespace workflow::engine {

namespace {

/// Multiplies and folds, eight bytes at a time, little-endian. Protects against mistakes, not
/// against forgers, who would need the caller's keys.
class Mixer {
public:
    void add(std::uint64_t word) {
        const auto product = static_cast<unsigned __int128>(state_ ^ word) * 0x9e3779b97f4a7c15U;
        state_ = static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64) ^
                 std::rotl(word, 29);
    }
    void add(std::string_view text) {
        add(text.size());
        for (; text.size() >= 8; text.remove_prefix(8)) add(word(text));
        std::uint64_t rest = 0;
        for (std::size_t i = 0; i < text.size(); ++i)
            rest |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
        if (!text.empty()) add(rest);
    }
    template <class Kind>
    void add(const Id<Kind>& id) {
        add(std::string_view(id.text));
    }
    void add(const std::string& text) { add(std::string_view(text)); }
    [[nodiscard]] std::uint64_t result() const {
        auto mixed = state_;
        mixed ^= mixed >> 33;
        mixed *= 0xff51afd7ed558ccdU;
        mixed ^= mixed >> 33;
        return mixed == 0 ? 1 : mixed;
    }

private:
    /// Returns the first eight bytes.
    static std::uint64_t word(std::string_view text) {
        std::uint64_t bytes = 0;
        if constexpr (std::endian::native == std::endian::little) {
            std::memcpy(&bytes, text.data(), 8);
        } else {
            for (std::size_t i = 0; i < 8; ++i)
                bytes |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
        }
        return bytes;
    }
    std::uint64_t state_ = 0x243f6a8885a308d3U;
};

/// Writes the same parts as bytes: numbers as eight bytes, little-endian, texts as length and
/// bytes.
class Bytes {
public:
    void add(std::uint64_t word) {
        for (int i = 0; i < 8; ++i, word >>= 8) bytes_ += static_cast<char>(word & 0xff);
    }
    void add(std::string_view text) {
        add(text.size());
        bytes_ += text;
    }
    template <class Kind>
    void add(const Id<Kind>& id) {
        add(std::string_view(id.text));
    }
    void add(const std::string& text) { add(std::string_view(text)); }
    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

template <class Sink>
void mix(Sink& mixer, const Value& value);

template <class Sink>
void mix(Sink& mixer, const Decimal& number) {
    mixer.add(static_cast<std::uint64_t>(number.coefficient));
    mixer.add(static_cast<std::uint64_t>(number.coefficient >> 64));
    mixer.add(static_cast<std::uint64_t>(static_cast<std::int64_t>(number.exponent)));
    mixer.add(static_cast<std::uint64_t>(number.negative));
}

template <class Sink>
void mix(Sink& mixer, const TimeOfDay& time) {
    mixer.add(static_cast<std::uint64_t>(time.nanoseconds));
    mixer.add(time.zone ? static_cast<std::uint64_t>(time.zone->offset) + 1 : 0);
    if (time.zone && time.zone->name) mixer.add(*time.zone->name);
}

template <class Sink>
struct MixHeld {
    Sink& mixer;

    void operator()(std::monostate) const {}
    void operator()(bool truth) const { mixer.add(static_cast<std::uint64_t>(truth)); }
    void operator()(const Decimal& number) const { mix(mixer, number); }
    void operator()(const std::string& text) const { mixer.add(text); }
    void operator()(Date date) const { mixer.add(static_cast<std::uint64_t>(date.days)); }
    void operator()(const TimeOfDay& time) const { mix(mixer, time); }
    void operator()(const DateTime& moment) const {
        mixer.add(static_cast<std::uint64_t>(moment.date.days));
        mix(mixer, moment.time);
    }
    void operator()(DaysTimeDuration duration) const {
        mixer.add(static_cast<std::uint64_t>(duration.nanoseconds));
        mixer.add(static_cast<std::uint64_t>(duration.nanoseconds >> 64));
    }
    void operator()(YearsMonthsDuration duration) const {
        mixer.add(static_cast<std::uint64_t>(duration.months));
    }
    void operator()(const std::shared_ptr<const List>& list) const {
        mixer.add(list->size());
        for (const auto& element : *list) mix(mixer, element);
    }
    void operator()(const std::shared_ptr<const Context>& context) const {
        mixer.add(context->size());
        for (const auto& [name, entry] : *context) {
            mixer.add(name);
            mix(mixer, entry);
        }
    }
    void operator()(const std::shared_ptr<const feel::Function>&) const {}  // no field has one
    void operator()(const std::shared_ptr<const Range>& range) const {
        mix(mixer, range->low);
        mix(mixer, range->high);
        mixer.add(static_cast<std::uint64_t>(range->low_included) << 1 |
                  static_cast<std::uint64_t>(range->high_included));
    }
};

template <class Sink>
void mix(Sink& mixer, const Value& value) {
    mixer.add(value.held().index());
    std::visit(MixHeld<Sink>{mixer}, value.held());
}

template <class Sink>
void mix(Sink& mixer, const FieldValues& fields) {
    mixer.add(fields.size());
    for (const auto& [field, value] : fields) {
        mixer.add(field);
        mix(mixer, value);
    }
}

template <class Sink>
void mix(Sink& mixer, const std::vector<MaterialReceipt>& materials) {
    mixer.add(materials.size());
    for (const auto& receipt : materials) {
        mixer.add(receipt.material);
        mixer.add(static_cast<std::uint64_t>(receipt.form));
    }
}

template <class Sink>
struct MixAction {
    Sink& mixer;

    void operator()(const OpenCase& open) const {
        mixer.add(open.item);
        mixer.add(open.applicant.person);
        mixer.add(open.applicant.name);
        mixer.add(open.applicant.kind);
        mixer.add(open.channel);
        mixer.add(open.hall);
        mix(mixer, open.fields);
        mix(mixer, open.materials);
        // Absent parts are not mixed in, so that keys of old trails keep their fingerprints.
        if (!open.mode.empty()) mixer.add(open.mode);
        if (open.appointment) mixer.add(static_cast<std::uint64_t>(open.appointment->microseconds));
        if (open.agent) {
            mixer.add(open.agent->person);
            mixer.add(open.agent->name);
        }
        for (const auto& recusal : open.recusals) {
            mixer.add(recusal.officer);
            mixer.add(recusal.ground);
            mixer.add(recusal.reason);
        }
        if (!open.about.empty()) mixer.add(open.about);
    }
    void operator()(const ClaimTask& claim) const { mixer.add(number(claim.task)); }
    void operator()(const CompleteTask& complete) const {
        mixer.add(number(complete.task));
        mixer.add(complete.outcome);
        mixer.add(complete.reason);
        mix(mixer, complete.fields);
        mix(mixer, complete.materials);
    }
    void operator()(const DelegateTask& delegate) const {
        mixer.add(number(delegate.task));
        mixer.add(delegate.to);
        mixer.add(delegate.reason);
    }
    void operator()(const ReassignTask& reassign) const {
        mixer.add(number(reassign.task));
        mixer.add(reassign.to);
        mixer.add(reassign.reason);
    }
    void operator()(const ReturnTask& give_back) const {
        mixer.add(number(give_back.task));
        mixer.add(give_back.reason);
    }
    void operator()(const SupplyMaterials& supply) const {
        mix(mixer, supply.fields);
        mix(mixer, supply.materials);
        if (!supply.evidence.empty()) mixer.add(supply.evidence);
    }
    void operator()(const WithdrawCase& withdraw) const {
        mixer.add(withdraw.reason);
        if (!withdraw.evidence.empty()) mixer.add(withdraw.evidence);
    }
    void operator()(const UrgeCase& urge) const { mixer.add(urge.reason); }
    void operator()(const RateCase& rate) const {
        mixer.add(number(rate.task));
        mixer.add(rate.token);
        mixer.add(static_cast<std::uint64_t>(rate.grade));
        mixer.add(rate.comment);
    }
    void operator()(const SupplementRating& supplement) const {
        mixer.add(number(supplement.task));
        mixer.add(supplement.token);
        mixer.add(supplement.comment);
    }
    void operator()(const SetRatingAside& aside) const {
        mixer.add(number(aside.task));
        mixer.add(aside.reason);
    }
    void operator()(const UnsealCase& unseal) const {
        mixer.add(static_cast<std::uint64_t>(unseal.what));
        mixer.add(unseal.reason);
        if (!unseal.ground.empty()) mixer.add(unseal.ground);
    }
    void operator()(const DecideUnsealing& decide) const {
        mixer.add(decide.officer);
        mixer.add(static_cast<std::uint64_t>(decide.what));
        mixer.add(static_cast<std::uint64_t>(decide.granted));
        mixer.add(decide.reason);
    }
    void operator()(const RecuseOfficer& recuse) const {
        mixer.add(recuse.officer);
        mixer.add(recuse.ground);
        mixer.add(recuse.reason);
    }
    void operator()(const DecideRecusal& decide) const {
        mixer.add(decide.officer);
        mixer.add(static_cast<std::uint64_t>(decide.granted));
        mixer.add(decide.reason);
    }
    void operator()(const ResolveStranded& resolve) const {
        mixer.add(number(resolve.task));
        mixer.add(static_cast<std::uint64_t>(resolve.way));
        mixer.add(resolve.reason);
    }
    void operator()(const ReadCase& read) const { mixer.add(read.purpose); }
    void operator()(const AdvanceCase& advance) const {
        // A plain advance mixes in nothing, so that keys of old trails keep their fingerprints.
        if (advance.recount) mixer.add(std::uint64_t{1});
    }
};

template <class Sink>
void mix(Sink& mixer, const Command& command) {
    mixer.add(static_cast<std::uint64_t>(command.action.index()));
    std::visit(MixAction<Sink>{mixer}, command.action);
    mixer.add(static_cast<std::uint64_t>(command.actor.kind));
    mixer.add(command.actor.officer);
}

}  // namespace

std::uint64_t fingerprint(const Command& command) {
    Mixer mixer;
    mix(mixer, command);
    return mixer.result();
}

std::uint64_t fingerprint(const Digest& digest) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 8; ++i) word = word << 8 | digest.bytes[i];
    return word == 0 ? 1 : word;
}

std::string canonical(const Command& command) {
    Bytes bytes;
    mix(bytes, command);
    return bytes.take();
}

}  // namespace workflow::engine
