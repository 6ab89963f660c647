#pragma once

/// Definitions with one thing wrong, as an author's hand may leave them: a step or an outcome
/// missing or doubled, a way that leads elsewhere, a reason no longer asked for, ...

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "definition/yaml_tree.hpp"

namespace workflow::testing {

struct DefinitionMutant {
    std::string file, change;
    std::string text;  ///< the file with the change
};

/// The tree as YAML, in block style.
class WrittenYaml {
public:
    static std::string of(const definition::YamlNode& node) {
        WrittenYaml writer;
        writer.put(node, 0);
        return writer.out_;
    }

private:
    using Node = definition::YamlNode;
    void put(const Node& node, std::size_t depth) {
        const std::string indent(2 * depth, ' ');
        if (node.kind == Node::Kind::scalar) {
            out_ += " " + scalar(node) + "\n";
        } else if (node.items.empty() && node.entries.empty()) {
            out_ += node.kind == Node::Kind::mapping ? " {}\n" : " []\n";
        } else {
            out_ += "\n";
            for (const auto& entry : node.entries) {
                out_ += indent + quoted(entry.key) + ":";
                put(entry.value, depth + 1);
            }
            for (const auto& item : node.items) {
                out_ += indent + "-";
                put(item, depth + 1);
            }
        }
    }
    static std::string scalar(const Node& node) {
        return node.plain ? node.text : quoted(node.text);
    }
    static std::string quoted(const std::string& text) {
        std::string made = "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\') made += '\\';
            if (c == '\n')
                made += "\\n";
            else
                made += c;
        }
        return made + "\"";
    }
    std::string out_;
};

/// Every small change of one text. `known`: steps of the process that the text says what is
/// different about.
class DefinitionMutants {
public:
    using Node = definition::YamlNode;
    using Names = std::vector<std::string>;

    static std::vector<DefinitionMutant> of(const std::string& file, Node tree, Names known = {}) {
        DefinitionMutants made(file, std::move(tree));
        made.top(std::move(known));
        return std::move(made.all_);
    }
    static Names keys(const Node* mapping) {
        Names names;
        if (mapping)
            for (const auto& entry : mapping->entries) names.push_back(entry.key);
        return names;
    }

private:
    DefinitionMutants(std::string file, Node tree)
        : file_(std::move(file)), root_(std::move(tree)) {}

    template <class Change>
    void with(Node& node, const std::string& what, Change change) {
        const Node kept = node;
        change(node);
        all_.push_back({file_, what, WrittenYaml::of(root_)});
        node = kept;
    }
    static Node* at(Node& mapping, std::string_view key) {
        for (auto& entry : mapping.entries)
            if (entry.key == key) return &entry.value;
        return nullptr;
    }
    static void drop(Node& mapping, std::string_view key) {
        std::erase_if(mapping.entries, [&](const auto& entry) { return entry.key == key; });
    }
    void without(Node& mapping, const std::string& key, const std::string& where) {
        if (at(mapping, key))
            with(mapping, "delete " + where + "." + key, [&](Node& node) { drop(node, key); });
    }
    void to_each(Node& scalar, const Names& others, const std::string& where) {
        for (const auto& other : others)
            if (other != scalar.text && scalar.kind == Node::Kind::scalar)
                with(scalar, where + ": " + scalar.text + " -> " + other,
                     [&](Node& node) { node.text = other; });
    }
    void delete_items(Node& list, const std::string& where) {
        for (std::size_t i = 0; i < list.items.size(); ++i)
            with(list, "delete " + where + "[" + std::to_string(i) + "]", [&](Node& node) {
                node.items.erase(node.items.begin() + static_cast<std::ptrdiff_t>(i));
            });
    }
    void delete_entries(Node& mapping, const std::string& where) {
        for (std::size_t i = 0; i < mapping.entries.size(); ++i)
            with(mapping, "delete " + where + "." + mapping.entries[i].key, [&](Node& node) {
                node.entries.erase(node.entries.begin() + static_cast<std::ptrdiff_t>(i));
            });
    }

