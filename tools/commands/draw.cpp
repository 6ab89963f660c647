// `draw keygen`, `draw publish`, `draw reveal` and `draw verify`: draws that can be proved.

#include <algorithm>
#include <map>
#include <ostream>

#include <fmt/format.h>

#include "../cli_context.hpp"
#include "../draw_files.hpp"
#include "../outputs.hpp"
#include "../paint.hpp"
#include "commands.hpp"
#include "crypto/digest.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"

namespace workflow::tools {

using presentation::Json;
using presentation::JsonRows;
using presentation::Table;

namespace {

const Option secret_option{.name = "secret", .value = "FILE", .meaning = "the party's secret"};
const Option party_option{.name = "out",
                          .value = "FILE",
                          .meaning = "the party's public file; new lines are added to it",
                          .output = true};

Date day_given(const Arguments& arguments, const std::string& name) {
    const auto day = parse_date(arguments.needed(name, "2026-03-02"));
    if (!day) throw UsageError("--" + name + " takes a day", "write it 2026-03-02");
    return *day;
}

Date today(const Streams& streams) {
    return local_date(streams.clock ? streams.clock() : system_clock()(), UtcOffset{0});
}

int run_draw_keygen(const Arguments& arguments, Streams& streams) {
    const auto path = arguments.needed("out", "FILE");
    const auto party = arguments.needed("party", "NAME");
    if (party.find('\n') != std::string::npos) throw UsageError("a party's name is one line");
    write_draw_secret(path, {party, DrawSecret(fresh_secret())});
    if (!arguments.quiet())
        streams.err << fmt::format(
            "{} contains the secret of {}; keep a copy where only they "
            "have access\n",
            path, party);
    return exit_done;
}

/// The party's public file, to which lines may be added. Checked before it is read.
std::string public_file(const Arguments& arguments) {
    auto path = arguments.needed("out", "FILE");
    auto rules = output_rules(arguments, "out");
    rules.may_replace = Content::party;
    (void)checked_output(path, rules);
    return path;
}

int run_publish(const Arguments& arguments, Streams& streams) {
    const auto file = read_draw_secret(arguments.needed("secret", "FILE"));
    const Date from = day_given(arguments, "from");
    if (from < today(streams))
        throw UsageError("a fingerprint must be published before its day",
                         "use --from " + to_string(today(streams)));
    const auto days = arguments.whole("days", 1, 3660);
    std::vector<std::string> lines;
    for (std::int64_t i = 0; i < days; ++i) {
        const Date day{from.days + i};
        lines.push_back(fmt::format("{} fingerprint {}", to_string(day),
                                    hex(fingerprint_of(file.secret.key_of(day)))));
    }
    append_draw_party(public_file(arguments), file.party, lines);
    return exit_done;
}

/// The days whose keys open cases use: anyone who knew the key could predict who is drawn next.
std::map<Date, std::size_t> days_in_use(const Arguments& arguments, Streams& streams) {
    std::map<Date, std::size_t> days;
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    CaseFilter filter;
    filter.status = "open";
    while (true) {
        const auto cases = engine->reader().cases(filter);
        if (cases.empty()) return days;
        for (const auto& one : cases)
            if (const auto trail = engine->reader().trail(one.number))
                for (const auto day : keyed_days(*trail)) ++days[day];
        filter.after = cases.back().key;
    }
}

int run_reveal(const Arguments& arguments, Streams& streams) {
    const auto file = read_draw_secret(arguments.needed("secret", "FILE"));
    if (!arguments.has("store"))
        throw UsageError("the open cases are not known",
                         "give --store FILE: the key of a day is revealed when every case keyed on "
                         "it has ended");
    const auto path = public_file(arguments);
    const auto party = read_draw_party(path);
    const auto in_use = days_in_use(arguments, streams);
    std::vector<std::string> lines;
    for (const auto& [day, fingerprint] : party.fingerprints) {
        if (day >= today(streams) || party.keys.contains(day)) continue;
        if (const auto held = in_use.find(day); held != in_use.end()) {
            streams.err << fmt::format("the key of {} is held back: {} open case{} use{} it\n",
                                       to_string(day), held->second, held->second == 1 ? "" : "s",
                                       held->second == 1 ? "s" : "");
            continue;
        }
        const auto key = file.secret.key_of(day);
        if (fingerprint_of(key) != fingerprint)
            throw WorldError(fmt::format("the fingerprint of {} in {} is not of this secret",
                                         to_string(day), path));
        lines.push_back(fmt::format("{} key {}", to_string(day), hex(key)));
    }
    append_draw_party(path, file.party, lines);
    if (!arguments.quiet())
        streams.err << fmt::format("{} keys of past days were added to {}\n", lines.size(), path);
    return exit_done;
}

/// Whether the case has ended with a decision. Of others the verdicts are told, not the officers:
/// an open case's reviewer is nobody's to know, nor that of one that can be filed again.
bool names_reviewers(const Events& trail) {
    return std::any_of(trail.begin(), trail.end(), [](const Event& event) {
        const auto* ended = std::get_if<CaseEnded>(&event.what);
        return ended && (ended->end == EndKind::granted || ended->end == EndKind::refused ||
                         ended->end == EndKind::answered);
    });
}

class Verifying {
public:
    Verifying(const Arguments& arguments, Streams& streams)
        : arguments_(arguments),
          rows_(streams.out),
          table_(
              streams.out, paint_of(arguments, streams, streams.out_terminal),
              {{"case"}, {"", true}, {"drawn"}, {"of", true}, {"verdict"}, {"why"}, {"narrowed"}}) {
        if (!arguments.has("party") && !arguments.has("secret"))
            throw UsageError("no party is named", "give --party FILE for each of them");
        for (const auto& path : arguments.all("party")) parties_.push_back(read_draw_party(path));
        for (const auto& path : arguments.all("secret")) secrets_.push_back(read_draw_secret(path));
        for (const auto& secret : secrets_)
            if (arguments.has("party") && !party_of(secret.party))
                throw UsageError("no --party file is of " + secret.party,
                                 "give the public file for each secret, or only secrets");
    }

