import { type Markup, markup } from './markup';

/** Where a colour comes from: a class of the style sheet, so that light and dark both read well. */
export type Ink = 'scorecard' | 'trees' | 'good' | 'bad' | 'faint';

export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly format: (value: number) => string;
}

interface Line {
  readonly name: string;
  readonly ink: Ink;
  readonly points: readonly (readonly [number, number])[];
  /** Dots with their values as tooltips. */
  readonly hasDots?: boolean;
  readonly isFilled?: boolean;
}

interface LinePlot {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
  /** A dashed line from one corner to the other: chance, or perfect calibration. */
  readonly hasDiagonal?: boolean;
  /** Upright lines with a word each. */
  readonly marks?: readonly { readonly at: number; readonly label: string }[];
}

const WIDTH = 520;
const HEIGHT = 340;
const MARGIN = { left: 58, right: 14, top: 14, bottom: 46 };

/** Two decimals of a pixel are enough, and keep the file small. */
const px = (value: number): string => String(Math.round(value * 100) / 100);

/** Round values between two ends: steps of 1, 2 or 5 times a power of ten. */
const ticksOf = (from: number, to: number, about = 5): readonly number[] => {
  const rough = (to - from) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= rough) ?? rough;
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, index) => (first + index) * step);
};

const across = ({ from, to }: Axis, value: number): number =>
  MARGIN.left + ((value - from) / (to - from)) * (WIDTH - MARGIN.left - MARGIN.right);

const up = ({ from, to }: Axis, value: number): number =>
  HEIGHT - MARGIN.bottom - ((value - from) / (to - from)) * (HEIGHT - MARGIN.top - MARGIN.bottom);

const frameOf = (x: Axis, y: Axis): Markup => {
  const bottom = HEIGHT - MARGIN.bottom;
  const columns = ticksOf(x.from, x.to).map(
    (tick) => markup`<text x="${px(across(x, tick))}" y="${bottom + 18}" text-anchor="middle">${x.format(tick)}</text>`,
  );
  const rows = ticksOf(y.from, y.to).map(
    (
      tick,
    ) => markup`<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${px(up(y, tick))}" y2="${px(up(y, tick))}"/>
<text x="${MARGIN.left - 8}" y="${px(up(y, tick) + 4)}" text-anchor="end">${y.format(tick)}</text>`,
  );
  const middle = (MARGIN.top + bottom) / 2;
  return markup`${rows}${columns}<line class="axis" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${bottom}" y2="${bottom}"/>
<text class="label" x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${x.label}</text>
<text class="label" transform="translate(14 ${middle}) rotate(-90)" text-anchor="middle">${y.label}</text>`;
};

const lineOf = ({ name, ink, points, hasDots = false, isFilled = false }: Line, x: Axis, y: Axis): Markup => {
  const places = points.map(([a, b]) => `${px(across(x, a))},${px(up(y, b))}`);
  const dots = hasDots
    ? points.map(
        ([a, b]) =>
          markup`<circle class="${ink}" cx="${px(across(x, a))}" cy="${px(up(y, b))}" r="3.5"><title>${name}: ${x.format(a)}, ${y.format(b)}</title></circle>`,
      )
    : [];
  const floor = px(up(y, y.from));
  const [first = [x.from]] = points;
  const last = points.at(-1) ?? first;
  const area = isFilled
    ? markup`<polygon class="${ink}" points="${px(across(x, first[0] ?? 0))},${floor} ${places.join(' ')} ${px(across(x, last[0] ?? 0))},${floor}"/>`
    : '';
  return markup`${area}<polyline class="${ink}" points="${places.join(' ')}"/>${dots}`;
};

const legendOf = (lines: readonly Line[]): Markup =>
  lines.length < 2
    ? markup``
    : markup`<p class="legend">${lines.map(({ name, ink }) => markup`<span class="key ${ink}">${name}</span>`)}</p>`;

