import { type Markup, markup } from './markup';

/** The whole style of a report. Colours are told apart by lightness too, and both schemes keep the contrast of text. */
export const style: Markup = markup`<style>
:root { color-scheme: light dark; --page: #ffffff; --ink: #1b2128; --soft: #59636e; --rule: #d6dbe1; --panel: #f5f7f9;
  --scorecard: #1f5fa8; --trees: #b9580f; --good: #1c7a68; --bad: #b02a45; --faint: #9aa4ae; --pass: #1c7a3e; --fail: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --page: #13171b; --ink: #e6eaee; --soft: #9aa5b1; --rule: #333b44; --panel: #1b2127;
    --scorecard: #74b0f2; --trees: #f2a763; --good: #57c7ae; --bad: #ff8c9f; --faint: #6b7682; --pass: #6fd08c; --fail: #ff8f86; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 72rem; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 .4rem; } h2 { margin: 2.6rem 0 .6rem; font-size: 1.3rem; }
h3 { margin: 1.6rem 0 .4rem; font-size: 1.05rem; } p { max-width: 46rem; } .lead, caption, figcaption, .legend { color: var(--soft); }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.2rem; }
figure { margin: 0; padding: 1rem; background: var(--panel); border-radius: .5rem; min-width: 0; }
figcaption { font-weight: 600; margin-bottom: .3rem; } svg { width: 100%; height: auto; display: block; overflow: visible; }
svg text { fill: var(--soft); paint-order: stroke; stroke: var(--panel); stroke-width: 4px; font: 12px system-ui, sans-serif; } svg .label { fill: var(--ink); }
svg .grid { stroke: var(--rule); } svg .axis { stroke: var(--soft); } svg .guide { stroke: var(--soft); stroke-dasharray: 4 4; }
svg .mean { stroke: var(--ink); stroke-width: 2.5; } polyline { fill: none; stroke-width: 2; }
polygon { opacity: .18; } circle { opacity: .85; }
polyline.scorecard { stroke: var(--scorecard); } polyline.trees { stroke: var(--trees); stroke-dasharray: 7 3; }
polyline.good { stroke: var(--good); } polyline.bad { stroke: var(--bad); stroke-dasharray: 7 3; } polyline.faint { stroke: var(--faint); }
:is(circle, rect, polygon).scorecard { fill: var(--scorecard); } :is(circle, rect, polygon).trees { fill: var(--trees); }
:is(circle, rect, polygon).good { fill: var(--good); } :is(circle, rect, polygon).bad { fill: var(--bad); }
:is(circle, rect, polygon).faint { fill: var(--faint); }
.legend { margin: 0 0 .3rem; font-size: .85rem; } .key { margin-right: 1.2rem; }
.key::before { content: ""; display: inline-block; width: .8em; height: .8em; margin-right: .4em; border-radius: 2px; vertical-align: -.06em; }
.key.scorecard::before { background: var(--scorecard); } .key.trees::before { background: var(--trees); }
.key.good::before { background: var(--good); } .key.bad::before { background: var(--bad); }
.scroll { overflow-x: auto; margin: .8rem 0 1.2rem; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; padding-bottom: .4rem; } th, td { text-align: left; padding: .35rem .7rem; border-bottom: 1px solid var(--rule); }
th { font-weight: 600; } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
summary { cursor: pointer; color: var(--soft); margin: .8rem 0; }
.verdict { font-weight: 600; } .pass { color: var(--pass); } .fail { color: var(--fail); }
@media print { body { max-width: none; } figure { break-inside: avoid; } details { display: block; } }
</style>`;
