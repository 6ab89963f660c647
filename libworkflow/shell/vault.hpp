#pragma once

/// Personal data apart from the trail: each person's under a key of his own, which the store keeps
/// under a key that it does not have (docs/formats/sealed.md). One thread at a time.

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <workflow/event.hpp>
#include <workflow/ports.hpp>
#include <workflow/vault.hpp>

#include "../crypto/cipher.hpp"
#include "../crypto/digest.hpp"
#include "../process/net.hpp"

namespace workflow::shell {

/// The store has a vault, and the key was not given or is not its key.
class LockedVault : public StoreError {
public:
    using StoreError::StoreError;
};

class Vault {
public:
    /// Keys, salts and nonces come from the system's generator, whatever draws come from.
    explicit Vault(std::optional<VaultKey> key)
        : key_(std::move(key)), entropy_(system_entropy()) {}

    /// Looks which vault the store has, and forgets what was known of it.
    void look(Store& store);
    /// Is what is personal to be sealed? Throws LockedVault.
    [[nodiscard]] bool sealing() const;
    /// Has the store a vault?
    [[nodiscard]] bool present() const { return own_ || !fault_.empty(); }
    /// Can what is sealed be opened?
    [[nodiscard]] bool unlocked() const { return own_.has_value(); }

    /// Why the key in the row does not open; nothing where it does, or was erased.
    [[nodiscard]] std::optional<std::string> fault_of(const PersonKeyRow& row) const;

    /// Of which case an event is, and whose.
    struct Owner {
        const process::Process& process;
        const CaseNumber& number;
        const PersonId& applicant;
    };
    /// The bytes of the event for the trail, without what is personal, which is added to `rows`.
    std::string seal(Store& store, const Owner& owner, std::uint32_t sequence, const Event& event,
                     std::vector<SealedRow>& rows);

    /// A name for the person that tells nothing, the same in all of his cases until he is erased.
    PersonId alias(Store& store, const PersonId& person);
    /// What a request is told apart by, where nobody may find out what it said by trying.
    std::uint64_t blinded(Store& store, std::string_view request);
    /// The store's rows for a person: by the id as ids are compared, and by its spelling, where the
    /// store has it from before ids were normalized. Throws LockedVault.
    std::vector<PersonKeyRow> find(Store& store, const PersonId& person);

    /// Puts every key under another one, and answers how many persons there are. Once that is
    /// durable, `take` makes it the key.
    std::uint64_t rekey(Store& store, const VaultKey& key);
    void take(const VaultKey& key) { key_ = key; }

private:
    friend class CaseOpener;
    struct PersonKey {
        std::int64_t id = 0;
        Digest key;
    };
    /// The key by which tokens are made, itself kept as a row of the store; made at the first use.
    const Digest& own(Store& store);
    std::string token_of(Store& store, const PersonId& person);
    PersonKey key_of(Store& store, const PersonId& person);
    /// Nothing: erased. Throws StoreError where there is no such row, or it cannot be unwrapped.
    std::optional<Digest> key(Store& store, std::int64_t id);
    Digest unwrap(const PersonKeyRow& row) const;
    [[nodiscard]] Digest random() const { return fresh_secret(entropy_); }

    std::optional<VaultKey> key_;
    Entropy entropy_;
    std::optional<Digest> own_;
    std::string fault_;
    Hasher hasher_;  // SHA-256, whatever the store's chains are computed by
    std::unordered_map<std::string, PersonKey> by_person_;
    std::unordered_map<std::int64_t, std::optional<Digest>> by_id_;
};

/// What is sealed of an event is gone, or is not what the event is committed to.
class SealBroken : public StoreError {
public:
    SealBroken(const CaseNumber& number, std::uint32_t at, std::string_view what);
    std::uint32_t sequence;
    std::string why;
};

/// Makes the events of one case whole again. What was erased reads `(erased)`, and `(sealed)` what
/// there is no key for.
class CaseOpener {
public:
    /// Refers to all of them.
    CaseOpener(Vault& vault, Store& store, const CaseNumber& number, CaseKey key)
        : vault_(vault), store_(store), number_(number), key_(key) {}

    /// Throws SealBroken, StoreError.
    void operator()(Event& event, std::uint32_t sequence);
    /// What is sealed of the case; read once.
    const std::vector<SealedRow>& rows();
    /// Was something erased, in the events so far?
    [[nodiscard]] bool erased() const { return erased_; }

private:
    void open(Event& event, std::uint32_t sequence, std::int64_t person);
    Vault& vault_;
    Store& store_;
    const CaseNumber& number_;
    CaseKey key_;
    std::optional<std::vector<SealedRow>> rows_;  // once they are needed
    bool erased_ = false;
};

}  // namespace workflow::shell
