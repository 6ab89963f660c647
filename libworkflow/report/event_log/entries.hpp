#pragma once

/// A case of the store as an event log tells it, before any format.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <workflow/catalog.hpp>
#include <workflow/event.hpp>
#include <workflow/event_log.hpp>
#include <workflow/ports.hpp>

#include "../../engine/visibility.hpp"
#include "../../process/net.hpp"
#include "../../shell/vault.hpp"

namespace workflow::report {

/// What an event may say beside its activity, transition and time.
enum class Attribute : std::uint8_t {
    kind,      ///< the trail's name of it, `task_completed`
    actor,     ///< officer, applicant or engine
    resource,  ///< the officer who acts or whom it concerns
    role,      ///< the post that he acts from
    group,     ///< his hall, or the one that received the case
    task,
    outcome,
    detail,  ///< how it was handed over, the ground, the limit, the end
    due,
    statutory_due,
    promised_due,
    recorded,  ///< when it was entered, where that is not when it happened
    reason,
    operated_by,  ///< who ran the batch that brought it; `machine`: an account of the machine
    script,       ///< SHA-256 of the batch's script
    batch_rule,   ///< that let the script perform what is kept apart
    row,          ///< the row's key, which may name anybody
    count
};
inline constexpr std::size_t attribute_count = static_cast<std::size_t>(Attribute::count);
std::string_view name_of(Attribute attribute);
/// Is it told only where personal data are?
bool is_personal(Attribute attribute);

/// One event of the trail. Empty texts: it does not say.
struct Entry {
    std::uint32_t sequence = 0;
    std::string activity;         ///< the step of a task; else the trail's name of the event
    std::string_view transition;  ///< by the standard model of XES' lifecycle extension
    Instant time;                 ///< when it is said to have happened
    std::array<std::string, attribute_count> attributes;
    std::vector<std::pair<std::string, Value>> fields;
    std::vector<MaterialReceipt> materials;

    std::string& operator[](Attribute attribute) {
        return attributes[static_cast<std::size_t>(attribute)];
    }
    const std::string& operator[](Attribute attribute) const {
        return attributes[static_cast<std::size_t>(attribute)];
    }
};

struct CaseStory {
    CaseNumber number;
    std::vector<std::pair<std::string, std::string>> attributes;  ///< `item`, `status` ...
    Instant opened;
    std::vector<Entry> entries;
};

/// Reads cases. What must not be told is left out here, so that no format can tell it. Not
/// thread-safe.
class CaseReader {
public:
    /// `vault`: where personal data are told and the store keeps them sealed. Throws StoreError
    /// where it is needed and is not the store's.
    CaseReader(const Catalog& catalog, Store& store, bool personal,
               const std::optional<VaultKey>& vault);

    /// Throws StoreError when the trail cannot be read.
    CaseStory read(const CaseRow& row);

private:
    const process::Process* process_of(const CaseRow& row);
    std::optional<engine::Redaction> redaction_of(const CaseRow& row, const Events& events);

    const Catalog& catalog_;
    Store& store_;
    bool personal_;
    shell::Vault vault_;
    /// By definition; nullptr where the store does not have it: nothing is known of its fields.
    std::map<std::string, std::shared_ptr<const process::Process>> processes_;
};

/// `text` without what neither XML 1.0 nor UTF-8 allows: U+FFFD stands in its place.
std::string plain(std::string_view text);

}  // namespace workflow::report
