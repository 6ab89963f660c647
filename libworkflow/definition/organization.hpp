#pragma once

/// Halls, posts and officers: who may do what, where, and who is away.

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <workflow/values.hpp>

#include "../base/source.hpp"
#include "../calendar/working_days.hpp"

namespace workflow::definition {

struct Hall {
    HallId id;
    Title title;
    Mark mark;
};

struct Post {
    PostId id;
    Title title;
    std::vector<DutyId> duties;
    std::vector<PostId> not_with;  ///< nobody holds both
    Mark mark;
};

struct Officer {
    OfficerId id;
    std::string name;
    PersonId person;  ///< the human being; the officer's id when not given
    HallId hall;
    std::string section;
    std::vector<PostId> posts;
    std::vector<std::string> qualified;  ///< items, `prefix.*` or `*`; default `*`
    std::vector<DaySpan> absent;
    std::optional<Date> left;  ///< no longer in service from this day
    bool supervisor = false;
    Mark mark;
};

/// Immutable once loaded; shared by threads.
struct Organization {
    std::string id;
    Title title;
    UtcOffset offset;
    std::vector<Hall> halls;
    std::vector<Post> posts;
    std::vector<Officer> officers;  ///< sorted by id
    Digest digest;
    Mark mark;

    [[nodiscard]] const Officer* officer(const OfficerId& id) const;  ///< O(log n)
    [[nodiscard]] const Post* post(const PostId& id) const;
};

bool qualified_for(const Officer& officer, const ItemId& item);
bool absent_on(const Officer& officer, Date day);

}  // namespace workflow::definition
