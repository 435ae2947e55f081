import { specificationFor } from '../../tests/support/decider-specification';
import { E_ACCOUNT, factsOf, movementOf, POLICY } from '../../tests/support/example-channels';
import { BORROWER, cny, LOAN, portions } from '../../tests/support/example-loan';
import { route } from '../channel';
import { borrowerId, businessDate, instant, receiptId, repaymentId } from '../kernel';
import type { ChannelOutcome } from '../payout';
import { type DebitOutcome, type LoanStanding, type RepaymentEvent, repaymentDecider } from '.';

const { given } = specificationFor(repaymentDecider);

const REPAYMENT = repaymentId('9x2c');
const TODAY = businessDate('2026-03-02');
const payer = { cardId: 'card-1', bank: 'Test Bank', lastFour: '4242' };
const loan: LoanStanding = { status: 'active', borrowerId: BORROWER, payoff: cny('2019.98'), payer };

const wish = {
  repaymentId: REPAYMENT,
  loanId: LOAN,
  borrowerId: BORROWER,
  kind: 'voluntary',
  amount: cny('500.00'),
  channel: 'unionlike',
  effectId: 'e1',
} as const;
const { amount: _, ...wishWithoutAmount } = wish;
const initiate = (change: object = {}, standing: LoanStanding = loan) =>
  ({ type: 'InitiateRepayment', data: { ...wish, ...change }, facts: { loan: standing } }) as const;

const movement = { loanId: LOAN, amount: cny('500.00'), channel: 'unionlike', effectId: 'e1' };
const initiated: RepaymentEvent = {
  type: 'RepaymentInitiated',
  data: {
    ...movement,
    borrowerId: BORROWER,
    kind: 'voluntary',
    payer,
    initiatedAt: instant('2026-03-02T02:00:00.000Z'),
  },
};
const settled: RepaymentEvent = {
  type: 'RepaymentSettled',
  data: { ...movement, channelReference: 'ch-1', valueDate: TODAY },
};
const unknown = (queries: number, nextQueryAt: string): RepaymentEvent => ({
  type: 'RepaymentUnknown',
  data: { ...movement, reason: 'time-out', queries, nextQueryAt: instant(nextQueryAt) },
});
const failed: RepaymentEvent = { type: 'RepaymentFailed', data: { ...movement, reason: 'no funds' } };

const hear = (answer: DebitOutcome, effectId = 'e1') =>
  ({ type: 'RecordRepaymentOutcome', data: { repaymentId: REPAYMENT, effectId, answer } }) as const;
const yes = { outcome: 'settled', channelReference: 'ch-1', settledOn: TODAY } as const;
const no: ChannelOutcome = { outcome: 'failed', reason: 'no funds' };
const silence: ChannelOutcome = { outcome: 'unknown', reason: 'time-out' };

describe('A repayment', () => {
  test('takes the amount that the borrower named', () => {
    given([]).when(initiate()).then([initiated]);
  });

  test('of the payoff takes what the loan says', () => {
    const taken = [{ data: { kind: 'payoff', amount: cny('2019.98') } }];
    given([])
      .when({ ...initiate(), data: { ...wishWithoutAmount, kind: 'payoff' } })
      .thenMatching(taken);
    given([])
      .when(initiate({ kind: 'payoff', amount: cny('2019.98') }))
      .thenMatching(taken);
    given([])
      .when(initiate({ kind: 'payoff', amount: cny('2000.00') }))
      .thenRefused('AMOUNT_MISMATCH');
  });
  test('says how its channel was chosen, and goes through none that cannot take it', () => {
    const routing = route(movementOf({ kind: 'debit' }), [factsOf('unionlike', E_ACCOUNT)], POLICY);
    given([])
      .when(initiate({ routing }))
      .then([{ ...initiated, data: { ...initiated.data, routing } }]);
    given([])
      .when(initiate({ routing: { ...routing, ranking: [] } }))
      .thenRefused('CHANNEL_NOT_RANKED');
  });

  test('is for one’s own loan', () => {
    given([])
      .when(initiate({ borrowerId: borrowerId('someone-else') }))
      .thenRefused('NOT_FOUND');
    given([])
      .when(initiate({}, { status: 'unknown', borrowerId: undefined, payoff: undefined, payer: undefined }))
      .thenRefused('NOT_FOUND');
  });

  test('is for a loan that owes', () => {
    for (const status of ['opened', 'closed', 'written-off', 'cancelled'] as const) {
      given([])
        .when(initiate({}, { ...loan, status, payoff: undefined }))
        .thenRefused('LOAN_NOT_ACTIVE');
    }
  });

  test('is of an amount above zero in the currency of the loan', () => {
    given([])
      .when(initiate({ amount: cny('0.00') }))
      .thenRefused('AMOUNT_NOT_POSITIVE');
    given([])
      .when({ ...initiate(), data: wishWithoutAmount })
      .thenRefused('AMOUNT_NOT_POSITIVE');
    given([])
      .when(initiate({ amount: { amount: '500', currency: 'JPY' } }))
      .thenRefused('CURRENCY_MISMATCH');
  });

  test('is initiated once', () => {
    given([initiated]).when(initiate()).thenRefused('ALREADY_EXISTS');
  });
});

