#include "tck_cases.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <pugixml.hpp>
#include <string_view>

#include "base/decimal.hpp"
#include "feel/expression.hpp"

namespace workflow::conformance {
namespace {

std::string_view local(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// A date, a time or a duration, as FEEL reads it.
Value temporal(const std::string& text) {
    std::vector<feel::Mistake> mistakes;
    return feel::compile("@\"" + text + "\"", {}, mistakes, {.wanted = {}, .lenient = true})
        .evaluate({}, feel::Moment{});
}

Value simple(pugi::xml_node node) {
    if (std::string_view(node.attribute("xsi:nil").value()) == "true") return {};
    const std::string text = node.text().get();
    const auto type = local(node.attribute("xsi:type").value());
    if (type == "boolean") return text == "true" || text == "1";
    if (type == "decimal" || type == "double" || type == "integer" || type == "int" ||
        type == "long" || type == "float") {
        const auto number = parse_decimal(text);
        return number ? Value(*number) : Value(text);
    }
    if (type == "date" || type == "time" || type == "dateTime" || type == "duration" ||
        type == "dayTimeDuration" || type == "yearMonthDuration") {
        auto value = temporal(text);
        return value.is_null() ? Value(text) : value;
    }
    if (!type.empty()) return text;
    // A value without a type is what it looks like.
    if (text == "true" || text == "false") return text == "true";
    const auto number = parse_decimal(text);
    return number ? Value(*number) : Value(text);
}

/// The value inside of an input, an item, a component or what is expected.
Value value(pugi::xml_node node) {
    if (std::string_view(node.attribute("xsi:nil").value()) == "true") return {};
    Context entries;
    bool components = false;
    for (const auto child : node.children()) {
        const auto name = local(child.name());
        if (name == "value") return simple(child);
        if (name == "list") {
            if (std::string_view(child.attribute("xsi:nil").value()) == "true") return {};
            List items;
            for (const auto item : child.children())
                if (local(item.name()) == "item") items.push_back(value(item));
            return items;
        }
        if (name != "component") continue;
        components = true;
        entries.emplace_back(child.attribute("name").value(), value(child));
    }
    return components ? Value(std::move(entries)) : Value();
}

TestCase read_case(pugi::xml_node node) {
    TestCase test;
    test.id = node.attribute("id").value();
    if (std::string_view(node.attribute("type").value()) == "decisionService")
        test.service = node.attribute("invocableName").value();
    for (const auto child : node.children()) {
        const auto name = local(child.name());
        if (name == "inputNode")
            test.inputs.push_back({child.attribute("namespace").value(),
                                   child.attribute("name").value(), value(child)});
        if (name != "resultNode") continue;
        Result result{child.attribute("namespace").value(), child.attribute("name").value(), {}};
        for (const auto inner : child.children())
            if (local(inner.name()) == "expected") result.expected = value(inner);
        test.results.push_back(std::move(result));
    }
    return test;
}

bool near(const Decimal& a, const Decimal& b) {
    return std::abs(std::strtod(to_string(a).c_str(), nullptr) -
                    std::strtod(to_string(b).c_str(), nullptr)) <= 1e-8 ||
           Value(a) == Value(b);
}

}  // namespace

std::optional<Suite> read_suite(const std::filesystem::path& file) {
    pugi::xml_document document;
    if (!document.load_file(file.c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single))
        return {};
    const auto root = document.document_element();
    if (local(root.name()) != "testCases") return {};
    Suite suite;
    for (const auto child : root.children()) {
        if (local(child.name()) == "modelName") suite.model = child.text().get();
        if (local(child.name()) == "testCase") suite.cases.push_back(read_case(child));
    }
    return suite;
}

bool same(const Value& got, const Value& expected) {
    const auto* number = got.as<Decimal>();
    const auto* wanted = expected.as<Decimal>();
    if (number && wanted) return near(*number, *wanted);
    const auto* items = got.as<List>();
    const auto* wanted_items = expected.as<List>();
    if (items && wanted_items)
        return std::equal(items->begin(), items->end(), wanted_items->begin(), wanted_items->end(),
                          same);
    const auto* entries = got.as<Context>();
    const auto* wanted_entries = expected.as<Context>();
    if (!entries || !wanted_entries) return got == expected;
    return entries->size() == wanted_entries->size() &&
           std::all_of(entries->begin(), entries->end(), [&](const auto& entry) {
               return std::any_of(
                   wanted_entries->begin(), wanted_entries->end(), [&](const auto& other) {
                       return entry.first == other.first && same(entry.second, other.second);
                   });
           });
}

}  // namespace workflow::conformance
