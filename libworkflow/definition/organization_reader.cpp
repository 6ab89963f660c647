#include <algorithm>
#include <charconv>
#include <unordered_map>

#include <fmt/format.h>

#include "../base/identity.hpp"
#include "../base/zones.hpp"
#include "../crypto/digest.hpp"
#include "../crypto/public_key.hpp"
#include "item_parts.hpp"
#include "organization.hpp"

namespace workflow::definition {

namespace {

// One person may not perform two of these in one case, whatever a definition says.
const std::vector<std::string> always_separated{"intake", "review", "issue"};

/// Returns two members of the group that are among the duties, or no value.
std::optional<std::pair<std::string, std::string>> both_in(const std::vector<std::string>& group,
                                                           const std::vector<DutyId>& duties) {
    const std::string* first = nullptr;
    for (const std::string& member : group) {
        if (std::find(duties.begin(), duties.end(), DutyId(member)) == duties.end()) continue;
        if (first) return std::pair{*first, member};
        first = &member;
    }
    return std::nullopt;
}

std::optional<UtcOffset> parse_offset(std::string_view text) {
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
        return std::nullopt;
    int hours = 0, minutes = 0;
    const auto first = std::from_chars(text.data() + 1, text.data() + 3, hours);
    const auto second = std::from_chars(text.data() + 4, text.data() + 6, minutes);
    if (first.ptr != text.data() + 3 || second.ptr != text.data() + 6 || hours > 14 || minutes > 59)
        return std::nullopt;
    return UtcOffset{(text[0] == '-' ? -1 : 1) * (hours * 60 + minutes)};
}

/// Reads one organization. Names are resolved after all parts have been read.
class OrganizationReading {
public:
    OrganizationReading(const YamlNode& tree, DiagnosticSink& findings)
        : tree_(tree), findings_(findings) {}

    Organization read() {
        const Form form(tree_, "organization", findings_);
        if (const auto* id = form.require("organization")) {
            result_.id = read_id(*id, "the name of an organization", findings_).value_or("");
            result_.mark = id->mark;
        }
        if (const auto* title = form.require("title"))
            result_.title = read_title(*title, findings_).value_or(Title{});
        if (const auto clock = read_clock(form)) result_.clock = *clock;
        result_.hours = read_hours(form);
        if (const auto* halls = form.require("halls")) {
            for (const auto& entry : read_entries(*halls, "`halls`", findings_)) read_hall(entry);
        }
        if (const auto* posts = form.require("posts")) {
            for (const auto& entry : read_entries(*posts, "`posts`", findings_)) read_post(entry);
            for (const auto& [id, node] : not_with_) check_not_with(id, *node);
        }
        read_windows(windows_, result_, findings_);
        if (const auto* shifts = form.find("shifts"))
            result_.shifts = read_shifts(*shifts, findings_);
        if (const auto* modes = form.find("modes")) result_.modes = read_modes(*modes, findings_);
        if (const auto* draw = form.find("draw")) {
            result_.draw = read_draw_rules(*draw, findings_);
            if (const auto& post = result_.draw.stranded; !post.empty())
                known_post(post.text, draw->mark);
        }
        result_.recusal_grounds = read_recusal_grounds(form.find("recusal"), findings_);
        if (const auto* reading = form.find("reading"))
            result_.reading = read_reading(*reading, findings_);
        if (const auto* identity = form.find("identity"))
            result_.citizen_ids_checked = read_citizen_ids_checked(*identity, findings_);
        if (const auto* batch = form.find("batch"))
            result_.batch_rules = read_batch_rules(*batch, result_, findings_);
        if (const auto* unseal = form.find("unseal"))
            result_.unseal_grounds = read_unseal(*unseal, findings_);
        if (const auto* officers = form.require("officers")) {
            for (const auto& entry : read_entries(*officers, "`officers`", findings_))
                read_officer(entry);
        }
        const auto* staff = form.find("staff");
        result_.second_person =
            staff ? read_second_person(*staff, findings_) : count_supervisors(result_) >= 2;
        std::sort(result_.officers.begin(), result_.officers.end(),
                  [](const Officer& a, const Officer& b) { return a.id < b.id; });
        for (const auto& stand_in : stand_ins_) check_stand_in(stand_in);
        for (const auto& [officer, mark] : seats_)
            check_seat(result_, *result_.officer(officer), mark, findings_);
        return std::move(result_);
    }

private:
    /// Reads `zone`, or a fixed `utc_offset`.
    std::optional<LocalClock> read_clock(const Form& form) {
        const auto* zone = form.find("zone");
        const auto* offset = form.find("utc_offset");
        if (zone && offset)
            findings_.add("keys-exclude-each-other", form.key_mark("utc_offset"),
                          "`utc_offset` and `zone` exclude each other",
                          "delete `utc_offset`: the zone determines the offset of every day");
        if (zone) return read_zone(*zone);
        return offset ? read_offset(*offset) : std::nullopt;
    }

