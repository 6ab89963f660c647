#include "sarif.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include <workflow/version.hpp>

#include "../../base/diagnostics.hpp"
#include "../../base/render.hpp"

namespace workflow::presentation {
namespace {

/// Returns a path as a relative reference (RFC 3986): escapes all but unreserved characters and
/// slashes.
std::string uri_of(const std::string& path) {
    std::string uri;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos)
            uri += c;
        else
            uri += fmt::format("%{:02X}", byte);
    }
    return uri;
}

Json location_of(const Span& span) {
    Json physical{{"artifactLocation", {{"uri", uri_of(span.file)}}}};
    if (span.line != 0)
        physical["region"] = {{"startLine", span.line},
                              {"startColumn", std::max(span.column, 1U)},
                              {"endLine", std::max(span.end_line, span.line)},
                              {"endColumn", std::max(span.end_column, 1U)}};
    return {{"physicalLocation", physical}};
}

Json rule_of(const std::string& code) {
    Json rule{{"id", code}};
    for (const auto& kind : finding_kinds()) {
        if (kind.code != code) continue;
        rule["name"] = kind.name;
        rule["shortDescription"] = {{"text", kind.meaning}};
    }
    return rule;
}

Json fix_of(const Diagnostic& finding) {
    const auto physical = location_of(finding.span).at("physicalLocation");
    const Json replacement{{"deletedRegion", physical.at("region")},
                           {"insertedContent", {{"text", *finding.replacement}}}};
    return {{"description", {{"text", finding.hint}}},
            {"artifactChanges", Json::array({{{"artifactLocation", physical.at("artifactLocation")},
                                              {"replacements", Json::array({replacement})}}})}};
}

}  // namespace

Json sarif_of(const std::vector<Diagnostic>& findings) {
    std::map<std::string, std::size_t> index;
    for (const auto& finding : findings) index.emplace(finding.code, 0);
    Json rules = Json::array();
    for (auto& [code, number] : index) {
        number = rules.size();
        rules.push_back(rule_of(code));
    }
    Json results = Json::array();
    for (const auto& finding : findings) {
        Json result{{"ruleId", finding.code},
                    {"ruleIndex", index.at(finding.code)},
                    {"level", word_of(finding.severity)},
                    {"message",
                     {{"text", finding.hint.empty() ? finding.message
                                                    : finding.message + "\n" + finding.hint}}},
                    {"locations", Json::array({location_of(finding.span)})}};
        for (const auto& related : finding.related) {
            auto location = location_of(related.span);
            location["message"] = {{"text", related.message}};
            result["relatedLocations"].push_back(std::move(location));
        }
        if (finding.replacement) result["fixes"] = Json::array({fix_of(finding)});
        results.push_back(std::move(result));
    }
    const Json driver{{"name", "workflow"}, {"version", version()}, {"rules", rules}};
    return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
            {"version", "2.1.0"},
            {"runs", Json::array({{{"tool", {{"driver", driver}}},
                                   {"columnKind", "unicodeCodePoints"},
                                   {"results", results}}})}};
}

}  // namespace workflow::presentation
