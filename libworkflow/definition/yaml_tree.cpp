#include "yaml_tree.hpp"

#include <algorithm>
#include <istream>
#include <streambuf>
#include <unordered_map>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "scalar_extent.hpp"
#include "text_checks.hpp"
#include "yaml_messages.hpp"

namespace workflow::definition {

bool YamlNode::empty() const {
    return kind == Kind::scalar && plain && (text.empty() || text == "~" || text == "null");
}

const YamlNode* YamlNode::find(std::string_view key) const {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const Entry& entry) { return entry.key == key; });
    return found == entries.end() ? nullptr : &found->value;
}

namespace {

/// Reads from memory without a copy.
class View : public std::streambuf {
public:
    explicit View(std::string_view text) {
        // NOLINT: streambuf has no const interface; never written
        char* begin = const_cast<char*>(text.data());
        setg(begin, begin, begin + text.size());
    }
};

/// Thrown out of the handler after a finding, when further reading would only report consequential
/// errors.
struct Stop {};

class TreeBuilder : public YAML::EventHandler {
public:
    TreeBuilder(std::string_view text, std::uint32_t origin, std::uint32_t source,
                DiagnosticSink& findings, const YamlLimits& limits)
        : text_(text), origin_(origin), source_(source), findings_(findings), limits_(limits) {}

    std::optional<YamlNode> take() { return std::move(root_); }
    [[nodiscard]] Mark mark(std::size_t begin, std::size_t end) const {
        return {source_, static_cast<std::uint32_t>(origin_ + std::min(begin, text_.size())),
                static_cast<std::uint32_t>(origin_ + std::min(std::max(begin, end), text_.size()))};
    }

    void OnDocumentStart(const YAML::Mark& at) override {
        if (++documents_ < 2) return;
        findings_.add("several-documents", mark(position(at), position(at) + 1),
                      "a second YAML document begins here",
                      "write one definition per file: delete the `---` or split the file");
        throw Stop{};
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& at, YAML::anchor_t) override {
        const std::size_t pos = position(at);
        YamlNode node;
        const std::string_view word = null_word(text_, pos);
        node.text = word;
        node.mark = word.empty() ? empty_place(pos) : mark(pos, pos + word.size());
        add(std::move(node));
    }

    void OnAlias(const YAML::Mark& at, YAML::anchor_t) override {
        const std::size_t pos = position(at);
        refuse_anchor(pos);
        YamlNode node;
        node.mark = mark(pos, pos + 1);
        add(std::move(node));
    }
    void OnAnchor(const YAML::Mark& at, const std::string&) override {
        refuse_anchor(position(at));
    }

    void OnScalar(const YAML::Mark& at, const std::string& tag, YAML::anchor_t,
                  const std::string& value) override {
        const std::size_t pos = skip_properties(text_, position(at));
        refuse_tag(at, tag);
        YamlNode node;
        node.text = value;
        const Extent extent = scalar_extent(text_, pos, value);
        node.plain = extent.style == ScalarStyle::plain;
        node.mark = mark(extent.begin, extent.end);
        // yaml-cpp takes the end of the text for a closing quote if a line break precedes it.
        if (!node.plain && extent.style != ScalarStyle::block && extent.end >= text_.size()) {
            findings_.add("yaml-syntax", mark(pos, pos + 1), "a quoted text is not closed",
                          "add the closing quote");
            throw Stop{};
        }
        if (extent.style == ScalarStyle::double_quoted) {
            if (const auto [bad, length] = first_forbidden(value); bad != std::string::npos) {
                findings_.add("forbidden-character", node.mark,
                              "an escape in this text stands for a character that is not allowed",
                              "delete the escape");
            }
        }
        add(std::move(node));
    }

    void OnSequenceStart(const YAML::Mark& at, const std::string& tag, YAML::anchor_t,
                         YAML::EmitterStyle::value style) override {
        begin(at, tag, YamlNode::Kind::sequence, style);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& at, const std::string& tag, YAML::anchor_t,
                    YAML::EmitterStyle::value style) override {
        begin(at, tag, YamlNode::Kind::mapping, style);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        YamlNode node;
        bool flow = false;
        bool is_key = false;  // it is in the position of a key
        // For a mapping: whether a key is waiting for its value.
        bool has_key = false, key_unusable = false;
        std::string key;
        Mark key_mark;
        std::unordered_map<std::string, Mark> keys;
    };

    static std::size_t position(const YAML::Mark& at) {
        return at.pos < 0 ? 0 : static_cast<std::size_t>(at.pos);
    }

    void refuse_anchor(std::size_t pos) {
        std::size_t end = pos;
        while (end < text_.size() &&
               std::string_view(" \t\r\n,[]{}").find(text_[end]) == std::string_view::npos)
            ++end;
        findings_.add("anchor", mark(pos, std::max(end, pos + 1)),
                      "YAML anchors and aliases are not part of the language",
                      "repeat the value or move the shared part into a process; a text that begins "
                      "with * or & needs quotes");
    }

    void refuse_tag(const YAML::Mark& at, const std::string& tag) {
        const std::size_t pos = position(at);
        const bool written = pos < text_.size() && text_[pos] == '!';
        if (!written && (tag.empty() || tag == "?" || tag == "!")) return;
        findings_.add("tag", mark(pos, pos + std::max<std::size_t>(1, tag.size())),
                      "YAML tags are not part of the language",
                      "delete the tag; a text that begins with ! needs quotes");
    }