    /// Reads `hours` and `by appointment`.
    std::optional<WeekHours> read_hours(const Form& form) {
        const auto* open = form.find("hours");
        const auto* appointments = form.find("by appointment");
        if (!open) {
            if (appointments)
                findings_.add("idle-key", form.key_mark("by appointment"),
                              "`by appointment` is given without `hours`",
                              "add `hours` with the times that need no appointment");
            return {};
        }
        WeekHours week;
        if (const auto read = read_week(*open, "`hours`", findings_)) week.open = *read;
        if (!appointments) return week;
        if (const auto read = read_week(*appointments, "`by appointment`", findings_))
            week.by_appointment = *read;
        return week;
    }

    std::optional<LocalClock> read_zone(const YamlNode& node) {
        const auto name = read_text(node, "`zone`", findings_);
        if (!name) return {};
        const auto clock = LocalClock::in_zone(*name);
        if (!clock)
            findings_.add(
                "unknown-zone", node.mark,
                fmt::format("no time zone is named `{}`", shortened(*name)),
                findings_.full() ? std::string() : did_you_mean(nearest(*name, zone_names())));
        return clock;
    }

    std::optional<LocalClock> read_offset(const YamlNode& node) {
        const auto text = read_text(node, "`utc_offset`", findings_);
        if (!text) return {};
        const auto offset = parse_offset(*text);
        if (!offset) {
            findings_.add("bad-number", node.mark,
                          fmt::format("`{}` is not an offset from UTC", *text),
                          "write it as '+08:00'");
            return {};
        }
        return *offset;
    }

    void read_hall(const YamlNode::Entry& entry) {
        Hall hall;
        check_id(entry.key, entry.key_mark, "the name of a hall", findings_);
        hall.id = HallId(entry.key);
        hall.mark = entry.key_mark;
        const YamlNode* title = &entry.value;
        if (entry.value.kind != YamlNode::Kind::scalar) {
            const Form form(entry.value, "organization.hall", findings_);
            title = form.require("title");
            hall.clock = read_clock(form);
            hall.hours = read_hours(form);
            if (const auto* windows = form.find("windows"))
                windows_.emplace_back(result_.halls.size(), windows);
        }
        if (title) hall.title = read_title(*title, findings_).value_or(Title{});
        halls_.push_back(entry.key);
        result_.halls.push_back(std::move(hall));
    }

