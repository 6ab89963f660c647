#pragma once

/// The standard accept-review-issue item with a small hall, as an author would write it: what shell
/// tests and benchmarks run on.

#include <vector>

#include <workflow/catalog.hpp>
#include <workflow/command.hpp>

namespace workflow::testing {

inline std::vector<Catalog::Text> standard_texts() {
    return {{"catalog.yaml", R"(catalog: test-hall
title: {zh: 测试大厅, en: Test hall}
calendar: china
)"},
            {"calendar.yaml", R"(calendar: china
year: 2026
title: 2026
holidays: [2026-01-01, 2026-01-02, 2026-05-01, 2026-05-02, 2026-05-03, 2026-05-04, 2026-05-05]
workdays: [2026-01-04, 2026-05-09]
)"},
            {"organization.yaml", R"(organization: test-hall
title: {zh: 测试大厅, en: Test hall}
halls:
  north: {title: {zh: 北厅, en: North}}
posts:
  general-window: {title: {zh: 综合窗口, en: General window}, duties: [intake]}
  reviewer: {title: {zh: 审核岗, en: Reviewer}, duties: [review]}
  unified-window: {title: {zh: 出件窗口, en: Issue window}, duties: [issue]}
batch: {rules: [{name: backlog, items: ['social-card.*'], duties: [intake, review, issue]}]}
officers:
  lin: {name: 林芳, hall: north, posts: [general-window]}
  sun: {name: 孙立, hall: north, posts: [general-window, reviewer]}
  zhao: {name: 赵敏, hall: north, posts: [reviewer]}
  qian: {name: 钱进, hall: north, posts: [reviewer]}
  wang: {name: 王强, hall: north, posts: [unified-window]}
  chief: {name: 周正, hall: north, posts: [unified-window], supervisor: true}
)"},
            {"accept-review-issue.yaml", R"(process: accept-review-issue
title: {zh: 受理—审核—出件, en: 'Accept, review, issue'}
parameters:
  review_limit: {type: duration, default: 3 workdays}
start: intake
on: {withdraw: withdrawn}
steps:
  intake:
    task: intake
    post: general-window
    limit: 1 workday
    outcomes:
      accept: {to: review, requires: materials, accepts: true}
      supplement: {to: supplementing, at most: 1}
      decline: {to: declined, requires: reason, decides: true}
  supplementing:
    wait: applicant
    on: {supplied: intake, after 30 workdays: lapsed}
  review:
    task: review
    pool: pass-through
    limit: =review_limit
    outcomes:
      approve: {to: issue, decides: true}
      reject: {to: rejected, requires: reason, decides: true}
      return: {to: intake, requires: reason, at most: 2}
  issue:
    task: issue
    post: unified-window
    outcomes:
      deliver: completed
  completed: {end: granted}
  rejected: {end: refused}
  declined: {end: not accepted}
  lapsed: {end: lapsed}
  withdrawn: {end: withdrawn}
)"},
            {"replace-lost.yaml", R"(item: social-card.replace-lost
revision: 3
code: '420714001000'
title: {zh: 社会保障卡补领, en: Replace a lost social security card}
kind: committed
limits: {statutory: 20 workdays, promised: 5 workdays}
channels: [window, web]
fields:
  id_number: {type: string, required: true, personal: true}
  loss_reported: {type: boolean, default: false}
materials:
  photo: {title: 一寸照片, source: applicant}
process: accept-review-issue
with: {review_limit: 3 workdays}
)"}};
}

/// An application that an intake officer can accept at once.
inline OpenCase standard_application(const std::string& person) {
    OpenCase application;
    application.item = ItemId("social-card.replace-lost");
    application.applicant = {PersonId(person), "陈晨", "person"};
    application.channel = "web";
    application.fields = {{FieldId("id_number"), Value("42060019900101" + person)}};
    application.materials = {{MaterialId("photo"), MaterialForm::provided}};
    return application;
}

}  // namespace workflow::testing
