// Queues and late cases over time, as a drawing in SVG.

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>

#include <fmt/format.h>

#include "../../base/markup.hpp"
#include "simulate.hpp"

namespace workflow::report {

namespace {

constexpr double width = 960, left = 64, right = 270, top = 48, panel = 220, gap = 72;
constexpr std::array<const char*, 8> colours{"#2563eb", "#d97706", "#059669", "#db2777",
                                             "#7c3aed", "#0891b2", "#65a30d", "#475569"};

using Line = std::vector<double>;

/// Returns the mean over runs, day by day.
template <class Of>
Line mean_line(const std::vector<Run>& runs, Of of) {
    Line line(runs.empty() ? 0 : runs.front().days.size());
    for (const auto& run : runs)
        for (std::size_t day = 0; day < line.size() && day < run.days.size(); ++day)
            line[day] += of(run, run.days[day]) / static_cast<double>(runs.size());
    return line;
}

/// Returns the step between marks of an axis up to `highest`: 1, 2 or 5 times a power of ten.
double step_of(double highest) {
    const double rough = std::max(highest, 1.0) / 5;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= rough) return std::max(1.0, factor * power);
    return 10 * power;
}

struct Curve {
    Line line;
    std::string name;
    const char* colour;
    bool dashed = false;
};

class Drawing {
public:
    Drawing(std::size_t days, Date first) : days_(days), first_(first) {
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
            "height=\"{1}\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n"
            "<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n",
            width, top + 2 * panel + gap + 48);
    }

    void draw(double y, const std::string& title, const std::vector<Curve>& curves) {
        double highest = 0;
        for (const auto& curve : curves)
            for (const auto value : curve.line) highest = std::max(highest, value);
        const auto step = step_of(highest);
        const auto limit = std::max(std::ceil(highest / step), 1.0) * step;
        add("<text x=\"{}\" y=\"{}\" font-size=\"14\" font-weight=\"600\" "
            "fill=\"#0f172a\">{}</text>\n",
            left, y - 14, xml_escaped(title));
        for (double mark = 0; mark <= limit + step / 2; mark += step) {
            const auto at = y + panel - mark / limit * panel;
            add("<line x1=\"{}\" x2=\"{}\" y1=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#e2e8f0\"/>\n"
                "<text x=\"{}\" y=\"{:.1f}\" text-anchor=\"end\" fill=\"#475569\">{}</text>\n",
                left, width - right, at, at, left - 8, at + 4, mark);
        }
        months(y);
        double label = y + 10;
        for (const auto& curve : curves) {
            path(curve, y, limit);
            add("<line x1=\"{}\" x2=\"{}\" y1=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" "
                "stroke-width=\"2\"{}/>\n<text x=\"{}\" y=\"{:.1f}\" fill=\"#0f172a\">{}</text>\n",
                width - right + 16, width - right + 40, label - 4, label - 4, curve.colour,
                dashes(curve), width - right + 46, label, xml_escaped(curve.name));
            label += 18;
        }
    }

    std::string finish() { return std::move(out_) + "</svg>\n"; }

private:
    template <class... Args>
    void add(fmt::format_string<Args...> format, Args&&... args) {
        fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    }
    static const char* dashes(const Curve& curve) {
        return curve.dashed ? " stroke-dasharray=\"5 4\"" : "";
    }
    [[nodiscard]] double x_of(std::size_t day) const {
        const auto whole = static_cast<double>(std::max<std::size_t>(days_, 2) - 1);
        return left + static_cast<double>(day) / whole * (width - left - right);
    }
    void path(const Curve& curve, double y, double limit) {
        add("<path fill=\"none\" stroke=\"{}\" stroke-width=\"1.6\" stroke-linejoin=\"round\"{} "
            "d=\"",
            curve.colour, dashes(curve));
        for (std::size_t day = 0; day < curve.line.size(); ++day)
            add("{}{:.1f} {:.1f}", day == 0 ? "M" : "L", x_of(day),
                y + panel - curve.line[day] / limit * panel);
        add("\"/>\n");
    }
    /// Draws the first day of each month, or of fewer months if they would overlap.
    void months(double y) {
        const auto every = std::max<std::size_t>(1, days_ / 365);
        std::size_t seen = 0;
        for (std::size_t day = 0; day < days_; ++day) {
            const Date date{first_.days + static_cast<std::int64_t>(day)};
            if (day != 0 && (civil(date).day != 1 || ++seen % every != 0)) continue;
            if (day != 0 && x_of(day) - x_of(0) < 60) continue;
            add("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\" fill=\"#475569\">{}</text>\n",
                x_of(day), y + panel + 18, day == 0 ? to_string(date) : to_string(date).substr(5));
        }
    }

    std::size_t days_;
    Date first_;
    std::string out_;
};

/// Waiting tasks over all days, by post.
std::map<std::string, double> waiting_by_post(const std::vector<Run>& runs) {
    std::map<std::string, double> sums;
    for (const auto& run : runs)
        for (const auto& day : run.days)
            for (std::size_t post = 0; post < run.posts.size(); ++post)
                sums[run.posts[post]] += day.waiting[post];
    return sums;
}

/// Returns the posts with the longest queues, as many as a reader can distinguish; none without a
/// queue.
std::vector<std::string> busiest(const std::vector<Run>& first, const std::vector<Run>& second) {
    constexpr std::size_t most = 6;
    auto sums = waiting_by_post(first);
    for (const auto& [post, sum] : waiting_by_post(second)) sums[post] += sum;
    std::vector<std::string> posts;
    for (const auto& [post, sum] : sums)
        if (sum > 0) posts.push_back(post);
    std::stable_sort(posts.begin(), posts.end(),
                     [&](const std::string& a, const std::string& b) { return sums[a] > sums[b]; });
    posts.resize(std::min(posts.size(), most));
    return posts;
}

}  // namespace

std::string plot(const std::vector<Run>& first, const std::vector<Run>& second,
                 const std::vector<std::string>& names, Date first_day) {
    std::vector<Curve> queues, late;
    const auto name = [&](const std::string& what, std::size_t side) {
        return second.empty() || side >= names.size() ? what : what + ", " + names[side];
    };
    const auto posts = busiest(first, second);
    const auto add_side = [&](const std::vector<Run>& runs, std::size_t side) {
        if (runs.empty()) return;
        for (std::size_t i = 0; i < posts.size(); ++i) {
            const auto& own = runs.front().posts;
            const auto at = std::find(own.begin(), own.end(), posts[i]);
            if (at == own.end()) continue;
            const auto post = static_cast<std::size_t>(at - own.begin());
            queues.push_back(
                {mean_line(runs,
                           [post](const Run&, const DayEnd& end) { return end.waiting[post]; }),
                 name(posts[i], side), colours.at(i), side > 0});
        }
        late.push_back({mean_line(runs, [](const Run&, const DayEnd& end) { return end.late; }),
                        name("late", side), colours.at(side == 0 ? 3 : 4), side > 0});
    };
    add_side(first, 0);
    add_side(second, 1);
    Drawing drawing(first.empty() ? 0 : first.front().days.size(), first_day);
    drawing.draw(top, "Tasks that wait at the end of the day, by post", queues);
    drawing.draw(top + panel + gap, "Open cases past a promised or statutory day", late);
    return drawing.finish();
}

}  // namespace workflow::report