    void read_post(const YamlNode::Entry& entry) {
        Post post;
        check_id(entry.key, entry.key_mark, "the name of a post", findings_);
        post.id = PostId(entry.key);
        post.mark = entry.key_mark;
        post.title.en = entry.key;
        const Form form(entry.value, "organization.post", findings_);
        if (const auto* title = form.find("title"))
            post.title = read_title(*title, findings_).value_or(post.title);
        if (const auto* duties = form.require("duties")) {
            for (std::string& duty : read_texts_list(*duties, "`duties`", findings_)) {
                check_id(duty, entry_mark(*duties, duty), "the name of a duty", findings_);
                post.duties.emplace_back(std::move(duty));
            }
            if (duties->kind == YamlNode::Kind::sequence && duties->items.empty()) {
                findings_.add("nothing-listed", duties->mark, "a post must have at least one duty");
            }
            if (const auto both = both_in(always_separated, post.duties)) {
                findings_.add("duties-kept-apart", duties->mark,
                              fmt::format("the post `{}` has both `{}` and `{}`, which one person "
                                          "may not perform in one case",
                                          entry.key, both->first, both->second),
                              "split it into two posts");
            }
        }
        if (const auto* flag = form.find("signed"))
            post.signed_acts = read_boolean(*flag, "`signed`", findings_).value_or(false);
        if (const auto* others = form.find("not with")) not_with_.emplace_back(entry.key, others);
        posts_.push_back(entry.key);
        places_.emplace(entry.key, result_.posts.size());
        result_.posts.push_back(std::move(post));
    }

    void check_not_with(const std::string& id, const YamlNode& node) {
        for (const std::string& other : read_texts_list(node, "`not with`", findings_, true)) {
            if (other == id) {
                findings_.add("idle-key", entry_mark(node, other),
                              fmt::format("the post `{}` cannot exclude itself", id), "delete it");
            } else if (known_post(other, entry_mark(node, other))) {
                result_.posts[places_[id]].not_with.emplace_back(other);
            }
        }
    }

    bool known_post(const std::string& name, Mark mark) {
        if (places_.contains(name)) return true;
        findings_.add("unknown-post", mark, fmt::format("the organization has no post `{}`", name),
                      suggestion(name, posts_, findings_));
        return false;
    }

    void read_officer(const YamlNode::Entry& entry) {
        Officer officer;
        check_id(entry.key, entry.key_mark, "the name of an officer", findings_);
        officer.id = OfficerId(entry.key);
        officer.person = PersonId(entry.key);
        officer.mark = entry.key_mark;
        const Form form(entry.value, "organization.officer", findings_);
        if (const auto* name = form.require("name"))
            officer.name = read_text(*name, "`name`", findings_).value_or("");
        if (const auto* person = form.find("person")) read_person(*person, officer);
        if (const auto* section = form.find("section"))
            officer.section = read_text(*section, "`section`", findings_).value_or("");
        if (const auto* hall = form.require("hall")) {
            officer.hall = HallId(read_text(*hall, "`hall`", findings_).value_or(""));
            if (!officer.hall.empty() &&
                std::find(halls_.begin(), halls_.end(), officer.hall.text) == halls_.end()) {
                findings_.add("unknown-hall", hall->mark,
                              fmt::format("the organization has no hall `{}`", officer.hall.text),
                              suggestion(officer.hall.text, halls_, findings_));
            }
        }
        if (const auto* posts = form.require("posts")) read_posts(*posts, officer);
        officer.qualified = {"*"};
        if (const auto* qualified = form.find("qualified")) read_qualified(*qualified, officer);
        if (const auto* absent = form.find("absent")) {
            for (const YamlNode* one : read_list(*absent, "`absent`", findings_))
                read_absence(*one, officer);
        }
        if (const auto* substitutes = form.find("substitutes")) {
            for (const YamlNode* one : read_list(*substitutes, "`substitutes`", findings_))
                read_substitution(*one, officer);
        }
        if (const auto* left = form.find("left"))
            officer.left = read_date(*left, "`left`", findings_);
        if (const auto* flag = form.find("supervisor"))
            officer.supervisor = read_boolean(*flag, "`supervisor`", findings_).value_or(false);
        if (const auto* weight = form.find("weight"))
            officer.weight = static_cast<std::uint32_t>(
                read_whole(*weight, "`weight`", 1, most_weight, findings_).value_or(1));
        const auto* posts = form.find("posts");
        if (const auto* key = form.find("key"))
            read_key(*key, officer);
        else if (posts)
            check_keyed(officer, posts->mark);
        if (const auto* window = form.find("window")) {
            officer.window = WindowId(read_text(*window, "`window`", findings_).value_or(""));
            seats_.emplace_back(officer.id, window->mark);
        }
        if (const auto* shift = form.find("shift"))
            officer.shift = read_shift(*shift, result_, findings_);
        result_.officers.push_back(std::move(officer));
    }