    void add(const CaseNumber& number, const Events& trail) {
        know_keys(trail);
        const bool named = names_reviewers(trail);
        for (auto& check : check_draws(trail, parties_)) {
            if (!named && !check.officer.empty()) {
                if (check.why.find(check.officer.text) != std::string::npos)
                    check.why = "see `workflow trail`";
                check.officer = OfficerId("(withheld)");
            }
            // Who was left out narrows down who was drawn.
            if (!named && !check.narrowed.empty()) check.narrowed = {"(withheld)"};
            broken_ = broken_ || check.verdict == DrawCheck::Verdict::broken;
            const std::string verdict(to_string(check.verdict));
            if (arguments_.json())
                rows_.add(Json{{"case", number.text},
                               {"sequence", check.sequence},
                               {"task", static_cast<std::uint32_t>(check.task)},
                               {"officer", check.officer.text},
                               {"candidates", check.candidates},
                               {"verdict", verdict},
                               {"why", check.why},
                               {"narrowed", check.narrowed},
                               {"widened", check.widened}});
            else
                table_.add({number.text, std::to_string(check.sequence), check.officer.text,
                            std::to_string(check.candidates), verdict, check.why,
                            narrowing_of(check)});
        }
    }
    int close() {
        if (arguments_.json())
            rows_.close();
        else
            table_.flush();
        return broken_ ? exit_found : exit_done;
    }

private:
    static std::string narrowing_of(const DrawCheck& check) {
        auto text = fmt::format("{}", fmt::join(check.narrowed, "; "));
        for (const auto& way : check.widened)
            text += fmt::format("{}widened: {}", text.empty() ? "" : "; ", way);
        return text;
    }

    DrawParty* party_of(const std::string& name) {
        for (auto& party : parties_)
            if (party.name == name) return &party;
        return nullptr;
    }
    /// Who holds the secrets knows the keys before they are published. What was promised stays what
    /// it is where a public file says so.
    void know_keys(const Events& trail) {
        for (const auto& [name, secret] : secrets_) {
            auto* party = party_of(name);
            if (!party) party = &parties_.emplace_back(DrawParty{name, {}, {}});
            for (const auto day : keyed_days(trail)) {
                party->keys.emplace(day, secret.key_of(day));
                if (!arguments_.has("party"))
                    party->fingerprints.emplace(day, fingerprint_of(secret.key_of(day)));
            }
        }
    }

