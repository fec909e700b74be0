// The style sheet of a report's page.
//
// Thread: constant data.
#pragma once

namespace sepakat::measure {

inline constexpr const char* kPageStyle = R"css(
:root { --ink: #1f2933; --quiet: #52606d; --line: #d9dfe6; --soft: #f5f7fa; --accent: #0b5fa5;
  --warn: #8a5a00; --warn-soft: #fff8e6; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); background: #fff; line-height: 1.5;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  -webkit-print-color-adjust: exact; print-color-adjust: exact; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
header { border-bottom: 3px solid var(--accent); padding-bottom: 1rem; margin-bottom: 1.5rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .35rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .6rem; padding-bottom: .25rem;
  border-bottom: 1px solid var(--line); }
h3 { font-size: 1.02rem; margin: 0 0 .2rem; }
p { margin: .3rem 0 .7rem; max-width: 46rem; }
.quiet { color: var(--quiet); }
small[lang=en] { display: block; color: var(--quiet); font-size: .82em; font-weight: 400;
  line-height: 1.35; }
.cards { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr));
  margin: 0; padding: 0; }
.card { border: 1px solid var(--line); border-top: 3px solid var(--accent); border-radius: 4px;
  padding: .7rem .85rem; }
.card b { display: block; font-size: 1.6rem; line-height: 1.2; margin: .15rem 0;
  font-variant-numeric: tabular-nums; }
.card small { color: var(--quiet); display: block; }
ul.remarks { list-style: none; margin: 0; padding: 0; }
ul.remarks li { border-left: 4px solid var(--line); background: var(--soft); padding: .45rem .75rem;
  margin: .4rem 0; }
ul.remarks li.warning { border-left-color: #d99a00; background: var(--warn-soft); }
figure { margin: 1.25rem 0 1.75rem; break-inside: avoid; }
figure svg { width: 100%; max-width: 46rem; height: auto; display: block; margin-top: .4rem;
  font-family: inherit; }
figcaption p { margin: 0; color: var(--quiet); font-size: .92rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .88rem; min-width: 60%; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { padding: .28rem .6rem; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
th { background: var(--soft); font-weight: 600; white-space: nowrap; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.block th { background: #fff; white-space: normal; padding-top: .8rem;
  border-bottom: 2px solid var(--line); }
.note { color: var(--warn); font-size: .82rem; }
details { margin-top: .5rem; }
summary { cursor: pointer; color: var(--accent); font-size: .9rem; }
details .scroll { max-height: 22rem; overflow: auto; margin-top: .4rem; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: 0; }
dl.facts dt { color: var(--quiet); }
dl.facts dd { margin: 0; }
footer { margin-top: 2.5rem; padding-top: .8rem; border-top: 1px solid var(--line);
  color: var(--quiet); font-size: .85rem; }
@page { size: A4; margin: 15mm 14mm; }
@media print {
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  .cards { grid-template-columns: repeat(4, 1fr); }
  .card b { font-size: 1.25rem; }
  h2 { break-after: avoid; margin-top: 1.4rem; }
  details { display: none; }
  table { font-size: 8pt; min-width: 100%; }
  th, td { padding: .15rem .35rem; }
  tr, .card, ul.remarks li { break-inside: avoid; }
  tr.block { break-after: avoid; }
  tr.block th { padding-top: .4rem; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  figure svg { max-width: 170mm; }
}
)css";

}  // namespace sepakat::measure
