#pragma once

/// A licence with everything that the law does with time: silence that accepts, a supplement, an
/// extension by another post, a pause, warnings.

#include <string>

namespace workflow::testing {

/// `limits` as in the item's `limits: {...}`; `review`: further keys of the review, each on a line
/// of its own that ends.
inline std::string permit_item(const std::string& limits, const std::string& review = {}) {
    return R"(item: permit.grant
title: Permit
kind: committed
limits: {)" +
           limits + R"(}
fields: {simple: {type: boolean, default: false}}
start: intake
steps:
  intake:
    task: intake
    post: window
    limit: 4 workdays
    warn: 1 workday
    escalate: registry
    outcomes:
      accept: {to: review, accepts: true}
      supplement: {to: supplementing, at most: 2}
    on: {after 5 workdays: {to: review, accepts: true}}
  supplementing:
    wait: applicant
    on: {supplied: intake, after 30 workdays: lapsed}
  review:
    task: review
    pool: pass-through
)" + review +
           R"(    outcomes:
      approve: {to: granted, decides: true}
      ask: {to: asking}
      inspect: {to: inspection}
  asking:
    task: file
    post: registry
    outcomes:
      grant: {to: review, extends: 10 workdays}
      grant-and-inspect: {to: inspection, extends: 10 workdays}
      deny: review
  inspection:
    wait: time
    clock: paused
    ground: 行政许可法第四十五条
    on: {after 5 workdays: review}
  granted: {end: granted}
  lapsed: {end: withdrawn}
)";
}

}  // namespace workflow::testing
