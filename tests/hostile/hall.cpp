#include "hall.hpp"

#include <catch2/catch.hpp>

#include "base/render.hpp"

namespace workflow::hostile {

namespace {

constexpr const char* item = R"(item: card
revision: 1
title: 补卡
kind: committed
limits: {promised: 60 days}
channels: [window, web]
fields:
  id_number: {type: string, required: true, personal: true}
  years: {type: number, required: true, check: years >= 0 and years <= 60}
  level: {type: number, default: 1, from: intake}
  finding: {type: string, from: review}
  fee: {type: number, default: 0, check: fee <= 400}
  account: {type: string, personal: true}
materials:
  photo: 照片
  authority: {title: 授权委托书, for: proxy}
start: intake
on: {withdraw: withdrawn}
steps:
  intake:
    task: intake
    post: window
    outcomes:
      accept: {to: review, accepts: true, sets: {fee: years * 10}}
      supplement: {to: supplementing, at most: 2}
      decline: {to: declined, requires: reason, decides: true}
  supplementing: {wait: applicant, on: {supplied: intake, after 30 days: lapsed}}
  review:
    task: review
    pool: pass-through
    sees: years
    outcomes:
      approve: study
      reject: {to: rejected, requires: reason, decides: true}
      return: {to: intake, requires: reason, at most: 2}
  study:
    panel: study
    members: 3
    decide: majority
    outcomes:
      favour: {to: done, decides: true}
      against: {to: done, requires: reason, decides: true}
    then: {favour: confirming, otherwise: rejected}
  confirming: {wait: applicant, asks: account, on: {supplied: pay, after 20 days: lapsed}}
  pay:
    task: issue
    post: counter
    outcomes:
      deliver: {to: granted, when: account != null}
      ask-again: {to: confirming, at most: 1}
  granted: {end: granted}
  rejected: {end: refused}
  declined: {end: not accepted}
  lapsed: {end: lapsed}
  withdrawn: {end: withdrawn}
separated: [[intake, review, study, issue]]
)";

constexpr const char* staff = R"(organization: two-halls
title: 两厅
halls: {north: 北厅, south: 南厅}
posts:
  window: {duties: [intake]}
  reviewer: {duties: [review]}
  expert: {duties: [study]}
  counter: {duties: [issue]}
officers:
  lin: {name: 林, hall: north, posts: [window, counter]}
  lin-two: {name: 林, person: lin, hall: south, posts: [reviewer, counter]}
  shi: {name: 石, hall: south, posts: [window]}
  rev-a: {name: 甲, hall: north, posts: [reviewer]}
  rev-b: {name: 乙, hall: south, posts: [reviewer, counter]}
  rev-c: {name: 丙, hall: south, posts: [reviewer, expert]}
  rev-d: {name: 丁, hall: north, posts: [reviewer, window]}
  exp-a: {name: 戊, hall: north, posts: [expert]}
  exp-b: {name: 己, hall: south, posts: [expert]}
  exp-c: {name: 庚, hall: south, posts: [expert]}
  exp-d: {name: 辛, hall: north, posts: [expert, counter]}
  wang: {name: 王, hall: north, posts: [counter]}
  kong: {name: 孔, hall: south, posts: [counter]}
  chief: {name: 周, hall: north, posts: [window], supervisor: true}
  deputy: {name: 吴, hall: north, posts: [counter], supervisor: true}
  far-chief: {name: 郑, hall: south, posts: [counter], supervisor: true}
)";

}  // namespace

const Catalog& catalog() {
    static const Catalog loaded = [] {
        auto read =
            Catalog::load(std::vector<Catalog::Text>{{"item.yaml", item}, {"staff.yaml", staff}});
        for (const auto& finding : read.diagnostics) UNSCOPED_INFO(render(finding));
        REQUIRE(read.catalog);
        return *read.catalog;
    }();
    return loaded;
}

Officers officers() {
    return {{"lin", {"lin", "north", {"window", "counter"}}},
            {"lin-two", {"lin", "south", {"reviewer", "counter"}}},
            {"shi", {"shi", "south", {"window"}}},
            {"rev-a", {"rev-a", "north", {"reviewer"}}},
            {"rev-b", {"rev-b", "south", {"reviewer", "counter"}}},
            {"rev-c", {"rev-c", "south", {"reviewer", "expert"}}},
            {"rev-d", {"rev-d", "north", {"reviewer", "window"}}},
            {"exp-a", {"exp-a", "north", {"expert"}}},
            {"exp-b", {"exp-b", "south", {"expert"}}},
            {"exp-c", {"exp-c", "south", {"expert"}}},
            {"exp-d", {"exp-d", "north", {"expert", "counter"}}},
            {"wang", {"wang", "north", {"counter"}}},
            {"kong", {"kong", "south", {"counter"}}},
            {"chief", {"chief", "north", {"window"}, true}},
            {"deputy", {"deputy", "north", {"counter"}, true}},
            {"far-chief", {"far-chief", "south", {"counter"}, true}}};
}

std::string post_of(const std::string& step) {
    if (step == "intake") return "window";
    if (step == "review") return "reviewer";
    if (step.starts_with("study")) return "expert";
    return step == "pay" ? "counter" : "";
}

bool is_drawn(const std::string& step) {
    return step == "review" || step.starts_with("study");
}

}  // namespace workflow::hostile