    void read_person(const YamlNode& node, Officer& officer) {
        auto text = read_text(node, "`person`", findings_);
        if (!text) return;
        if (const auto refusal = normalize(TextKind::person, "the id", *text)) {
            findings_.add("bad-id", node.mark, refusal->message,
                          "write the id without this character");
            return;
        }
        if (result_.citizen_ids_checked && is_citizen_id(*text) && !has_valid_check_digit(*text))
            findings_.add("bad-id", node.mark,
                          fmt::format("the last digit of `{}` does not match the check digit "
                                      "computed from the others",
                                      *text),
                          "compare the id with the identity document");
        officer.person = PersonId(normalized_person_id(*text));
    }

    void read_key(const YamlNode& node, Officer& officer) {
        const auto text = read_text(node, "`key`", findings_);
        if (!text) return;
        const auto key = read_public_key(*text);
        if (key && key->name == officer.id.text) {
            officer.key = key->key;
            return;
        }
        findings_.add("bad-key", node.mark,
                      key ? fmt::format("the key belongs to `{}`, not to `{}`",
                                        shortened(key->name), officer.id.text)
                          : fmt::format("`{}` is not a public key", shortened(*text)),
                      fmt::format("run `workflow trail keygen --origin {}`, which makes a key pair "
                                  "and prints the public key",
                                  officer.id.text));
    }

    void check_keyed(const Officer& officer, Mark mark) {
        for (const PostId& id : officer.posts) {
            if (!result_.posts[places_[id.text]].signed_acts) continue;
            findings_.add(
                "no-key", mark,
                fmt::format("actions from the post `{}` must be signed, and `{}` has no `key`",
                            id.text, officer.id.text),
                "add a `key`: without it the officer cannot act from this post");
        }
    }

    void read_posts(const YamlNode& node, Officer& officer) {
        for (const std::string& name : read_texts_list(node, "`posts`", findings_)) {
            if (known_post(name, entry_mark(node, name))) officer.posts.emplace_back(name);
        }
        for (const PostId& one : officer.posts) {
            for (const PostId& other : result_.posts[places_[one.text]].not_with) {
                // The exclusion is symmetric; each pair is reported once.
                const auto& back = result_.posts[places_[other.text]].not_with;
                const bool said_twice = std::find(back.begin(), back.end(), one) != back.end();
                if (std::find(officer.posts.begin(), officer.posts.end(), other) ==
                        officer.posts.end() ||
                    (said_twice && other < one))
                    continue;
                auto& finding =
                    findings_.add("posts-kept-apart", node.mark,
                                  fmt::format("nobody may hold the posts `{}` and `{}` together",
                                              one.text, other.text),
                                  "give one of them to another officer");
                findings_.relate(finding, result_.posts[places_[one.text]].mark,
                                 "the post that excludes the other");
            }
        }
    }

    void read_qualified(const YamlNode& node, Officer& officer) {
        officer.qualified = read_texts_list(node, "`qualified`", findings_, true);
        for (const std::string& pattern : officer.qualified) {
            const std::string_view name =
                pattern.ends_with(".*") ? std::string_view(pattern).substr(0, pattern.size() - 2)
                                        : pattern;
            if (pattern == "*" || is_id(name)) continue;
            findings_.add("bad-id", entry_mark(node, pattern),
                          fmt::format("`{}` is not an item name or pattern", pattern),
                          "write an item's name, `prefix.*` or '*'");
        }
    }

