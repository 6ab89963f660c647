#pragma once

/// The officers of a small hall, as an author would write them: what tests of processes and of the
/// engine run on.

namespace workflow::testing {

inline constexpr const char* hall_staff = R"(organization: test-hall
title: {zh: 测试大厅, en: Test hall}
halls:
  north: {title: {zh: 北厅, en: North}}
  south: {title: {zh: 南厅, en: South}}
posts:
  window: {title: {zh: 综合窗口, en: Window}, duties: [intake]}
  reviewer: {title: {zh: 审核岗, en: Reviewer}, duties: [review]}
  issuer: {title: {zh: 出件窗口, en: Issuer}, duties: [issue]}
  surveyor: {title: {zh: 勘验岗, en: Surveyor}, duties: [survey]}
  lawyer: {title: {zh: 法规岗, en: Lawyer}, duties: [opinion]}
  archivist: {title: {zh: 档案岗, en: Archivist}, duties: [archive]}
  registry: {title: {zh: 登记岗, en: Registry}, duties: [file, archive]}
officers:
  lin: {name: 林芳, hall: north, posts: [window]}
  sun: {name: 孙立, hall: north, posts: [window, reviewer]}
  zhao: {name: 赵敏, hall: north, posts: [reviewer]}
  qian: {name: 钱进, hall: north, posts: [reviewer]}
  zhou: {name: 周南, hall: south, posts: [reviewer]}
  wang: {name: 王强, hall: north, posts: [issuer]}
  ma: {name: 马丽, hall: north, posts: [window, issuer]}
  ma-evening: {name: 马丽, person: ma, hall: north, posts: [issuer]}
  tang: {name: 唐文, hall: north, posts: [surveyor, lawyer]}
  xu: {name: 徐勘, hall: north, posts: [surveyor]}
  fa: {name: 法明, hall: north, posts: [lawyer]}
  shi: {name: 石南, hall: south, posts: [window]}
  mo: {name: 莫言, hall: north, posts: [window], qualified: [other.*]}
  he: {name: 何休, hall: north, posts: [window], absent: [{from: 2026-03-02, to: 2026-03-06}]}
  wei: {name: 魏去, hall: north, posts: [window], left: 2026-03-01}
  lu: {name: 陆册, hall: north, posts: [registry]}
  chief: {name: 主任, hall: north, posts: [window], supervisor: true}
)";

}  // namespace workflow::testing
