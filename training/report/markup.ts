/** Text that is HTML already. */
export interface Markup {
  readonly html: string;
}

type Part = Markup | string | number | readonly (Markup | string)[];

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const written = (part: Part): string => {
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  if ('html' in part) return part.html;
  return part.map(written).join('');
};

/** A template of HTML or SVG: what is put in is escaped, but for what is markup already. */
export const markup = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  html: texts.map((text, index) => text + (index < parts.length ? written(parts[index] ?? '') : '')).join(''),
});

export interface Cell {
  readonly text: string;
  /** Numbers stand to the right. */
  readonly isNumber: boolean;
}

export const words = (text: string): Cell => ({ text, isNumber: false });

export const figure = (value: number, digits = 3): Cell => ({ text: value.toFixed(digits), isNumber: true });

export const percent = (share: number, digits = 1): Cell => ({
  text: `${(100 * share).toFixed(digits)} %`,
  isNumber: true,
});

/** A table that scrolls by itself where the page is narrow. */
export const table = (caption: string, heads: readonly string[], rows: readonly (readonly Cell[])[]): Markup => {
  const [first] = rows;
  const head = heads.map((text, index) =>
    first?.[index]?.isNumber
      ? markup`<th scope="col" class="number">${text}</th>`
      : markup`<th scope="col">${text}</th>`,
  );
  const body = rows.map((cells) => {
    const written = cells.map(({ text, isNumber }) =>
      isNumber ? markup`<td class="number">${text}</td>` : markup`<td>${text}</td>`,
    );
    return markup`<tr>${written}</tr>\n`;
  });
  return markup`<div class="scroll"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead>
<tbody>${body}</tbody></table></div>\n`;
};