    void read_absence(const YamlNode& node, Officer& officer) {
        const Form form(node, "organization.absence", findings_);
        if (const auto days = read_days(form, "the absence")) officer.absent.push_back(*days);
    }

    void read_substitution(const YamlNode& node, Officer& officer) {
        const Form form(node, "organization.substitution", findings_);
        const auto* colleague = form.require("for");
        const auto days = read_days(form, "the substitution");
        if (!colleague) return;
        const auto name = read_text(*colleague, "`for`", findings_);
        if (!name || !days) return;
        stand_ins_.push_back({officer.id, OfficerId(*name), colleague->mark});
        officer.substitutes.push_back({OfficerId(*name), *days});
    }

    struct StandIn {
        OfficerId officer, colleague;
        Mark mark;
    };

    void check_stand_in(const StandIn& stand_in) {
        const auto* colleague = result_.officer(stand_in.colleague);
        if (!colleague) {
            std::vector<std::string> known;
            for (const auto& officer : result_.officers) known.push_back(officer.id.text);
            findings_.add(
                "unknown-colleague", stand_in.mark,
                fmt::format("the organization has no officer `{}`", stand_in.colleague.text),
                suggestion(stand_in.colleague.text, known, findings_));
            return;
        }
        auto posts = result_.officer(stand_in.officer)->posts;
        posts.insert(posts.end(), colleague->posts.begin(), colleague->posts.end());
        if (const auto apart = posts_apart(result_, posts))
            findings_.add("posts-kept-apart", stand_in.mark,
                          fmt::format("with the posts of `{}`, `{}` would hold both `{}` and `{}`",
                                      colleague->id.text, stand_in.officer.text, apart->first.text,
                                      apart->second.text),
                          "name another substitute");
    }

    /// Reads `from` and `to`, both included.
    std::optional<DaySpan> read_days(const Form& form, std::string_view what) {
        const auto* from = form.require("from");
        const auto* to = form.require("to");
        const auto first = from ? read_date(*from, "`from`", findings_) : std::nullopt;
        const auto last = to ? read_date(*to, "`to`", findings_) : std::nullopt;
        if (!first || !last) return {};
        if (*last < *first)
            findings_.add("bad-absence", to->mark, fmt::format("{} ends before it begins", what));
        return DaySpan{*first, *last};
    }

    const YamlNode& tree_;
    DiagnosticSink& findings_;
    Organization result_;
    std::vector<std::string> halls_, posts_;
    std::unordered_map<std::string, std::size_t> places_;
    std::vector<std::pair<std::string, const YamlNode*>> not_with_;
    std::vector<StandIn> stand_ins_;
    std::vector<std::pair<std::size_t, const YamlNode*>> windows_;  // by hall
    std::vector<std::pair<OfficerId, Mark>> seats_;
};

}  // namespace

std::optional<Organization> read_organization(const YamlNode& tree, std::uint32_t source,
                                              const Sources& sources, DiagnosticSink& findings) {
    const std::size_t errors = findings.errors();
    Organization organization = OrganizationReading(tree, findings).read();
    if (findings.errors() != errors) return std::nullopt;
    organization.digest = sha256(sources.at(source).text());
    return organization;
}

void check_separation(const Item& item, const Organization& organization,
                      DiagnosticSink& findings) {
    for (const SeparatedGroup& group : item.separated) {
        for (const Post& post : organization.posts) {
            const auto both = both_in(group.members, post.duties);
            if (!both) continue;
            auto& finding = findings.add("duties-kept-apart", group.mark,
                                         fmt::format("`{}` and `{}` must be performed by different "
                                                     "persons, but the post `{}` has both",
                                                     both->first, both->second, post.id.text),
                                         "split it into two posts");
            findings.relate(finding, post.mark, "the post");
        }
    }
}

}  // namespace workflow::definition