describe('The outcome of a debit', () => {
  test('is taken from the channel', () => {
    given([initiated]).when(hear(yes)).then([settled]);
    given([initiated]).when(hear(no)).then([failed]);
    given([initiated])
      .when(hear(silence))
      .then([unknown(0, '2026-03-02T02:00:01.000Z')]);
  });

  test('while unknown is asked for again, and a person is called in the end', () => {
    given([initiated, unknown(0, '2026-03-02T02:00:01.000Z')])
      .when(hear(silence))
      .then([unknown(1, '2026-03-02T02:00:05.000Z')]);
    const inDoubt = [initiated, unknown(7, '2026-03-03T02:00:00.000Z')];
    const escalated: RepaymentEvent = { type: 'RepaymentEscalated', data: { ...movement, queries: 8 } };
    given(inDoubt).when(hear(silence)).then([escalated]);
    given([...inDoubt, escalated])
      .when(hear(silence))
      .thenNothing();
    given([...inDoubt, escalated])
      .when(hear(yes))
      .then([settled]);
  });

  test('once definite stays as it is', () => {
    given([initiated, settled]).when(hear(yes)).thenNothing();
    given([initiated, settled]).when(hear(no)).thenRefused('OUTCOME_CONTRADICTED');
    given([initiated, failed]).when(hear(no)).thenNothing();
    given([initiated, failed]).when(hear(yes)).thenRefused('OUTCOME_CONTRADICTED');
  });

  test('of another instruction is not used', () => {
    given([initiated]).when(hear(yes, 'e2')).thenRefused('EFFECT_MISMATCH');
    given([]).when(hear(yes)).thenRefused('NOT_FOUND');
  });
});

describe('A debit under a mandate', () => {
  const asked = movementOf({ kind: 'debit', mayBePartial: true });
  const routed = (abilities: typeof E_ACCOUNT.abilities) =>
    route(asked, [factsOf('unionlike', { ...E_ACCOUNT, abilities })], POLICY);
  const order = { repaymentId: REPAYMENT, amount: cny('500.00'), payer };
  const debit = (routing: ReturnType<typeof routed>) => {
    const command = initiate({ kind: 'automatic', routing });
    return { ...command, facts: { ...command.facts, debit: { live: true, ordered: order } } };
  };
  const inParts: RepaymentEvent = { ...initiated, data: { ...initiated.data, kind: 'automatic', mayBePartial: true } };
  const took = (amount: string): DebitOutcome => ({ ...yes, taken: cny(amount) });
  const settledWith = (amount: string): RepaymentEvent => ({
    ...settled,
    data: { ...settled.data, amount: cny(amount) },
  });

  test('may be partial where its channel can take a part', () => {
    const [can, cannot] = [routed(['debit', 'partial-debit']), routed(['debit'])];
    given([])
      .when(debit(can))
      .then([{ ...inParts, data: { ...inParts.data, routing: can } }]);
    given([])
      .when(debit(cannot))
      .then([{ ...initiated, data: { ...initiated.data, kind: 'automatic', routing: cannot } }]);
    given([])
      .when(initiate({ routing: can }))
      .then([{ ...initiated, data: { ...initiated.data, routing: can } }]);
  });

  test('settles with what was taken, and that is allocated', () => {
    given([inParts])
      .when(hear(took('120.00')))
      .then([settledWith('120.00')]);
    given([inParts]).when(hear(yes)).then([settled]);
    const totals = portions('0.00', '0.00', '20.00', '100.00');
    const data = { repaymentId: REPAYMENT, totals, unapplied: cny('0.00'), recovered: cny('0.00') };
    given([inParts, settledWith('120.00')])
      .when({ type: 'RecordAllocation', data })
      .thenMatching([{ type: 'RepaymentAllocated', data: { amount: cny('120.00') } }]);
  });

  test('takes no part where all was asked for, and never nothing or more', () => {
    given([initiated])
      .when(hear(took('120.00')))
      .thenRefused('AMOUNT_MISMATCH');
    for (const amount of ['0.00', '500.01']) {
      given([inParts])
        .when(hear(took(amount)))
        .thenRefused('AMOUNT_MISMATCH');
    }
    given([inParts])
      .when(hear({ ...yes, taken: { amount: '120', currency: 'JPY' } }))
      .thenRefused('CURRENCY_MISMATCH');
  });

  test('once settled with a part stays so', () => {
    const known = [inParts, settledWith('120.00')];
    given(known)
      .when(hear(took('120.00')))
      .thenNothing();
    given(known)
      .when(hear(took('120.01')))
      .thenRefused('OUTCOME_CONTRADICTED');
    given(known).when(hear(yes)).thenRefused('OUTCOME_CONTRADICTED');
  });
});

