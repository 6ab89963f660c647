#pragma once

/// Facade: halls, posts and officers as an application shows them.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// The organization of a catalog. A plain value, valid without the catalog.
struct OrganizationView {
    struct Window {
        WindowId id;
        Title title;
        std::vector<PostId> posts;  ///< that are served at the window
    };
    struct Hall {
        HallId id;
        Title title;
        std::vector<Window> windows;
    };
    struct Post {
        PostId id;
        Title title;
        std::vector<DutyId> duties;
        bool signed_acts = false;  ///< officers sign the acts that they do from the post
    };
    struct Mode {
        ModeId id;
        Title title;
        bool by_appointment = false;
    };
    /// An entry of a list that officers choose from.
    struct Choice {
        std::string id;
        Title title;
    };
    struct Officer {
        OfficerId id;
        std::string name;
        PersonId person;  ///< the human being, who may have several accounts
        HallId hall;
        std::string section;
        std::vector<PostId> posts;
        std::vector<std::string> qualified;           ///< items, `prefix.*` or `*`
        std::vector<std::pair<Date, Date>> absences;  ///< first and last day, both included
        std::optional<Date> left;  ///< the first day on which they are no longer in service
        bool supervisor = false;
        WindowId window;  ///< where they sit; empty: nowhere
        ShiftId shift;    ///< empty: none, every day
    };

    std::string id;
    Title title;
    std::vector<Hall> halls;
    std::vector<Post> posts;
    std::vector<Mode> modes;
    std::vector<Choice> recusal_grounds;   ///< for RecuseOfficer
    std::vector<Choice> reading_purposes;  ///< for ReadCase; empty: no purpose is required
    std::vector<Choice> unseal_grounds;    ///< for UnsealCase
    std::vector<Officer> officers;         ///< sorted by id
};

}  // namespace workflow::inline v0