    void top(Names known) {
        for (auto& name : keys(at(root_, "steps")))
            if (std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
        collect(root_, "task", duties_);
        collect(root_, "post", posts_);
        if (auto* start = at(root_, "start")) to_each(*start, known, "start");
        if (auto* on = at(root_, "on")) ways(*on, known, "on");
        if (auto* all = at(root_, "steps")) steps(*all, known);
        without(root_, "separated", "item");
        auto* groups = at(root_, "separated");
        if (!groups) return;
        delete_items(*groups, "separated");
        for (std::size_t i = 0; i < groups->items.size(); ++i)
            delete_items(groups->items[i], "separated[" + std::to_string(i) + "]");
    }

    static void collect(const Node& node, std::string_view key, Names& into) {
        for (const auto& entry : node.entries) {
            const bool fits = entry.key == key && entry.value.kind == Node::Kind::scalar;
            if (fits && std::find(into.begin(), into.end(), entry.value.text) == into.end())
                into.push_back(entry.value.text);
            collect(entry.value, key, into);
        }
    }

    /// `scope`: what a way may lead to there.
    void steps(Node& mapping, const Names& scope) {
        delete_entries(mapping, "step");
        for (std::size_t i = 0; i < mapping.entries.size(); ++i) {
            const auto name = mapping.entries[i].key;
            with(mapping, "double step " + name, [&](Node& node) {
                node.entries.push_back(node.entries[i]);
                node.entries.back().key += "-again";
            });
            if (i + 1 < mapping.entries.size())
                with(mapping, "swap steps " + name + ", " + mapping.entries[i + 1].key,
                     [&](Node& node) { std::swap(node.entries[i].key, node.entries[i + 1].key); });
            step(mapping.entries[i].value, scope, name);
        }
    }

    void step(Node& node, const Names& scope, const std::string& name) {
        for (const char* key : {"post", "pool", "limit", "clock", "ground"})
            without(node, key, name);
        // All are waited for unless it says otherwise.
        if (const auto* join = at(node, "join"); join && join->text != "all")
            without(node, "join", name);
        if (auto* duty = at(node, "task")) to_each(*duty, duties_, name + ".task");
        if (auto* post = at(node, "post")) to_each(*post, posts_, name + ".post");
        if (auto* end = at(node, "end"))
            to_each(*end, {"granted", "refused", "not accepted", "answered", "lapsed"},
                    name + ".end");
        if (auto* outcomes = at(node, "outcomes")) ways(*outcomes, scope, name);
        if (auto* on = at(node, "on")) ways(*on, scope, name + ".on");
        if (auto* then = at(node, "then")) to_each(*then, scope, name + ".then");
        if (auto* branches = at(node, "choose")) choice(*branches, scope, name);
        if (auto* join = at(node, "join"))
            to_each(*join, {"all", "any", "1 of 3", "3 of 3"}, name + ".join");
        if (auto* stage = at(node, "stage")) inner(*stage, name);
        auto* branches = at(node, "parallel");
        if (!branches) return;
        delete_entries(*branches, name);
        for (std::size_t i = 0; i < branches->entries.size(); ++i) {
            const auto branch = branches->entries[i].key;
            with(*branches, "double branch " + branch, [&](Node& all) {
                all.entries.push_back(all.entries[i]);
                all.entries.back().key += "-again";
            });
            if (at(branches->entries[i].value, "steps"))
                inner(branches->entries[i].value, branch);
            else
                step(branches->entries[i].value, around_, branch);
        }
    }

    void inner(Node& part, const std::string& name) {
        auto scope = keys(at(part, "steps"));
        if (auto* start = at(part, "start")) to_each(*start, scope, name + ".start");
        scope.emplace_back("done");
        for (auto& outer : keys(at(root_, "steps"))) scope.push_back(outer);
        if (auto* all = at(part, "steps")) steps(*all, scope);
    }

    void choice(Node& branches, const Names& scope, const std::string& name) {
        delete_items(branches, name);
        for (std::size_t i = 0; i < branches.items.size(); ++i) {
            const auto where = name + "[" + std::to_string(i) + "]";
            without(branches.items[i], "when", where);
            for (const char* key : {"to", "otherwise"})
                if (auto* target = at(branches.items[i], key)) to_each(*target, scope, where);
            if (i + 1 == branches.items.size()) continue;
            with(branches, "swap targets of " + where, [&](Node& node) {
                auto* mine = target_of(node.items[i]);
                auto* next = target_of(node.items[i + 1]);
                if (mine && next) std::swap(mine->text, next->text);
            });
        }
    }
    static Node* target_of(Node& way) {
        if (way.kind == Node::Kind::scalar) return &way;
        auto* to = at(way, "to");
        return to ? to : at(way, "otherwise");
    }

    /// Outcomes, and what time and the applicant bring about.
    void ways(Node& mapping, const Names& scope, const std::string& name) {
        delete_entries(mapping, name);
        for (std::size_t i = 0; i < mapping.entries.size(); ++i) {
            const auto where = name + "." + mapping.entries[i].key;
            if (i + 1 < mapping.entries.size()) {
                const auto* mine = target_of(mapping.entries[i].value);
                const auto* next = target_of(mapping.entries[i + 1].value);
                if (mine && next && mine->text != next->text)
                    with(mapping, "swap targets of " + where + ", " + mapping.entries[i + 1].key,
                         [&](Node& node) {
                             std::swap(target_of(node.entries[i].value)->text,
                                       target_of(node.entries[i + 1].value)->text);
                         });
            }
            auto& way = mapping.entries[i].value;
            if (auto* target = target_of(way)) to_each(*target, scope, where);
            for (const char* key : {"requires", "accepts", "decides", "at most", "when"})
                without(way, key, where);
        }
    }

    std::string file_;
    Node root_;
    Names duties_, posts_;
    const Names around_{"done"};
    std::vector<DefinitionMutant> all_;
};

}  // namespace workflow::testing
