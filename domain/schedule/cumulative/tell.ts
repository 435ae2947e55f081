import type { Day } from '../../calendar';
import type { LoanTerms } from '../loan-terms';
import type { LoanAgreement, LoanFact } from '../replay';
import { factDemands, termDemands } from './demands';
import { dueDatesOf } from './due-dates';
import { settledEarlyIn } from './early-settlement';
import { inOrder, undoneIn } from './in-order';
import { payoffOf } from './payoff';
import type { Movement, Story, Tranche, Variations } from './story';

type Of<Kind extends LoanFact['kind']> = Extract<LoanFact, { kind: Kind }>;
const isOf =
  <Kind extends LoanFact['kind']>(kind: Kind) =>
  (fact: LoanFact): fact is Of<Kind> =>
    fact.kind === kind;

/** The story that facts tell on a day: what was undone left out, payoffs worked out, in the order that counts. */
export const tell = (terms: LoanTerms, agreement: LoanAgreement, facts: readonly LoanFact[], asOf: Day): Story => {
  const undone = undoneIn(facts);
  const standing = inOrder(facts.filter(({ id }) => !undone.has(id)));
  const tranches = tranchesOf(agreement, standing, asOf);
  const first = tranches[0]?.on ?? agreement.submittedOn;
  const movements: Movement[] = [];
  const untold: Story = {
    terms,
    agreement,
    tranches,
    variations: variationsOf(terms, standing),
    ...endOf(terms, standing),
    demands: [],
    movements,
    today: asOf,
  };
  const agreed = termDemands(terms, first, () => dueDatesOf(untold).due(1));
  const demands = [...agreed, ...factDemands(standing)];
  const story: Story = { ...untold, demands };
  const settledEarly = settledEarlyIn(story);
  for (const fact of standing) {
    if (fact.on > asOf) continue;
    demands.push(...settledEarly(fact));
    const movement = movementOf(fact, story);
    if (movement !== undefined) movements.push(movement);
  }
  return story;
};

/** What was paid out, then what is still expected: every disbursement stands for the oldest that was. */
const tranchesOf = (agreement: LoanAgreement, facts: readonly LoanFact[], asOf: Day): readonly Tranche[] => {
  const paidOut = facts
    .filter(isOf('disbursement'))
    .filter(({ on }) => on <= asOf)
    .map(({ amount, id, installment, on }) => ({ id, on, amount, installment }));
  const expected = [...(agreement.expectedTranches ?? [])]
    .sort((a, b) => a.on - b.on)
    .slice(paidOut.length)
    .filter(({ on }) => paidOut.length > 0 && on >= asOf)
    .map(({ amount, installment, on }, index) => ({ id: `expected-${index + 1}`, on, amount, installment }));
  return [...paidOut, ...expected];
};

/** A charge-off may end the interest, or the plan. */
const endOf = ({ chargeOff }: LoanTerms, facts: readonly LoanFact[]): Pick<Story, 'endsOn'> => {
  const off = facts.find(isOf('charge-off'));
  return off === undefined || chargeOff !== 'accelerate-maturity' ? {} : { endsOn: off.on };
};

const FOR_EVER = Number.MAX_SAFE_INTEGER;

const variationsOf = (terms: LoanTerms, facts: readonly LoanFact[]): Variations => ({
  rates: facts.filter(isOf('rate-change')).map(({ on, perYear }) => ({ from: on, perYear })),
  moves: facts.filter(isOf('due-date-move')).map(({ from, to }) => ({ from, to })),
  extras: facts.filter(isOf('extra-installments')).map(({ count, from }) => ({ from, count })),
  graces: facts.filter(isOf('grace')).map(({ from, interest, principal }) => ({ from, principal, interest })),
  pauses: [
    ...facts.filter(isOf('interest-pause')).map(({ on, through }) => ({ from: on, through })),
    ...(terms.chargeOff === 'zero-interest' ? facts : [])
      .filter(isOf('charge-off'))
      .map(({ on }) => ({ from: on, through: FOR_EVER })),
  ],
});

const movementOf = (fact: LoanFact, story: Story): Movement | undefined => {
  const { id, on } = fact;
  switch (fact.kind) {
    case 'credit':
      return { kind: 'credit', id, on, label: fact.credit, credit: fact.credit, amount: fact.amount };
    case 'charge-adjustment':
      return { kind: 'credit', id, on, label: fact.kind, credit: fact.kind, amount: fact.amount };
    case 'payoff': {
      const { fee, interest, penalty, principal } = payoffOf({ ...story, movements: [...story.movements] }, on);
      return {
        kind: 'credit',
        id,
        on,
        label: fact.kind,
        credit: 'repayment',
        amount: fee + interest + penalty + principal,
      };
    }
    case 'disbursement':
    case 'credit-balance-refund':
    case 'charge-waiver':
    case 'chargeback':
    case 'charge-off':
    case 'write-off':
    case 'settlement':
    case 'capitalized-income':
    case 're-age':
    case 're-amortize':
    case 'termination':
      return { kind: 'fact', id, on, fact };
    default:
      return undefined;
  }
};