describe('A part of a receipt', () => {
  const part = {
    loanId: LOAN,
    amount: cny('500.00'),
    channel: 'bankwire',
    receiptId: receiptId('in'),
    valueDate: TODAY,
  };
  const received: RepaymentEvent = { type: 'RepaymentReceived', data: part };
  const receive = { type: 'ReceiveRepayment', data: { repaymentId: REPAYMENT, ...part } } as const;
  const parts = { totals: portions('0.00', '0.00', '20.00', '480.00'), unapplied: cny('0.00'), recovered: cny('0.00') };
  const allocate = { type: 'RecordAllocation', data: { repaymentId: REPAYMENT, ...parts } } as const;

  test('is a repayment that nobody asked for: it is allocated once, and no channel has a say in it', () => {
    given([]).when(receive).then([received]);
    given([received]).when(receive).thenRefused('ALREADY_EXISTS');
    const allocated: RepaymentEvent = {
      type: 'RepaymentAllocated',
      data: { loanId: LOAN, amount: cny('500.00'), ...parts },
    };
    given([received]).when(allocate).then([allocated]);
    given([received, allocated]).when(allocate).thenNothing();
    given([received]).when(hear(yes)).thenRefused('EFFECT_MISMATCH');
  });
});

describe('A settled repayment', () => {
  const allocation = {
    totals: portions('5.00', '0.00', '30.00', '430.00'),
    unapplied: cny('25.00'),
    recovered: cny('10.00'),
  };
  const allocate = (change: object = {}) =>
    ({ type: 'RecordAllocation', data: { repaymentId: REPAYMENT, ...allocation, ...change } }) as const;
  const allocated: RepaymentEvent = {
    type: 'RepaymentAllocated',
    data: { loanId: LOAN, amount: cny('500.00'), ...allocation },
  };

  test('is allocated once', () => {
    given([initiated, settled]).when(allocate()).then([allocated]);
    given([initiated, settled, allocated]).when(allocate()).thenNothing();
    given([initiated, settled, allocated])
      .when(allocate({ totals: portions('0.00', '5.00', '30.00', '430.00') }))
      .thenRefused('WRONG_STATUS');
    given([initiated, settled, allocated])
      .when(allocate({ unapplied: cny('10.00'), recovered: cny('25.00') }))
      .thenRefused('WRONG_STATUS');
  });

  test('is allocated to the cent', () => {
    given([initiated, settled])
      .when(allocate({ unapplied: cny('25.01') }))
      .thenRefused('AMOUNT_MISMATCH');
    given([initiated, settled])
      .when(allocate({ recovered: cny('0.00') }))
      .thenRefused('AMOUNT_MISMATCH');
    given([initiated, settled])
      .when(allocate({ unapplied: { amount: '25', currency: 'JPY' } }))
      .thenRefused('CURRENCY_MISMATCH');
  });

  test('is the only one to be allocated', () => {
    given([initiated]).when(allocate()).thenRefused('WRONG_STATUS');
    given([initiated, failed]).when(allocate()).thenRefused('WRONG_STATUS');
    given([]).when(allocate()).thenRefused('NOT_FOUND');
  });

  test('stays settled after it was allocated, whatever the channel says', () => {
    given([initiated, settled, allocated]).when(hear(yes)).thenNothing();
    given([initiated, settled, allocated]).when(hear(no)).thenRefused('OUTCOME_CONTRADICTED');
  });
});
