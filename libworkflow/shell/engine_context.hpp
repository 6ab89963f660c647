#pragma once

/// What outlives a transaction: catalog, store, and caches of the store.

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <workflow/engine.hpp>

#include "../crypto/digest.hpp"
#include "case_cache.hpp"
#include "journal.hpp"
#include "numbering.hpp"
#include "vault.hpp"

namespace workflow::shell {

/// A case whose trail cannot be replayed. Nothing was written; other cases are not affected.
class BrokenCase : public StoreError {
public:
    using StoreError::StoreError;
};

/// Returns the event of a record as it stands in the store. Throws BrokenCase, which names the case
/// and the event, if the bytes are not an event.
Event decode_event(const CaseNumber& number, const EventRecord& record);

/// One thread at a time decides, and one thread at a time uses the store.
struct EngineContext {
    EngineContext(Catalog c, std::unique_ptr<Store> s, Engine::Options o)
        : given(std::move(c)),
          catalog(given),
          store(std::move(s)),
          options(std::move(o)),
          vault(options.vault),
          cache(options.cached_cases),
          hasher(store->hashing()) {
        vault.look(*store);
        if (options.vault) (void)vault.sealing();
        read_journal();
    }

    const Catalog given;
    Catalog catalog;            ///< with the organization as the store's journal has changed it
    Digest journal_head{};      ///< hash of its last event
    Digest staff_head{};        ///< hash of the last adopted change of the organization
    EarlierStaff earlier;       ///< earlier states of the organization
    std::string journal_fault;  ///< why the journal cannot be read; then nothing is decided
    std::mutex changing;        ///< held while `catalog` is replaced, or read from another thread
    std::unique_ptr<Store> store;
    Engine::Options options;
    Vault vault;
    CaseCache cache;
    Numbering numbering;
    Hasher hasher;                    ///< for the store's chains only
    std::set<std::string> published;  ///< digests known to be in the store
    std::map<std::string, std::shared_ptr<const process::Process>> restored;  ///< by digest
    std::optional<Digest> draw_key;  ///< the store's own key, once it is known
    int look_for_matters =
        0;  ///< the number of transactions that look matters up before they decide
    /// True after a transaction was lost whose effects are in memory.
    std::atomic<bool> outdated = false;

    /// Returns the process that a case runs on: the catalog's, or the published revision. Throws
    /// BrokenCase if the store does not have it.
    std::shared_ptr<const process::Process> process_of(const ItemId& item, const Digest& digest);
    /// Returns the case as stored; nullptr if there is none.
    LiveCase* live(const CaseNumber& number);
    /// Replays a case. Throws BrokenCase if its trail cannot be replayed.
    LiveCase load(const CaseRow& row);
    /// Returns the events of a case, decrypted as far as the vault's key allows.
    Events events_of(const CaseNumber& number, CaseKey key);
    /// Returns a copy of the current catalog, which later changes do not affect.
    Catalog current() {
        const std::lock_guard lock(changing);
        return catalog;
    }
    /// Adopts the changes in the store's journal if they are not known yet.
    void read_journal();
    /// Throws BrokenCase if the journal cannot be read, since permissions are unknown then.
    void check_journal() const;
    void forget_everything();
};

}  // namespace workflow::shell
