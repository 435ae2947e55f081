import { type Day, dayOf } from '../../domain/calendar';
import { businessDateSchema } from '../../domain/kernel';
import type { StatementFormat } from './format';

/** Statements have few days and many lines. */
const MOST_REMEMBERED = 4_096;

/** Reads days as one partner writes them; undefined for what is no day. Remembers the days it has seen. */
export const dateReader = (pattern: StatementFormat['dates']): ((text: string) => Day | undefined) => {
  const at = (part: string): readonly [number, number] => {
    const from = pattern.indexOf(part);
    return [from, from + part.length];
  };
  const [year, month, day] = [at('YYYY'), at('MM'), at('DD')];
  const read = (text: string): Day | undefined => {
    const signs = [...pattern].every((sign, index) => /[YMD]/.test(sign) || text[index] === sign);
    if (text.length !== pattern.length || !signs) return undefined;
    const parsed = businessDateSchema.safeParse(`${text.slice(...year)}-${text.slice(...month)}-${text.slice(...day)}`);
    return parsed.success ? dayOf(parsed.data) : undefined;
  };
  const seen = new Map<string, Day | undefined>();
  return (text) => {
    if (seen.has(text)) return seen.get(text);
    if (seen.size === MOST_REMEMBERED) seen.clear();
    const found = read(text.trim());
    seen.set(text, found);
    return found;
  };
};
