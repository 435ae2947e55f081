import { type Currency, minorDigits } from '../../domain/kernel';
import type { StatementFormat } from './format';

type Amounts = StatementFormat['amounts'];

const ESCAPED: Readonly<Record<string, string>> = { '.': '\\.', ',': ',', ' ': '[ \\u00a0\\u202f]', "'": "['’]" };

/** "(1,234.50)", "-1234.5", "1234.50-": one pattern per way of writing, made once. */
const patternOf = ({ decimalSign, groupSign }: Amounts): RegExp => {
  const grouped = groupSign === '' ? '' : `|\\d{1,3}(?:${ESCAPED[groupSign]}\\d{3})+`;
  return new RegExp(`^(\\(|[+-])?(\\d{1,20}${grouped})(?:${ESCAPED[decimalSign]}(\\d{1,6}))?(\\)|-)?$`);
};

/** Reads amounts as one partner writes them: signed minor units, or undefined for what is no amount of the currency. */
export const amountReader = (amounts: Amounts): ((text: string, currency: Currency) => bigint | undefined) => {
  const pattern = patternOf(amounts);
  const digitsOf = amounts.decimals === 'implied' ? impliedDigits : writtenDigits;
  return (text, currency) => {
    const found = pattern.exec(text.trim());
    if (found === null) return undefined;
    const [, before = '', whole = '', fraction = '', after = ''] = found;
    if ((before === '(') !== (after === ')') || (before !== '' && after === '-')) return undefined;
    const digits = digitsOf(fraction, minorDigits(currency));
    if (digits === undefined) return undefined;
    const minor = BigInt((whole.length < 4 ? whole : whole.replace(/\D/g, '')) + digits);
    return before === '(' || before === '-' || after === '-' ? -minor : minor;
  };
};

const impliedDigits = (fraction: string): string | undefined => (fraction === '' ? '' : undefined);

/** The decimals of the currency. More than it has are no amount of it, unless they say nothing. */
const writtenDigits = (fraction: string, digits: number): string | undefined =>
  fraction.length > digits && /[1-9]/.test(fraction.slice(digits))
    ? undefined
    : fraction.slice(0, digits).padEnd(digits, '0');
