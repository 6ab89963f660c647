#pragma once

/// The contents of an event log for a case of the store, independent of the format.

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

/// The attributes of an event beside its activity, transition and time.
enum class Attribute : std::uint8_t {
    kind,      ///< the trail's name of the event, `task_completed`
    actor,     ///< officer, applicant or engine
    resource,  ///< the officer who acts, or who is affected
    role,      ///< the post from which they act
    group,     ///< their hall, or the hall that received the case
    task,
    outcome,
    detail,  ///< how it was handed over, the ground, the limit, the end
    due,
    statutory_due,
    promised_due,
    recorded,  ///< when it was entered, if that is not when it happened
    reason,
    operated_by,  ///< who ran the batch; `machine`: an account of the machine
    script,       ///< SHA-256 of the batch's script
    batch_rule,   ///< the rule that let the script do a separated task
    row,          ///< the row's key, which may identify anybody
    count
};
inline constexpr std::size_t attribute_count = static_cast<std::size_t>(Attribute::count);
std::string_view name_of(Attribute attribute);
/// Returns whether the attribute is written only together with personal data.
bool is_personal(Attribute attribute);

/// One event of the trail. Empty texts are absent attributes.
struct Entry {
    std::uint32_t sequence = 0;
    std::string activity;         ///< the step of a task; else the trail's name of the event
    std::string_view transition;  ///< by the standard model of XES' lifecycle extension
    Instant time;                 ///< when it happened, as claimed
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

/// Reads cases. Omits confidential data here, so that no format can write them. Not thread-safe.
class CaseReader {
public:
    /// `vault`: needed if personal data are requested and the store keeps them encrypted. Throws
    /// StoreError if it is needed and is not the store's.
    CaseReader(const Catalog& catalog, Store& store, bool personal,
               const std::optional<VaultKey>& vault);

    /// Throws StoreError if the trail cannot be read.
    CaseStory read(const CaseRow& row);

private:
    const process::Process* process_of(const CaseRow& row);
    std::optional<engine::Redaction> redaction_of(const CaseRow& row, const Events& events);

    const Catalog& catalog_;
    Store& store_;
    bool personal_;
    shell::Vault vault_;
    /// By definition; nullptr if the store does not have it, so that its fields are unknown.
    std::map<std::string, std::shared_ptr<const process::Process>> processes_;
};

/// Returns `text` with U+FFFD in place of what XML 1.0 or UTF-8 does not allow.
std::string plain(std::string_view text);

}  // namespace workflow::report
