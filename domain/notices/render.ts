import { z } from 'zod';
import { assert } from '../kernel';
import { LANGUAGES, type Language, languageSchema, type NoticeKind, noticeKindSchema } from './kinds';
import stored from './templates.json';

const textSchema = z.strictObject({ subject: z.string().min(1), text: z.string().min(1) });

const templateSchema = z.strictObject({ version: z.int().min(1), en: textSchema, 'zh-CN': textSchema });

/** What each kind of notice says, by language. A changed text is a new version; what was sent names the one it was. */
const TEMPLATES = z.record(noticeKindSchema, templateSchema).parse(stored);

/** What a notice tells of: texts that go in as they are, or that read otherwise in each language. Never personal. */
export const noticeFactsSchema = z.record(z.string(), z.union([z.string(), z.record(languageSchema, z.string())]));
export type NoticeFacts = Readonly<z.infer<typeof noticeFactsSchema>>;

/** A notice as somebody reads it. */
export interface RenderedNotice {
  readonly template: string;
  readonly version: number;
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
}

const HOLE = /\{(\w+)\}/g;

/** The facts that a notice cannot do without. */
export const factsNeeded = (kind: NoticeKind): readonly string[] => {
  const names = LANGUAGES.flatMap((language) => {
    const { subject, text } = TEMPLATES[kind][language];
    return [...`${subject}\n${text}`.matchAll(HOLE)].map(([, name = '']) => name);
  });
  return [...new Set(names)].sort();
};

/** A notice in a language. @throws InvariantError when a fact is missing: half a notice is never sent */
export const renderNotice = (kind: NoticeKind, language: Language, facts: NoticeFacts): RenderedNotice => {
  const { version, [language]: wording } = TEMPLATES[kind];
  const filled = (text: string): string =>
    text.replaceAll(HOLE, (_, name: string) => {
      const fact = facts[name];
      assert(fact !== undefined, () => `a notice of ${kind} needs ${name}`);
      return typeof fact === 'string' ? fact : fact[language];
    });
  return { template: kind, version, language, subject: filled(wording.subject), text: filled(wording.text) };
};
