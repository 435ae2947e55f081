import type { Calculation } from '../../domain/schedule';

type Of<Kind extends Calculation['kind']> = Extract<Calculation, { kind: Kind }>;
type Rounding = Of<'interest'>['rounding'];
type Segment = Of<'interest'>['segments'][number];
type Share = Segment['share'];

/** The arithmetic behind an amount, as it would be keyed in. */
export const calculationLines = (calculation: Calculation): readonly string[] => {
  switch (calculation.kind) {
    case 'interest':
      return interestLines(calculation);
    case 'equal-installment':
      return equalInstallmentLines(calculation);
    case 'annuity':
      return annuityLines(calculation);
    case 'even-share':
      return [`${calculation.sum} ÷ ${calculation.count}`, ...rounded(calculation.rounding), ...multiple(calculation)];
    case 'share': {
      const { of, basis, share, least, most, rounding } = calculation;
      const bounds = [least && `at least ${least}`, most && `at most ${most}`].filter(Boolean);
      return [`${of} (${basis}) × ${share}`, ...rounded(rounding), ...bounds.map(String), ...multiple(calculation)];
    }
    case 'penalty': {
      const { stretches, perYear, yearDays, rounding } = calculation;
      const sums = stretches.map(({ principal, days }) => `${principal} × ${days}`).join(' + ');
      const dates = stretches.map(({ from, to, days, principal }) => `${from} to ${to}: ${days} days, ${principal}`);
      return [...dates, `(${sums}) × ${perYear} ÷ ${yearDays}`, ...rounded(rounding)];
    }
    case 'flat-interest': {
      const { principal, factor, whole, installments, free, asking, rounding } = calculation;
      return [
        `${principal} × ${factor} for the whole term (${shareOf(calculation.share)} of a year at ${calculation.perYear})`,
        ...rounded(whole),
        ...(free > 0 ? [`less ${free} of ${installments} that are free of interest`] : []),
        `÷ ${asking}`,
        ...rounded(rounding),
      ];
    }
    case 'remainder':
      return [`${calculation.lent} − ${calculation.elsewhere} asked for by the others`];
  }
};

const rounded = ({ exact, mode, place, rounded: result, difference }: Rounding): readonly string[] => [
  `= ${exact}`,
  `rounded ${mode} to ${place}: ${result} (${difference.startsWith('-') ? difference : `+${difference}`})`,
];

const multiple = ({ multiple: of }: { readonly multiple?: string | undefined }): readonly string[] =>
  of === undefined ? [] : [`to a multiple of ${of}`];

/** "30/360", "12/365 + 19/366", "30/360 × 17/31". */
const shareOf = ({ terms, part = 1, of = 1 }: Share): string => {
  const sum = terms.map(({ days, each = 1, rest = 0, restOf = 1, yearDays }) => {
    const units = rest === 0 ? `${days}` : `(${days} + ${rest}/${restOf})`;
    return `${each === 1 ? units : `(${units} × ${each})`}/${yearDays}`;
  });
  const whole = sum.length === 1 ? (sum[0] ?? '0') : sum.length === 0 ? '0' : `(${sum.join(' + ')})`;
  return part === of ? whole : `${whole} × ${part}/${of}`;
};

const interestLines = ({ segments, rounding }: Of<'interest'>): readonly string[] => [
  ...segments.flatMap(segmentLines),
  ...(segments.length > 1 ? [`Σ = ${rounding.exact}`] : []),
  ...rounded(rounding).slice(1),
];

const segmentLines = (segment: Segment): readonly string[] => {
  const { from, to, days, balance, perYear, paused, share, factor, ofPeriod, exact, changes } = segment;
  const of = ofPeriod === undefined || ofPeriod.days === ofPeriod.of ? '' : ` × ${ofPeriod.days}/${ofPeriod.of}`;
  const after = changes.map(
    ({ what, amount, fact }) =>
      `${to}: ${amount.startsWith('-') ? amount : `+${amount}`} ${WHAT[what]}${fact === undefined ? '' : ` (${fact})`}`,
  );
  if (days === 0) return after;
  const borne = paused
    ? `${from} to ${to}: ${days} days without interest`
    : `${from} to ${to}: ${days} days: ${balance} × ${perYear} × ${shareOf(share)}${of} = ${balance} × ${factor}${of} = ${exact}`;
  return [borne, ...after];
};

const WHAT = {
  'paid-out': 'paid out',
  'paid-early': 'principal paid early',
  overdue: 'overdue principal',
  'put-back': 'put back',
  other: 'by a change of plan',
} as const;

const equalInstallmentLines = (calculation: Of<'equal-installment'>): readonly string[] => {
  const { balance, balloon, periods, growth, divisor, rounding, spread } = calculation;
  const owed = balloon === undefined ? `${balance} × ${growth}` : `(${balance} × ${growth} − ${balloon})`;
  return [
    ...rateLines(periods),
    `Π(1 + r) = ${growth}; f = 1, then 1 + f × (1 + r) for each more: ${divisor}`,
    `${owed} ÷ ${divisor}`,
    ...rounded(rounding),
    ...(spread === undefined ? [] : [`+ ${spread.sum} ÷ ${periods.length} = ${spread.each} of interest on top`]),
    ...multiple(calculation),
  ];
};

/** The rate of each period; periods that follow each other with the same one are said once. */
const rateLines = (periods: Of<'equal-installment'>['periods']): readonly string[] => {
  const runs: { readonly first: string; last: string; count: number; readonly rate: string }[] = [];
  for (const { due, rates } of periods) {
    const each = rates.map(({ perYear, share, factor }) => `${perYear} × ${shareOf(share)} = ${factor}`);
    const rate = each.length === 0 ? '0' : each.join(', and ');
    const last = runs.at(-1);
    if (last?.rate !== rate) runs.push({ first: due, last: due, count: 1, rate });
    else {
      last.last = due;
      last.count += 1;
    }
  }
  return runs.map(({ first, last, count, rate }) =>
    count === 1 ? `r to ${first}: ${rate}` : `r to ${first} … ${last}, ${count} periods: ${rate}`,
  );
};

const annuityLines = ({
  balance,
  rest,
  perYear,
  share,
  factor,
  periods,
  rounding,
}: Of<'annuity'>): readonly string[] => {
  const principal = rest === undefined ? balance : `(${balance} − ${rest})`;
  const ofRest = rest === undefined ? '' : ` + ${rest} × r`;
  return [
    `r = ${perYear} × ${shareOf(share)} = ${factor}; n = ${periods}`,
    `${principal} × r × (1 + r)^n ÷ ((1 + r)^n − 1)${ofRest}`,
    ...rounded(rounding),
  ];
};