/** Lines over two axes. */
export const linePlot = ({ title, x, y, lines, hasDiagonal = false, marks = [] }: LinePlot): Markup => {
  const diagonal = hasDiagonal
    ? markup`<line class="guide" x1="${px(across(x, x.from))}" y1="${px(up(y, y.from))}" x2="${px(across(x, x.to))}" y2="${px(up(y, y.to))}"/>`
    : '';
  const marked = marks.map(
    ({
      at,
      label,
    }) => markup`<line class="guide" x1="${px(across(x, at))}" x2="${px(across(x, at))}" y1="${MARGIN.top}" y2="${HEIGHT - MARGIN.bottom}"/>
<text x="${px(across(x, at) + 5)}" y="${MARGIN.top + 12}">${label}</text>`,
  );
  return markup`<figure><figcaption>${title}</figcaption>${legendOf(lines)}
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">${frameOf(x, y)}${diagonal}${marked}${lines.map((line) => lineOf(line, x, y))}</svg></figure>\n`;
};

interface BarPlot {
  readonly title: string;
  readonly bars: readonly { readonly label: string; readonly value: number; readonly ink: Ink }[];
  readonly to: number;
  readonly format: (value: number) => string;
  /** An upright line with a word. */
  readonly limit?: { readonly at: number; readonly label: string };
}

const BAR = 26;
const BAR_LEFT = 230;
const BAR_RIGHT = 64;

/** Lying bars from zero, with their values; what is below zero is shown as a number only. */
export const barPlot = ({ title, bars, to, format, limit }: BarPlot): Markup => {
  const width = 640;
  const top = limit === undefined ? 4 : 22;
  const height = top + bars.length * BAR + 6;
  const length = (value: number): number => (Math.max(0, Math.min(value, to)) / to) * (width - BAR_LEFT - BAR_RIGHT);
  const drawn = bars.map(({ label, value, ink }, index) => {
    const y = top + index * BAR;
    return markup`<text x="${BAR_LEFT - 8}" y="${y + 17}" text-anchor="end">${label.length > 36 ? `${label.slice(0, 35)}…` : label}<title>${label}</title></text>
<rect class="${ink}" x="${BAR_LEFT}" y="${y + 4}" width="${px(length(value))}" height="${BAR - 8}"><title>${label}: ${format(value)}</title></rect>\n`;
  });
  // Last, so that the line of a limit does not strike them out.
  const values = bars.map(
    ({ value }, index) =>
      markup`<text x="${px(BAR_LEFT + length(value) + 6)}" y="${top + index * BAR + 17}">${format(value)}</text>\n`,
  );
  const line =
    limit === undefined
      ? ''
      : markup`<line class="guide" x1="${px(BAR_LEFT + length(limit.at))}" x2="${px(BAR_LEFT + length(limit.at))}" y1="16" y2="${height}"/>
<text x="${px(BAR_LEFT + length(limit.at))}" y="12" text-anchor="middle">${limit.label}</text>`;
  return markup`<figure><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">${drawn}${line}${values}</svg></figure>\n`;
};

/** Dots on one scale per group: how much a figure moves. */
export const stripPlot = (
  title: string,
  x: Axis,
  groups: readonly { readonly name: string; readonly ink: Ink; readonly values: readonly number[] }[],
): Markup => {
  const row = 46;
  const height = groups.length * row + 46;
  const drawn = groups.map(({ name, ink, values }, index) => {
    const middle = index * row + row / 2 + 4;
    const mean = values.reduce((total, value) => total + value, 0) / values.length;
    const dots = values.map(
      // A step that never falls on itself keeps dots with close values apart.
      (value, place) =>
        markup`<circle class="${ink}" cx="${px(across(x, value))}" cy="${px(middle + (((place * 7) % 13) - 6) * 1.4)}" r="3"><title>${x.format(value)}</title></circle>`,
    );
    return markup`<text x="${MARGIN.left - 50}" y="${middle - 17}">${name}</text>${dots}
<line class="mean" x1="${px(across(x, mean))}" x2="${px(across(x, mean))}" y1="${middle - 14}" y2="${middle + 14}"><title>mean ${x.format(mean)}</title></line>`;
  });
  const ticks = ticksOf(x.from, x.to).map(
    (tick) => markup`<text x="${px(across(x, tick))}" y="${height - 24}" text-anchor="middle">${x.format(tick)}</text>`,
  );
  return markup`<figure><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">${drawn}
<line class="axis" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${height - 40}" y2="${height - 40}"/>${ticks}
<text class="label" x="${WIDTH / 2}" y="${height - 6}" text-anchor="middle">${x.label}</text></svg></figure>\n`;
};
