#include "vault.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../base/identity.hpp"
#include "../engine/allocation/draw_word.hpp"
#include "../engine/request.hpp"
#include "../trail/codec.hpp"
#include "../trail/sealing.hpp"

namespace workflow::shell {

namespace {

/// Finds the row of the store's own key; tokens of persons are 32 bytes long.
constexpr std::string_view own_token = "store";
constexpr std::string_view locked_text = "(sealed)";
/// The number of persons whose keys are cached.
constexpr std::size_t known_keys = 10'000;

std::string context_of(const CaseNumber& number, std::uint32_t sequence) {
    return fmt::format("workflow sealed\n{}\n{}", number.text, sequence);
}

std::optional<Digest> as_secret(const std::optional<std::string>& bytes) {
    if (!bytes || bytes->size() != sizeof(Digest::bytes)) return {};
    Digest secret;
    std::copy(bytes->begin(), bytes->end(), secret.bytes.begin());
    return secret;
}

/// Encrypts a key with another one, bound to its row.
std::string wrap(const VaultKey& under, const Digest& random, const Digest& key,
                 std::string_view token) {
    return encrypt(under.cipher, under.secret, random, view(key), token);
}

StoreError own_key_gone() {
    return StoreError("the store's own key is gone from its vault: go back to a backup");
}

template <class Map>
void bound(Map& map) {
    if (map.size() >= known_keys) map.clear();
}

}  // namespace

void Vault::look(Store& store) {
    own_.reset();
    fault_.clear();
    by_person_.clear();
    by_id_.clear();
    const auto row = store.person(own_token);
    if (!row) return;
    if (!key_) {
        fault_ = "the store keeps personal data sealed, and the key of its vault was not given";
        return;
    }
    own_ = as_secret(decrypt(key_->secret, row->wrapped, row->token));
    if (!own_) fault_ = "the key is not that of the store's vault";
}

bool Vault::sealing() const {
    if (!fault_.empty()) throw LockedVault(fault_);
    return key_.has_value();
}

const Digest& Vault::own(Store& store) {
    if (!sealing()) throw StoreError("the store keeps no vault");
    if (!own_) {
        // A new key would match no known person, and its row could get an id that events name.
        if (store.has_sealed() || !store.persons(0, 1).empty()) throw own_key_gone();
        const auto made = random();
        store.put_person({0, std::string(own_token), wrap(*key_, random(), made, own_token)});
        own_ = made;
    }
    return *own_;
}

Digest Vault::unwrap(const PersonKeyRow& row) const {
    const auto key = as_secret(decrypt(key_->secret, row.wrapped, row.token));
    if (!key) throw StoreError(fmt::format("the key of person {} cannot be unwrapped", row.id));
    return *key;
}

std::string Vault::token_of(Store& store, const PersonId& person) {
    return std::string(view(hmac_sha256(own(store), "person\n" + person.text)));
}

std::optional<std::string> Vault::fault_of(const PersonKeyRow& row) const {
    if (row.wrapped.empty()) return {};
    try {
        static_cast<void>(unwrap(row));
        return {};
    } catch (const StoreError& error) {
        return error.what();
    }
}

Vault::PersonKey Vault::key_of(Store& store, const PersonId& person) {
    if (const auto known = by_person_.find(person.text); known != by_person_.end())
        return known->second;
    // A spelling that the store has keeps its key; a new person is stored by the normalized one.
    auto token = token_of(store, person);
    auto row = store.person(token);
    // An id that names a case contains a line feed, and stays as it is.
    const bool of_case = person.text.find('\n') != std::string::npos;
    if (const PersonId normal(normalized_person_id(person.text));
        !row && !of_case && normal != person) {
        token = token_of(store, normal);
        row = store.person(token);
    }
    PersonKey found;
    if (row) {
        found = {row->id, unwrap(*row)};
    } else {
        found.key = random();
        found.id = store.put_person({0, token, wrap(*key_, random(), found.key, token)});
    }
    bound(by_person_);
    return by_person_[person.text] = found;
}

std::optional<Digest> Vault::key(Store& store, std::int64_t id) {
    if (const auto known = by_id_.find(id); known != by_id_.end()) return known->second;
    const auto row = store.person(id);
    if (!row) throw StoreError(fmt::format("the key of person {} is gone", id));
    bound(by_id_);
    auto& key = by_id_[id];
    if (!row->wrapped.empty()) key = unwrap(*row);
    return key;
}

std::string Vault::seal(Store& store, const Owner& owner, std::uint32_t sequence,
                        const Event& event, std::vector<SealedRow>& rows) {
    if (!trail::may_be_personal(event)) return trail::encode(event);
    auto bare = event;
    const auto personal = [&](const FieldId& id) {
        const auto slot = owner.process.field(id);
        return !slot || owner.process.fields[*slot].personal;
    };
    auto taken = trail::take_out(bare, personal, [this] { return random(); });
    if (taken.empty()) return trail::encode(event);

    // If no person is named, the case has a key of its own.
    const auto person_of = [&](trail::Subject subject) {
        const auto* opened = std::get_if<CaseOpened>(&event.what);
        const auto& id = subject == trail::Subject::agent && opened && opened->agent
                             ? opened->agent->person
                             : owner.applicant;
        return id.empty() ? PersonId("case\n" + owner.number.text) : id;
    };
    struct Personal {
        PersonKey person;
        std::vector<trail::Opening> openings;
    };
    std::vector<Personal> all;
    for (auto& [opening, subject] : taken) {
        const auto person = key_of(store, person_of(subject));
        bare.sealed.push_back({opening.part, person.id, trail::commitment(hasher_, opening)});
        auto his = std::find_if(all.begin(), all.end(),
                                [&](const Personal& one) { return one.person.id == person.id; });
        if (his == all.end()) his = all.insert(his, {person, {}});
        his->openings.push_back(std::move(opening));
    }
    const auto context = context_of(owner.number, sequence);
    for (const auto& [person, openings] : all)
        rows.push_back(
            {sequence, person.id,
             encrypt(key_->cipher, person.key, random(), trail::encode(openings), context)});
    return trail::encode(bare);
}

PersonId Vault::alias(Store& store, const PersonId& person) {
    return engine::alias_of(key_of(store, person).id);
}

std::uint64_t Vault::blinded(Store& store, std::string_view request) {
    return engine::fingerprint(hmac_sha256(own(store), std::string("request\n").append(request)));
}

std::vector<PersonKeyRow> Vault::find(Store& store, const PersonId& person) {
    std::vector<PersonKeyRow> rows;
    if (!sealing() || !own_) return rows;
    auto entered = person;
    (void)normalize(TextKind::person, {}, entered.text);
    std::vector<PersonId> spellings{person, entered, PersonId(normalized_person_id(person.text))};
    std::sort(spellings.begin(), spellings.end());
    spellings.erase(std::unique(spellings.begin(), spellings.end()), spellings.end());
    for (const auto& spelling : spellings)
        if (auto row = store.person(token_of(store, spelling))) rows.push_back(std::move(*row));
    return rows;
}

std::uint64_t Vault::rekey(Store& store, const VaultKey& key) {
    (void)own(store);
    std::uint64_t count = 0;
    std::int64_t after = 0;
    while (true) {
        const auto rows = store.persons(after, 1000);
        if (rows.empty()) break;
        for (auto row : rows) {
            after = row.id;
            if (row.wrapped.empty()) continue;
            row.wrapped = wrap(key, random(), unwrap(row), row.token);
            store.put_person(row);
            ++count;
        }
    }
    return count - 1;  // the store's own key belongs to no person
}

void CaseOpener::operator()(Event& event, std::uint32_t sequence) {
    if (event.sealed.empty()) return;
    if (!vault_.unlocked()) {
        if (vault_.fault_.empty()) throw own_key_gone();
        for (const auto& sealed : event.sealed)
            trail::put_back(event, sealed.part, Value(std::string(locked_text)));
        return;
    }
    std::vector<std::int64_t> persons;
    for (const auto& sealed : event.sealed)
        if (std::find(persons.begin(), persons.end(), sealed.person) == persons.end())
            persons.push_back(sealed.person);
    try {
        for (const auto person : persons) open(event, sequence, person);
    } catch (const trail::CodecError& error) {
        throw SealBroken(number_, sequence, error.what());
    }
}

const std::vector<SealedRow>& CaseOpener::rows() {
    if (!rows_) rows_ = store_.sealed(key_);
    return *rows_;
}

void CaseOpener::open(Event& event, std::uint32_t sequence, std::int64_t person) {
    const auto row = std::find_if(rows().begin(), rows().end(), [&](const SealedRow& one) {
        return one.sequence == sequence && one.person == person;
    });
    if (row == rows().end()) throw SealBroken(number_, sequence, "its encrypted part is gone");
    const auto key = vault_.key(store_, person);
    if (!key) {
        for (const auto& sealed : event.sealed)
            if (sealed.person == person)
                trail::put_back(event, sealed.part, Value(std::string(trail::erased)));
        erased_ = true;
        return;
    }
    const auto plain = decrypt(*key, row->box, context_of(number_, sequence));
    if (!plain) throw SealBroken(number_, sequence, "its encrypted part does not open");
    auto openings = trail::decode_openings(*plain);
    auto opening = openings.begin();
    for (const auto& sealed : event.sealed) {
        if (sealed.person != person) continue;
        if (opening == openings.end() || opening->part != sealed.part ||
            trail::commitment(vault_.hasher_, *opening) != sealed.commitment)
            throw SealBroken(number_, sequence, "its encrypted part does not match its commitment");
        trail::put_back(event, sealed.part, std::move(opening->value));
        ++opening;
    }
    if (opening != openings.end())
        throw SealBroken(number_, sequence, "its encrypted part is more than it is committed to");
}

SealBroken::SealBroken(const CaseNumber& number, std::uint32_t at, std::string_view what)
    : StoreError(fmt::format("case {}, event {}: {}; run `trail verify`", number.text, at, what)),
      sequence(at),
      why(what) {}

}  // namespace workflow::shell
