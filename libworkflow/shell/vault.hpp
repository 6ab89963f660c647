#pragma once

/// Personal data outside the trail. Each person's data are encrypted with a key of their own. The
/// store keeps that key encrypted with a key that it does not have (docs/formats/sealed.md). Not
/// thread-safe.

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

/// The store has a vault, and its key was not given or is wrong.
class LockedVault : public StoreError {
public:
    using StoreError::StoreError;
};

class Vault {
public:
    /// Keys, salts and nonces come from the system's generator, regardless of the source of draws.
    explicit Vault(std::optional<VaultKey> key)
        : key_(std::move(key)), entropy_(system_entropy()) {}

    /// Reads which vault the store has, and forgets what was known of it.
    void look(Store& store);
    /// Returns whether personal data are to be encrypted. Throws LockedVault.
    [[nodiscard]] bool sealing() const;
    /// Returns whether the store has a vault.
    [[nodiscard]] bool present() const { return own_ || !fault_.empty(); }
    /// Returns whether encrypted data can be decrypted.
    [[nodiscard]] bool unlocked() const { return own_.has_value(); }

    /// Returns why the key in the row cannot be decrypted; nothing if it can, or if it was erased.
    [[nodiscard]] std::optional<std::string> fault_of(const PersonKeyRow& row) const;

    /// The case of an event, and the persons whose data it may have.
    struct Owner {
        const process::Process& process;
        const CaseNumber& number;
        const PersonId& applicant;
    };
    /// Returns the bytes of the event for the trail, without personal data, which are added to
    /// `rows`.
    std::string seal(Store& store, const Owner& owner, std::uint32_t sequence, const Event& event,
                     std::vector<SealedRow>& rows);

    /// Returns a pseudonym for the person, the same in all of their cases until they are erased.
    PersonId alias(Store& store, const PersonId& person);
    /// Returns a fingerprint of a request from which nobody can find its contents by trying.
    std::uint64_t blinded(Store& store, std::string_view request);
    /// Returns the store's rows for a person: by the normalized id, and by the given spelling if
    /// the store has it from before ids were normalized. Throws LockedVault.
    std::vector<PersonKeyRow> find(Store& store, const PersonId& person);

    /// Encrypts every key with another one, and returns the number of persons. Once that is
    /// durable, `take` makes it the vault's key.
    std::uint64_t rekey(Store& store, const VaultKey& key);
    void take(const VaultKey& key) { key_ = key; }

private:
    friend class CaseOpener;
    struct PersonKey {
        std::int64_t id = 0;
        Digest key;
    };
    /// Returns the key from which tokens are derived, which is a row of the store; creates it at
    /// the first use.
    const Digest& own(Store& store);
    std::string token_of(Store& store, const PersonId& person);
    PersonKey key_of(Store& store, const PersonId& person);
    /// Returns nothing if the key was erased. Throws StoreError if there is no such row, or it
    /// cannot be decrypted.
    std::optional<Digest> key(Store& store, std::int64_t id);
    Digest unwrap(const PersonKeyRow& row) const;
    [[nodiscard]] Digest random() const { return fresh_secret(entropy_); }

    std::optional<VaultKey> key_;
    Entropy entropy_;
    std::optional<Digest> own_;
    std::string fault_;
    Hasher hasher_;  // SHA-256, regardless of the hash of the store's chains
    std::unordered_map<std::string, PersonKey> by_person_;
    std::unordered_map<std::int64_t, std::optional<Digest>> by_id_;
};

/// The encrypted data of an event are missing, or do not match the event's commitment.
class SealBroken : public StoreError {
public:
    SealBroken(const CaseNumber& number, std::uint32_t at, std::string_view what);
    std::uint32_t sequence;
    std::string why;
};

/// Decrypts the events of one case. Erased data read `(erased)`, and data without a key `(sealed)`.
class CaseOpener {
public:
    /// Refers to all of its arguments.
    CaseOpener(Vault& vault, Store& store, const CaseNumber& number, CaseKey key)
        : vault_(vault), store_(store), number_(number), key_(key) {}

    /// Throws SealBroken, StoreError.
    void operator()(Event& event, std::uint32_t sequence);
    /// Returns the encrypted rows of the case; reads them once.
    const std::vector<SealedRow>& rows();
    /// Returns whether data were erased in the events so far.
    [[nodiscard]] bool erased() const { return erased_; }

private:
    void open(Event& event, std::uint32_t sequence, std::int64_t person);
    Vault& vault_;
    Store& store_;
    const CaseNumber& number_;
    CaseKey key_;
    std::optional<std::vector<SealedRow>> rows_;  // set when first needed
    bool erased_ = false;
};

}  // namespace workflow::shell
