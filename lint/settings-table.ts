import { SETTINGS } from '../platform/config';

const START = '<!-- settings:start -->';
const END = '<!-- settings:end -->';

/** What a setting is when nobody sets it, as readers see it. */
const defaultOf = (schema: { safeParse(value: unknown): { success: boolean; data?: unknown } }): string => {
  const { data } = schema.safeParse(undefined);
  if (data === undefined) return '';
  return Array.isArray(data) ? 'all' : `\`${String(data)}\``;
};

/** The README's table of settings, made from their declarations. */
const settingsTable = (): string => {
  const rows = Object.entries(SETTINGS).map(
    ([name, { schema, about }]) => `| \`${name}\` | ${defaultOf(schema)} | ${about} |`,
  );
  return ['| setting | default | what it is for |', '|---|---|---|', ...rows].join('\n');
};

/** The text with its table of settings as it ought to be. Throws when it has no place for one. */
export const withSettingsTable = (text: string): string => {
  const [from, to] = [text.indexOf(START), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`there is no ${START} … ${END}`);
  return `${text.slice(0, from + START.length)}\n${settingsTable()}\n${text.slice(to)}`;
};
