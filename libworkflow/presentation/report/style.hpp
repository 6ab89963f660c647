#pragma once

/// The style of a report's page: light and dark, on a wide screen and on paper.

namespace workflow::presentation {

inline constexpr const char* report_style = R"(
:root { color-scheme: light dark; --ground: #fbfbfa; --card: #fff; --ink: #1b1f24; --soft: #5b6470;
  --line: #d9dde2; --band: #d5dfea; --dot: #1f5fa8; --flag: #b3400f; --flag-ground: #fdf1ea; }
@media (prefers-color-scheme: dark) { :root { --ground: #14171b; --card: #1c2026; --ink: #e8eaed;
  --soft: #a2abb6; --line: #363d46; --band: #33414f; --dot: #7db4f0; --flag: #ff9a63;
  --flag-ground: #33221a; } }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; color: var(--ink);
  background: var(--ground); }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
.soft, .rule { color: var(--soft); } .rule { font-size: .85rem; max-width: 60rem; }
.tiles { display: grid; gap: .7rem; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr));
  margin: 1.2rem 0; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
  padding: .7rem .9rem; } .tile b { display: block; font-size: 1.7rem; line-height: 1.2;
  font-variant-numeric: tabular-nums; } .tile.bad b { color: var(--flag); }
ul.found { list-style: none; margin: 0; padding: 0; }
.found li { background: var(--flag-ground); border-left: .25rem solid var(--flag);
  padding: .5rem .8rem; margin-bottom: .5rem; overflow-wrap: anywhere; }
.chart { background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
  padding: .7rem .9rem; }
.bar { display: grid; grid-template-columns: minmax(7rem, 15rem) 1fr 5.2rem; gap: .7rem;
  align-items: center; padding: .12rem 0; } .bar .name { overflow-wrap: anywhere; line-height: 1.2; }
.bar .value { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.track { position: relative; height: 1.1rem; } .track i { position: absolute; display: block; }
.track .axis { left: 0; right: 0; top: 50%; border-top: 1px solid var(--line); }
.track .mark { width: 1px; top: 0; bottom: 0; background: var(--soft); }
.track .band { top: .2rem; bottom: .2rem; background: var(--band); border-radius: .2rem; }
.track .dot { width: .75rem; height: .75rem; top: .18rem; margin-left: -.375rem; border-radius: 50%;
  background: var(--dot); } .bar.flagged .dot { background: var(--flag); border-radius: 0;
  transform: rotate(45deg); } .bar.flagged .name, .bar.flagged .value { color: var(--flag);
  font-weight: 600; }
.scale { color: var(--soft); font-size: .8rem; } .scale .track { height: 1.2rem; }
.scale .track span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
.scale .track span.first { transform: none; } .scale .track span.last {
  transform: translateX(-100%); }
.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--card); }
table { border-collapse: collapse; width: 100%; font-size: .88rem; }
th, td { padding: .35rem .6rem; text-align: right; white-space: nowrap;
  border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; }
th { color: var(--soft); font-weight: 600; vertical-align: bottom; white-space: normal;
  min-width: 4.2rem; } th.text, td.text { text-align: left; } tr:last-child td { border-bottom: 0; }
tr.flagged td { color: var(--flag); }
@media (max-width: 40rem) { .bar { grid-template-columns: 6.2rem 1fr 4.4rem; gap: .4rem;
  font-size: .88rem; } h1 { font-size: 1.35rem; } }
@media print { body { max-width: none; padding: 0; } .bar, li, tr { break-inside: avoid; } }
)";

}  // namespace workflow::presentation