    /// Returns the place of a missing value: after the colon or dash that requires it.
    [[nodiscard]] Mark empty_place(std::size_t next) const {
        if (!open_.empty() && open_.back().has_key) {
            std::size_t end = open_.back().key_mark.end - origin_;
            while (end < next && end < text_.size() && text_[end] != ':') ++end;
            return mark(end + 1, end + 1);
        }
        std::size_t end = std::min(next, text_.size());
        while (end > 0 &&
               std::string_view(" \t\r\n").find(text_[end - 1]) != std::string_view::npos)
            --end;
        return mark(end, end);
    }

    void begin(const YAML::Mark& at, const std::string& tag, YamlNode::Kind kind,
               YAML::EmitterStyle::value style) {
        count();
        refuse_tag(at, tag);
        const std::size_t pos = skip_properties(text_, position(at));
        if (open_.size() >= limits_.depth) {
            findings_.add("too-deep", mark(pos, pos + 1),
                          fmt::format("this is nested more than {} deep", limits_.depth));
            throw Stop{};
        }
        Open open;
        open.node.kind = kind;
        open.node.plain = false;
        open.node.mark = mark(pos, pos);
        open.flow = style == YAML::EmitterStyle::Flow;
        if (!open_.empty()) {
            const Open& around = open_.back();
            open.is_key = around.node.kind == YamlNode::Kind::mapping && !around.has_key;
        }
        open_.push_back(std::move(open));
    }

    void close() {
        Open done = std::move(open_.back());
        open_.pop_back();
        std::size_t end = done.node.mark.end - origin_;
        if (!done.node.items.empty()) end = done.node.items.back().mark.end - origin_;
        if (!done.node.entries.empty())
            end = std::max<std::size_t>(end, done.node.entries.back().value.mark.end - origin_);
        if (done.flow) end = flow_end(text_, end, done.node.mark.begin - origin_);
        done.node.mark.end = mark(end, end).end;
        --nodes_;  // add counts it, but begin has already done so
        if (done.is_key) {
            findings_.add("key-not-text", done.node.mark,
                          "a key must be a text, not a mapping or a list",
                          "put a text that contains braces in quotes");
        }
        add(std::move(done.node));
    }

    void count() {
        if (++nodes_ <= limits_.nodes) return;
        findings_.add("too-many-nodes", mark(0, 0),
                      fmt::format("the text has more than {} values", limits_.nodes),
                      "split it: one definition per file");
        throw Stop{};
    }

    void add(YamlNode node) {
        count();
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        Open& around = open_.back();
        if (around.node.kind == YamlNode::Kind::sequence) {
            around.node.items.push_back(std::move(node));
        } else if (!around.has_key) {
            take_key(around, std::move(node));
        } else {
            around.has_key = false;
            if (!around.key_unusable) {
                around.node.entries.push_back(
                    {std::move(around.key), around.key_mark, std::move(node)});
            }
        }
    }

    void take_key(Open& around, YamlNode node) {
        around.has_key = true;
        around.key_unusable = node.kind != YamlNode::Kind::scalar;
        around.key_mark = node.mark;
        around.key = std::move(node.text);
        if (around.key_unusable) return;
        if (around.key == "<<" && node.plain) {
            around.key_unusable = true;
            findings_.add("merge-key", node.mark,
                          "the YAML merge key `<<` is not part of the language",
                          "move the shared part into a process");
            return;
        }
        const auto [first, fresh] = around.keys.try_emplace(around.key, node.mark);
        if (fresh) return;
        around.key_unusable = true;
        Diagnostic& finding = findings_.add("duplicate-key", node.mark,
                                            fmt::format("the key `{}` is given twice", around.key));
        findings_.relate(finding, first->second, "first given here");
    }

    std::string_view text_;
    std::uint32_t origin_;  // the offset of text_ in the source: after a byte order mark
    std::uint32_t source_;
    DiagnosticSink& findings_;
    const YamlLimits& limits_;
    std::vector<Open> open_;
    std::optional<YamlNode> root_;
    std::size_t nodes_ = 0;
    int documents_ = 0;
};

}  // namespace

std::optional<YamlNode> read_yaml(const Sources& sources, std::uint32_t source,
                                  DiagnosticSink& findings, const YamlLimits& limits) {
    std::string_view text = sources.at(source).text();
    if (!check_text(text, source, findings, limits)) return std::nullopt;
    std::uint32_t origin = 0;
    if (text.starts_with("\xEF\xBB\xBF")) {
        origin = 3;
        text.remove_prefix(origin);
    }
    View view(text);
    std::istream stream(&view);
    TreeBuilder builder(text, origin, source, findings, limits);
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const Stop&) {
        return std::nullopt;
    } catch (const YAML::Exception& problem) {
        const SyntaxMessage message = syntax_message(
            text, problem.mark.pos < 0 ? 0 : static_cast<std::size_t>(problem.mark.pos),
            problem.msg);
        findings.add("yaml-syntax", builder.mark(message.begin, message.end), message.message,
                     message.hint);
        return std::nullopt;
    }
    std::optional<YamlNode> root = builder.take();
    if (!root || root->empty()) {
        findings.add("empty-text", {source, origin, origin}, "the text contains no definition");
        return std::nullopt;
    }
    return root;
}

}  // namespace workflow::definition