    const Arguments& arguments_;
    JsonRows rows_;
    Table table_;
    std::vector<DrawParty> parties_;
    std::vector<DrawSecretFile> secrets_;
    bool broken_ = false;
};

int run_verify(const Arguments& arguments, Streams& streams) {
    Verifying verifying(arguments, streams);
    const auto engine = open_engine(arguments, streams, StoreNeed::reading);
    if (!arguments.operands().empty()) {
        const CaseNumber number(arguments.operands().front());
        const auto trail = engine->reader().trail(number);
        if (!trail)
            return report(
                arguments, streams,
                Refusal{RefusalCode::unknown_case, "there is no case " + number.text, {}});
        verifying.add(number, *trail);
        return verifying.close();
    }
    CaseFilter filter;
    while (true) {
        const auto cases = engine->reader().cases(filter);
        if (cases.empty()) return verifying.close();
        for (const auto& one : cases)
            if (const auto trail = engine->reader().trail(one.number))
                verifying.add(one.number, *trail);
        filter.after = cases.back().key;
    }
}

}  // namespace

Subcommand draw_keygen_command() {
    return {.name = "draw keygen",
            .summary = "Creates a party's secret for provable draws.",
            .options = {{.name = "party", .value = "NAME", .meaning = "the name of the party"},
                        {.name = "out",
                         .value = "FILE",
                         .meaning = "the file to create; must not exist",
                         .output = true}},
            .examples = {"workflow draw keygen --party oversight --out oversight.secret"},
            .note = "Each party should create its own secret, on its own machine.",
            .run = run_draw_keygen};
}

Subcommand draw_publish_command() {
    return {.name = "draw publish",
            .summary =
                "Adds the fingerprints of a party's keys for future days to its public "
                "file.",
            .options =
                {secret_option,
                 party_option,
                 {.name = "from", .value = "DAY", .meaning = "the first day, in UTC"},
                 {.name = "days", .value = "N", .meaning = "the number of days", .initial = "366"}},
            .examples = {"workflow draw publish --secret oversight.secret --out oversight.draws "
                         "--from 2027-01-01"},
            .note =
                "Publish the file before the first of these days, where everybody can keep a "
                "copy: a published key cannot be replaced afterwards.",
            .run = run_publish};
}

Subcommand draw_reveal_command() {
    std::vector<Option> options = store_options();
    options.push_back(secret_option);
    options.push_back(party_option);
    return {.name = "draw reveal",
            .summary =
                "Adds a party's keys to its public file, for days whose cases have all "
                "ended.",
            .options = std::move(options),
            .examples = {"workflow draw reveal --secret oversight.secret --out oversight.draws \\\n"
                         "      --store hall.db"},
            .note =
                "Never reveals the key of a day that is not over in UTC, or of a day whose key "
                "open cases use; it reports how many there are. Until then, those who have the "
                "secrets can check with `draw verify --secret`.",
            .run = run_reveal};
}

Subcommand draw_verify_command() {
    std::vector<Option> options = store_options();
    options.push_back({.name = "party",
                       .value = "FILE",
                       .meaning = "the public file of a party; needed for each party",
                       .many = true});
    options.push_back({.name = "secret",
                       .value = "FILE",
                       .meaning = "a party's secret: also checks open cases, for an overseer",
                       .many = true});
    return {
        .name = "draw verify",
        .summary =
            "Repeats draws from the trail and the public files of the parties, and "
            "compares the results.",
        .operands = {{"CASE", "the case's number; without it, all cases", true, false}},
        .options = std::move(options),
        .formats = {"human", "json"},
        .examples = {"workflow draw verify --party bureau.draws --party oversight.draws "
                     "--store hall.db"},
        .note =
            "Verdicts: proven, same_officer (back to the officer who had the step before), "
            "in_turn, nobody, held_back (too few were left), not_revealed, broken. `narrowed` "
            "names who was left out, and by whose act. Exits 1 if a draw is broken. Officers are "
            "named once a case has ended with a decision.",
        .run = run_verify};
}

}  // namespace workflow::tools
