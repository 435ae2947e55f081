import { livedThrough } from '../../domain/schedule/progressive/life/replay';
import { type DueAmounts, dueAmountsAcross, dueAmountsNear } from '../../domain/schedule/progressive/model/due-amounts';
import type { Model } from '../../domain/schedule/progressive/model/model';
import { plainPlan } from '../../domain/schedule/progressive/plain/plan';
import type { KnownLoan } from './known-loans';

/** The day itself, and the end of the running period: until when interest may be counted. */
const daysOf = ({ periods }: Model, on: number): readonly number[] => {
  const running = periods.find(({ from, due }) => from < on && on <= due);
  return running === undefined ? [on] : [on, running.due];
};

interface Near {
  readonly model: Model;
  readonly index: number;
  readonly day: number;
  readonly due: DueAmounts;
  /** The same where money goes portion by portion. */
  readonly across: DueAmounts | undefined;
}

type Life = Pick<KnownLoan, 'terms' | 'agreement' | 'facts' | 'asOf'>;

/** What is due of installments wherever their own periods say so, after every fact of a loan's life. */
export const nearIn = ({ terms, agreement, facts, asOf }: Life, said: (near: Near) => void): void => {
  livedThrough(terms, agreement, facts, asOf, {
    begun: () => undefined,
    happened: ({ model }, fact) => {
      for (const index of model.periods.keys()) {
        for (const day of daysOf(model, fact?.on ?? asOf)) {
          const due = dueAmountsNear(model, index, day);
          const across = dueAmountsAcross(model, index, day);
          if (due !== undefined) said({ model, index, day, due, across });
        }
      }
    },
  });
};

const untouchedIn = ({ terms, agreement, facts, asOf }: Life): number => {
  let count = 0;
  livedThrough(terms, agreement, facts, asOf, {
    begun: () => undefined,
    happened: ({ model }) => {
      count += model.periods.filter(({ isUntouched }) => isUntouched === true).length;
    },
  });
  return count;
};

/**
 * The quick ways that a progressive loan goes: planned in doubles, and how often a period alone says what is due of it,
 * or was carried into as one that nothing has happened to. Slower ways come to the same figures.
 */
export const waysOf = (loan: KnownLoan): readonly string[] => {
  const { terms, agreement, facts } = loan;
  if (terms.planning !== 'progressive') return [];
  const payout = facts.find((fact) => fact.kind === 'disbursement');
  const isInDoubles = payout !== undefined && plainPlan(terms, agreement, payout) !== undefined;
  let near = 0;
  nearIn(loan, () => {
    near += 1;
  });
  const untouched = untouchedIn(loan);
  return [
    ...(isInDoubles ? ['in doubles'] : []),
    ...(near > 0 ? [`near ${near}`] : []),
    ...(untouched > 0 ? [`untouched ${untouched}`] : []),
  ];
};
