#pragma once

/// What outlives a unit of work: catalog, store, and what is remembered of it.

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

/// A case whose trail cannot be replayed: nothing was written, other cases are not concerned.
class BrokenCase : public StoreError {
public:
    using StoreError::StoreError;
};

/// One thread at a time decides, and one at a time uses the store.
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
    Digest staff_head{};        ///< hash of the last change of the organization taken over
    EarlierStaff earlier;       ///< what the organization was before
    std::string journal_fault;  ///< why the journal cannot be read: nothing is decided then
    std::mutex changing;        ///< held while `catalog` is replaced, or read from outside
    std::unique_ptr<Store> store;
    Engine::Options options;
    Vault vault;
    CaseCache cache;
    Numbering numbering;
    Hasher hasher;                    ///< of the store's chains, and for nothing else
    std::set<std::string> published;  ///< digests known to be in the store
    std::map<std::string, std::shared_ptr<const process::Process>> restored;  ///< by digest
    std::optional<Digest> draw_key;  ///< the store's own, once it is known
    int look_for_matters = 0;        ///< so many units look a matter up before they decide
    /// A unit of work was lost whose effects are in memory.
    std::atomic<bool> outdated = false;

    /// The process a case runs on: the catalog's, or the published revision. Throws BrokenCase when
    /// the store does not have it.
    std::shared_ptr<const process::Process> process_of(const ItemId& item, const Digest& digest);
    /// The case as the store has it; nullptr when there is none.
    LiveCase* live(const CaseNumber& number);
    /// Replays a case; throws BrokenCase when its trail cannot be replayed.
    LiveCase load(const CaseRow& row);
    /// The events of a case, whole as far as the vault's key opens them.
    Events events_of(const CaseNumber& number, CaseKey key);
    /// The catalog as it is now, whatever becomes of it meanwhile.
    Catalog current() {
        const std::lock_guard lock(changing);
        return catalog;
    }
    /// Takes over what the store's journal says, when it is not what is known.
    void read_journal();
    /// Throws BrokenCase where the journal cannot be read: nobody knows who may do what.
    void check_journal() const;
    void forget_everything();
};

}  // namespace workflow::shell
