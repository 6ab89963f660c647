#include "dossier.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "../../base/markup.hpp"
#include "../../batch/convert.hpp"
#include "../../crypto/digest.hpp"
#include "../../definition/organization.hpp"
#include "../../report/event_log/entries.hpp"
#include "../../shell/catalog_access.hpp"
#include "../words/trail.hpp"
#include "proof.hpp"

namespace workflow::presentation {

namespace {

constexpr const char* dossier_style = R"(
body { font: 11pt/1.5 "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  max-width: 62em; margin: 2em auto; padding: 0 1em; color: #1a1a1a; }
h1 { font-size: 1.5em; margin-bottom: 0; } h2 { font-size: 1.15em; margin-top: 1.8em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25em .6em .25em 0;
  border-bottom: 1px solid #ddd; }
pre { font: 7.5pt/1.4 monospace; white-space: pre-wrap; word-break: break-all; }
.hash { font: 7.5pt/1.4 monospace; word-break: break-all; width: 17em; color: #555; }
.when { white-space: nowrap; } .number { color: #777; } body > svg { width: 100%; height: auto; }
@media print { body { margin: 0; max-width: none; font-size: 9pt; } tr { break-inside: avoid; } }
)";

std::string escaped(std::string_view text) {
    return xml_escaped(report::plain(text));
}

/// The time in which a task waited, and in which an officer held it.
struct Bar {
    TaskNumber task{};
    std::string name;
    std::int64_t offered = 0, taken = 0, ended = 0;  ///< microseconds; `taken` 0: by nobody
    bool open = true;
};

class DossierPage {
public:
    DossierPage(std::ostream& out, const Dossier& dossier)
        : out_(out),
          dossier_(dossier),
          clock_(compiled(dossier.catalog).organization().clock),
          process_(compiled(dossier.catalog).process(dossier.detail.view.item)) {}

    void write() {
        const auto number = escaped(dossier_.detail.view.number.text);
        const auto title = escaped(dossier_.detail.title.in(dossier_.language));
        out_ << "<!DOCTYPE html>\n<html lang=\"" << dossier_.language
             << "\">\n<head>\n<meta charset=\"utf-8\">\n"
             << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "style-src 'unsafe-inline'\">\n<title>"
             << number << "</title>\n<style>" << dossier_style << "</style>\n</head>\n<body>\n<h1>"
             << title << "</h1>\n<p>" << number << "</p>\n";
        facts();
        picture();
        trail();
        proof();
        out_ << "</body>\n</html>\n";
    }

private:
    [[nodiscard]] std::string_view in(std::string_view zh, std::string_view en) const {
        return dossier_.language == "zh" ? zh : en;
    }
    [[nodiscard]] std::string moment(Instant instant) const {
        auto text = to_string(instant, clock_).substr(0, 16);
        std::ranges::replace(text, 'T', ' ');
        return text;
    }
    void row(std::string_view name, const std::string& value) {
        if (!value.empty())
            out_ << "<tr><th>" << name << "</th><td>" << escaped(value) << "</td></tr>\n";
    }

    void facts() {
        const auto& detail = dossier_.detail;
        const auto day = [](const std::optional<Date>& date) {
            return date ? to_string(*date) : std::string();
        };
        out_ << "<table>\n";
        row(in("事项", "Item"), fmt::format("{} ({})", detail.view.item.text, detail.revision));
        row(in("状态", "Status"), detail.view.status);
        row(in("大厅", "Hall"), detail.view.hall.text);
        row(in("收件", "Received"), moment(detail.view.opened));
        row(in("承诺期限", "Promised"), day(detail.view.promised_due));
        row(in("法定期限", "Law"), day(detail.view.statutory_due));
        for (const auto& [field, value] : detail.fields) {
            if (value.is_null()) continue;
            const auto slot = process_ ? process_->field(field) : std::nullopt;
            const bool told = dossier_.personal || (slot && !process_->fields[*slot].personal);
            std::string name = field.text;
            if (slot)
                if (const auto& title = process_->fields[*slot].title.in(dossier_.language);
                    !title.empty())
                    name = title;
            row(escaped(name),
                told ? batch::text_of(value) : std::string(in("（个人信息）", "(personal)")));
        }
        out_ << "</table>\n";
    }

    [[nodiscard]] std::vector<Bar> bars() const {
        std::vector<Bar> bars;
        const auto bar_of = [&](TaskNumber task) {
            return std::ranges::find_if(bars, [&](const Bar& bar) { return bar.task == task; });
        };
        for (const auto& [sequence, event, hash] : dossier_.trail) {
            const auto now = event.happened.microseconds;
            if (const auto* offered = std::get_if<TaskOffered>(&event.what)) {
                bars.push_back({offered->task,
                                step_name(process_.get(), offered->step, dossier_.language), now, 0,
                                0, true});
                continue;
            }
            const auto taken = [&](TaskNumber task, const OfficerId& officer) {
                if (const auto bar = bar_of(task); bar != bars.end())
                    bar->taken = officer.empty() ? 0 : bar->taken == 0 ? now : bar->taken;
            };
            const auto ended = [&](TaskNumber task) {
                if (const auto bar = bar_of(task); bar != bars.end()) {
                    bar->ended = now;
                    bar->open = false;
                }
            };
            if (const auto* e = std::get_if<TaskDrawn>(&event.what)) taken(e->task, e->officer);
            if (const auto* e = std::get_if<TaskClaimed>(&event.what)) taken(e->task, e->officer);
            if (const auto* e = std::get_if<TaskHandedOver>(&event.what)) taken(e->task, e->to);
            if (const auto* e = std::get_if<TaskCompleted>(&event.what)) ended(e->task);
            if (const auto* e = std::get_if<TaskCancelled>(&event.what)) ended(e->task);
        }
        return bars;
    }

    void picture() {
        const auto tasks = bars();
        if (tasks.empty()) return;
        auto from = dossier_.trail.front().event.happened.microseconds, to = from;
        for (const auto& one : dossier_.trail) {
            from = std::min(from, one.event.happened.microseconds);
            to = std::max(to, one.event.happened.microseconds);
        }
        constexpr double left = 300, wide = 600, line = 24;
        const auto x = [&](std::int64_t at) {
            return to == from ? left
                              : left + wide * static_cast<double>(at - from) /
                                           static_cast<double>(to - from);
        };
        const auto height = static_cast<double>(tasks.size()) * line + 30;
        out_ << "<h2>" << in("经过", "Tasks") << "</h2>\n"
             << fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" font-size=\"12\">\n",
                            left + wide + 20, height);
        double y = 4;
        for (const auto& task : tasks) {
            const auto end = task.open ? to : task.ended;
            const auto bar = [&](std::int64_t begin, std::int64_t until, const char* colour) {
                out_ << fmt::format(
                    "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"14\" rx=\"2\" "
                    "fill=\"{}\"/>\n",
                    x(begin), y, std::max(2.0, x(until) - x(begin)), colour);
            };
            // A nested picture cuts off a long name before the bars.
            out_ << fmt::format(
                "<svg x=\"0\" y=\"{:.1f}\" width=\"{}\" height=\"20\">"
                "<text x=\"0\" y=\"12\">{}</text></svg>\n",
                y, left - 10, escaped(task.name));
            bar(task.offered, end, "#c9d3de");
            if (task.taken != 0) bar(task.taken, end, "#3b6ea5");
            y += line;
        }
        out_ << fmt::format("<text x=\"{}\" y=\"{:.1f}\">{}</text>\n", left, y + 14,
                            moment(Instant{from}))
             << fmt::format("<text x=\"{}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n</svg>\n",
                            left + wide, y + 14, moment(Instant{to}))
             << "<p>"
             << in("浅色：等待；深色：有人办理。", "Light: it waits. Dark: an officer has it.")
             << "</p>\n";
    }

    void trail() {
        out_ << "<h2>" << in("办件记录", "Trail") << "</h2>\n<table>\n<tr><th></th><th>"
             << in("时间", "When") << "</th><th>" << in("人员", "Who") << "</th><th>"
             << in("事情", "What") << "</th><th>" << in("期限", "Due") << "</th><th>"
             << (dossier_.hashing == Hashing::sm3 ? "SM3" : "SHA-256") << "</th></tr>\n";
        TrailWords words(dossier_.catalog, dossier_.language, dossier_.personal);
        for (const auto& [sequence, event, hash] : dossier_.trail) {
            const auto told = words.tell(event);
            out_ << "<tr><td class=\"number\">" << sequence << "</td><td class=\"when\">"
                 << escaped(told.when) << "</td><td>" << escaped(told.who) << "</td><td>"
                 << escaped(told.what) << "</td><td>" << escaped(told.due)
                 << "</td><td class=\"hash\">" << (hash ? hex(*hash) : std::string())
                 << "</td></tr>\n";
        }
        out_ << "</table>\n";
    }

    void proof() {
        if (!dossier_.proof) return;
        const auto& proof = *dossier_.proof;
        out_ << "<h2>" << in("证明", "Proof") << "</h2>\n<p>"
             << (dossier_.language == "zh"
                     ? fmt::format("至第 {} 条的记录已在签名检查点的 {} 条之内。核验："
                                   "<code>workflow trail check 本文件 --public-key 公钥</code>",
                                   proof.sequence, proof.size)
                     : fmt::format("The trail up to event {} is among the {} events of a signed "
                                   "checkpoint. To check it: <code>workflow trail check THIS-FILE "
                                   "--public-key KEY</code>",
                                   proof.sequence, proof.size))
             << "</p>\n"
             << proof_begins << escaped(dump(json_of(proof))) << proof_ends << "\n<p>"
             << in("检查点：", "The checkpoint:") << "</p>\n<pre>";
        for (const char c : proof.checkpoint)
            out_ << (c == '\n' ? std::string("\n") : xml_escaped(std::string_view(&c, 1)));
        out_ << "</pre>\n";
    }

    std::ostream& out_;
    const Dossier& dossier_;
    LocalClock clock_;
    std::shared_ptr<const process::Process> process_;
};

}  // namespace

void write_dossier(std::ostream& out, const Dossier& dossier) {
    DossierPage(out, dossier).write();
}

}  // namespace workflow::presentation
