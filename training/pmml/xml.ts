/** An element to be written: attributes that are undefined are left out. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly content: readonly Element[] | string;
}

export const element = (
  name: string,
  attributes: Element['attributes'] = {},
  content: Element['content'] = [],
): Element => ({ name, attributes, content });

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Numbers are written with as many digits as give the same number back. */
const opened = ({ name, attributes }: Element): string =>
  [
    name,
    ...Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}="${escaped(String(value))}"`],
    ),
  ].join(' ');

const linesOf = (node: Element, indent: string): readonly string[] => {
  const start = opened(node);
  if (typeof node.content === 'string') return [`${indent}<${start}>${escaped(node.content)}</${node.name}>`];
  if (node.content.length === 0) return [`${indent}<${start}/>`];
  return [
    `${indent}<${start}>`,
    ...node.content.flatMap((child) => linesOf(child, `${indent} `)),
    `${indent}</${node.name}>`,
  ];
};

export const writeXml = (root: Element): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${linesOf(root, '').join('\n')}\n`;
