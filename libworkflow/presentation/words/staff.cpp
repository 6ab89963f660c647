#include "staff.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "trail.hpp"

namespace workflow::presentation {

namespace {

std::string place(const HallId& hall, const std::string& section) {
    return section.empty() ? hall.text : hall.text + ", " + section;
}

struct ChangeInWords {
    const definition::Organization& organization;
    const std::string& language;

    std::string operator()(const OfficerJoined& e) const {
        return fmt::format("enters service as {} at {}", e.name, place(e.hall, e.section));
    }
    std::string operator()(const OfficerMoved& e) const {
        return "works at " + place(e.hall, e.section);
    }
    std::string operator()(const OfficerPosted& e) const {
        std::string posts;
        for (const auto& post : e.posts)
            posts += (posts.empty() ? "" : ", ") + post_name(organization, post, language);
        return posts.empty() ? "is on no post" : "is on the posts " + posts;
    }
    std::string operator()(const OfficerQualified& e) const {
        return e.items.empty() ? "is qualified for nothing"
                               : fmt::format("is qualified for {}", fmt::join(e.items, ", "));
    }
    std::string operator()(const OfficerAbsent& e) const {
        return fmt::format("is absent from {} to {}", to_string(e.from), to_string(e.to));
    }
    std::string operator()(const OfficerBack& e) const { return "is back on " + to_string(e.on); }
    std::string operator()(const OfficerLeft& e) const {
        return "is no longer in service from " + to_string(e.from);
    }
    std::string operator()(const OfficerSubstitutes& e) const {
        return fmt::format("stands in for {} from {} to {}",
                           officer_name(organization, e.colleague), to_string(e.from),
                           to_string(e.to));
    }
    std::string operator()(const OfficerWeighted& e) const {
        return fmt::format("has the weight {} in draws", e.weight);
    }
    std::string operator()(const OfficerSupervises& e) const {
        return e.supervisor ? "is a supervisor" : "is no supervisor any more";
    }
    std::string operator()(const OfficerSeated& e) const {
        return e.window.empty() ? "sits at no window" : "sits at the window " + e.window.text;
    }
    std::string operator()(const OfficerShifted& e) const {
        return e.shift.empty() ? "works in no shift" : "works in the shift " + e.shift.text;
    }
    std::string operator()(const OfficerKeyed& e) const {
        return e.key.empty() ? "signs with no key any more" : "signs with another key from now on";
    }
};

}  // namespace

std::string in_words(const StaffChange& change, const definition::Organization& organization,
                     const std::string& language) {
    return std::visit(ChangeInWords{organization, language}, change);
}

}  // namespace workflow::presentation
