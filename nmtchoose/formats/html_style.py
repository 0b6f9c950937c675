"""The look of the HTML pages: one style sheet, inside the page, for screens, phones and paper."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light; --ink: #1d2330; --soft: #4d5566; --line: #c9ced8; --paper: #fff; --tone: #3d4a63;
  --tint: #f3f5f9; }
* { box-sizing: border-box; }
html { font-size: 100%; }
html.large { font-size: 150%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", "DejaVu Sans",
  sans-serif; }
header, main, footer { max-width: 46rem; margin: 0 auto; padding: 1.25rem; }
main { padding-bottom: 0; }
header { padding-bottom: 0; color: var(--soft); font-weight: 600; }
header p { margin: 0; }
header + main { padding-top: .6rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 1.75rem 0 .5rem; padding-bottom: .2rem;
  border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.25rem 0 .25rem; }
p, ul, dl { margin: .5rem 0; }
ul { padding-left: 1.25rem; }
li { margin: .2rem 0; }
dl > div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1rem; padding: .3rem 0; }
dl.questions > div { grid-template-columns: 1fr; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
.card { border: 2px solid var(--tone); border-left-width: .6rem; border-radius: .4rem; background: var(--tint);
  padding: 1rem 1.25rem; margin: 0 0 1.25rem; }
.card > :last-child, .card dl > :last-child { margin-bottom: 0; padding-bottom: 0; }
.card h1, .card h2 { color: var(--tone); border: 0; padding: 0; margin: 0 0 .5rem; }
.emergency { --tone: #a01217; --tint: #fdeeee; }
.emergency h1, .emergency h2 { font-size: 1.9rem; }
.doctor { --tone: #8f2d0e; --tint: #fdf1ec; }
.wait { --tone: #6b4e00; --tint: #fdf6e3; }
.care { --tone: #0b5f59; --tint: #e9f6f4; }
.go { --tone: #1c5e2b; --tint: #ecf6ee; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .3rem; }
th, td { border: 1px solid var(--line); padding: .4rem .5rem; text-align: left; vertical-align: top; }
thead th { background: var(--tint); }
th.chosen { background: #e2ebf8; }
td ul { margin: 0; padding-left: 1rem; }
td .match { font-weight: 600; }
td .against { text-decoration: underline dotted; }
.map { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: flex-start; margin: .75rem 0; }
.map svg { flex: 1 1 16rem; max-width: 21rem; height: auto; }
.map dl { flex: 1 1 14rem; }
.map dl > div { display: block; padding-left: 1.9rem; }
.map svg.key { width: 1.3rem; height: 1.3rem; margin: 0 .6rem 0 -1.9rem; vertical-align: text-bottom; }
.body path, .key rect.swatch { stroke: #69738a; stroke-width: 1; stroke-linejoin: round; }
.body .place { fill: #f4f5f8; }
.strong { fill: #9c1b2e; } .medium { fill: #d9705f; } .mild { fill: #f2bfae; } .marked { fill: #b5475a; }
.named { fill: #7aa7d6; } .spared { fill: url(#spared); }
.paper { fill: #fff; } .ink { fill: #1d2330; }
.body text { font: 600 15px system-ui, "DejaVu Sans", sans-serif; fill: #4d5566; text-anchor: middle; }
footer { color: var(--soft); font-size: .85rem; }
@media (max-width: 34rem) { dl > div { grid-template-columns: 1fr; } }
@page { margin: 14mm 15mm; }
@media print {
  html { font-size: 10.5pt; } html.large { font-size: 16pt; }
  body { background: #fff; } header, main, footer { max-width: none; padding: 0 1px; }
  header + main { padding-top: .6rem; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  h1, h2, h3 { break-after: avoid; }
  .card, .map, tr, li, dl > div { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
  .scroll { overflow: visible; }
}
"""
"""Colours keep a contrast of at least 4.5 to 1 on their background (WCAG 2.2, AA), and none carries meaning alone."""
