import fc from 'fast-check';
import { issuedOn, specificationFor } from '../../tests/support/decider-specification';
import {
  applicationId,
  borrowerId,
  creditLineId,
  fold,
  formatMoney,
  isRefusal,
  loanId,
  type MoneyText,
  moneyOf,
  parseMoney,
} from '../kernel';
import {
  type CreditLineCommand,
  type CreditLineEvent,
  type CreditLineState,
  creditLineDecider,
  isInUse,
  usageOf,
} from '.';

const { given } = specificationFor(creditLineDecider);
const borrower = borrowerId('li');
const line = creditLineId(borrower);
const [one, two] = [applicationId('one'), applicationId('two')];
const loan = loanId(one);
const cny = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

const open = (limit = cny('1000.00'), who = borrower) =>
  ({ type: 'OpenCreditLine', data: { creditLineId: line, borrowerId: who, limit } }) as const;
const reserve = (application: typeof one, amount: MoneyText) =>
  ({ type: 'ReserveCredit', data: { creditLineId: line, applicationId: application, amount } }) as const;
const release = (application: typeof one) =>
  ({ type: 'ReleaseCredit', data: { creditLineId: line, applicationId: application, reason: 'rejected' } }) as const;
const draw = (application: typeof one, amount: MoneyText) =>
  ({
    type: 'DrawCredit',
    data: { creditLineId: line, applicationId: application, loanId: loanId(application), amount },
  }) as const;
const restore = (cause: string, amount: MoneyText) =>
  ({ type: 'RestoreCredit', data: { creditLineId: line, loanId: loan, cause, amount } }) as const;
const freeze = { type: 'FreezeCreditLine', data: { creditLineId: line, reason: 'fraud' } } as const;
const unfreeze = { type: 'UnfreezeCreditLine', data: { creditLineId: line, reason: 'cleared' } } as const;

const opened: CreditLineEvent = { type: 'CreditLineOpened', data: { borrowerId: borrower, limit: cny('1000.00') } };
const reserved = (application: typeof one, amount: string): CreditLineEvent => ({
  type: 'CreditReserved',
  data: { applicationId: application, amount: cny(amount) },
});
const released = (application: typeof one, amount: string): CreditLineEvent => ({
  type: 'CreditReleased',
  data: { applicationId: application, amount: cny(amount), reason: 'rejected' },
});
const drawn = (amount: string, rest: string): CreditLineEvent => ({
  type: 'CreditDrawn',
  data: { applicationId: one, loanId: loan, amount: cny(amount), released: cny(rest) },
});
const restored = (cause: string, amount: string): CreditLineEvent => ({
  type: 'CreditRestored',
  data: { loanId: loan, cause, amount: cny(amount) },
});
const frozen: CreditLineEvent = { type: 'CreditLineFrozen', data: { reason: 'fraud' } };
const unfrozen: CreditLineEvent = { type: 'CreditLineUnfrozen', data: { reason: 'cleared' } };

const usageAfter = (...events: CreditLineEvent[]): readonly string[] => {
  const state = fold(creditLineDecider, events);
  if (state.status === 'none') throw new Error('not opened');
  const { reserved: held, drawn: owed, free } = usageOf(state);
  return [held, owed, free].map((money) => formatMoney(money).amount);
};

describe('a credit line', () => {
  it('is opened once per borrower', () => {
    given([]).when(open()).then([opened]);
    given([opened]).when(open()).thenNothing();
    given([opened])
      .when(open(cny('9000.00')))
      .thenNothing();
    given([opened])
      .when(open(cny('1000.00'), borrowerId('wang')))
      .thenRefused('ALREADY_EXISTS');
    given([])
      .when(open(cny('0.00')))
      .thenRefused('AMOUNT_NOT_POSITIVE');
  });

  it('that was never opened has nothing to reserve and nothing to give back', () => {
    given([])
      .when(reserve(one, cny('1.00')))
      .thenRefused('CREDIT_LINE_INSUFFICIENT');
    given([]).when(release(one)).thenNothing();
    given([])
      .when(draw(one, cny('1.00')))
      .thenRefused('NOT_FOUND');
    given([])
      .when(restore('e1', cny('1.00')))
      .thenRefused('NOT_FOUND');
    given([]).when(freeze).thenRefused('NOT_FOUND');
    given([]).when(unfreeze).thenRefused('NOT_FOUND');
  });

  it('reserves up to its limit and no further', () => {
    given([opened])
      .when(reserve(one, cny('1000.00')))
      .then([reserved(one, '1000.00')]);
    given([opened])
      .when(reserve(one, cny('1000.01')))
      .thenRefused('CREDIT_LINE_INSUFFICIENT');
    given([opened, reserved(one, '600.00')])
      .when(reserve(two, cny('400.00')))
      .then([reserved(two, '400.00')]);
    given([opened, reserved(one, '600.00')])
      .when(reserve(two, cny('400.01')))
      .thenRefused('CREDIT_LINE_INSUFFICIENT');
    given([opened, reserved(one, '600.00'), drawn('600.00', '0.00')])
      .when(reserve(two, cny('400.01')))
      .thenRefused('CREDIT_LINE_INSUFFICIENT');
  });

  it('reserves amounts above zero in its own currency', () => {
    given([opened])
      .when(reserve(one, cny('0.00')))
      .thenRefused('AMOUNT_NOT_POSITIVE');
    given([opened])
      .when(reserve(one, cny('-1.00')))
      .thenRefused('AMOUNT_NOT_POSITIVE');
    given([opened])
      .when(reserve(one, { amount: '1.00', currency: 'EUR' }))
      .thenRefused('CURRENCY_MISMATCH');
  });

  it('reserves for an application once, and again only after it was given back', () => {
    given([opened, reserved(one, '600.00')])
      .when(reserve(one, cny('600.00')))
      .thenNothing();
    given([opened, reserved(one, '600.00'), released(one, '600.00')])
      .when(reserve(one, cny('600.00')))
      .then([reserved(one, '600.00')]);
    given([opened, reserved(one, '600.00'), drawn('600.00', '0.00')])
      .when(reserve(one, cny('600.00')))
      .thenNothing();
  });

  it('gives back exactly what was reserved, once (I-23)', () => {
    given([opened, reserved(one, '600.00')])
      .when(release(one))
      .then([released(one, '600.00')]);
    given([opened, reserved(one, '600.00'), released(one, '600.00')])
      .when(release(one))
      .thenNothing();
    given([opened]).when(release(one)).thenNothing();
    given([opened, reserved(one, '600.00'), drawn('600.00', '0.00')])
      .when(release(one))
      .thenNothing();
    expect(usageAfter(opened, reserved(one, '600.00'), released(one, '600.00'))).toEqual(['0.00', '0.00', '1000.00']);
  });

  it('draws what was reserved, and gives back what the loan does not need', () => {
    given([opened, reserved(one, '600.00')])
      .when(draw(one, cny('600.00')))
      .then([drawn('600.00', '0.00')]);
    given([opened, reserved(one, '600.00')])
      .when(draw(one, cny('500.00')))
      .then([drawn('500.00', '100.00')]);
    expect(usageAfter(opened, reserved(one, '600.00'), drawn('500.00', '100.00'))).toEqual([
      '0.00',
      '500.00',
      '500.00',
    ]);
  });

  it('draws a reservation once, and nothing that is not reserved', () => {
    given([opened, reserved(one, '600.00'), drawn('600.00', '0.00')])
      .when(draw(one, cny('600.00')))
      .thenNothing();
    given([opened])
      .when(draw(one, cny('600.00')))
      .thenRefused('RESERVATION_NOT_FOUND');
    given([opened, reserved(one, '600.00'), released(one, '600.00')])
      .when(draw(one, cny('600.00')))
      .thenRefused('RESERVATION_NOT_FOUND');
    given([opened, reserved(one, '600.00')])
      .when(draw(one, cny('600.01')))
      .thenRefused('AMOUNT_MISMATCH');
    given([opened, reserved(one, '600.00')])
      .when(draw(one, cny('0.00')))
      .thenRefused('AMOUNT_NOT_POSITIVE');
    given([opened, reserved(one, '600.00')])
      .when(draw(one, { amount: '1.00', currency: 'EUR' }))
      .thenRefused('CURRENCY_MISMATCH');
  });

  it('is restored by each repayment of principal once', () => {
    const history = [opened, reserved(one, '600.00'), drawn('600.00', '0.00')];
    given(history)
      .when(restore('e1', cny('200.00')))
      .then([restored('e1', '200.00')]);
    given([...history, restored('e1', '200.00')])
      .when(restore('e1', cny('200.00')))
      .thenNothing();
    given([...history, restored('e1', '200.00')])
      .when(restore('e2', cny('400.00')))
      .then([restored('e2', '400.00')]);
    given([...history, restored('e1', '200.00')])
      .when(restore('e2', cny('400.01')))
      .thenRefused('AMOUNT_MISMATCH');
    given(history)
      .when(restore('e1', cny('0.00')))
      .thenNothing();
    given(history)
      .when(restore('e1', cny('-1.00')))
      .thenRefused('AMOUNT_NOT_POSITIVE');
    given([opened])
      .when(restore('e1', cny('1.00')))
      .thenRefused('AMOUNT_MISMATCH');
  });

  it('when frozen reserves nothing new, but draws, releases and restores what is there', () => {
    given([opened]).when(freeze).then([frozen]);
    const history = [opened, reserved(one, '600.00'), frozen];
    given(history)
      .when(reserve(two, cny('1.00')))
      .thenRefused('CREDIT_LINE_FROZEN');
    given(history)
      .when(reserve(one, cny('600.00')))
      .thenNothing();
    given(history)
      .when(draw(one, cny('600.00')))
      .then([drawn('600.00', '0.00')]);
    given(history)
      .when(release(one))
      .then([released(one, '600.00')]);
    given([...history, drawn('600.00', '0.00')])
      .when(restore('e1', cny('1.00')))
      .then([restored('e1', '1.00')]);
    given(history).when(freeze).thenNothing();
    given(history).when(unfreeze).then([unfrozen]);
    given([...history, unfrozen])
      .when(unfreeze)
      .thenNothing();
    given([...history, unfrozen])
      .when(reserve(two, cny('400.00')))
      .then([reserved(two, '400.00')]);
  });

  it('is in use while anything is reserved or drawn', () => {
    const inUse = (...events: CreditLineEvent[]): boolean => isInUse(fold(creditLineDecider, events));
    expect(inUse()).toBe(false);
    expect(inUse(opened)).toBe(false);
    expect(inUse(opened, reserved(one, '600.00'))).toBe(true);
    expect(inUse(opened, reserved(one, '600.00'), released(one, '600.00'))).toBe(false);
    expect(inUse(opened, reserved(one, '600.00'), drawn('600.00', '0.00'))).toBe(true);
    expect(inUse(opened, reserved(one, '600.00'), drawn('600.00', '0.00'), restored('e1', '600.00'))).toBe(false);
  });
});

describe('any sequence of commands', () => {
  const applications = fc.integer({ min: 1, max: 4 }).map((n) => applicationId(`a${n}`));
  const amounts = fc.bigInt(-5n, 70_000n).map((minor) => formatMoney(moneyOf(minor, 'CNY')));
  const reason = fc.constant('any');
  const on = { creditLineId: fc.constant(line) };
  const causes = fc.integer({ min: 1, max: 6 }).map((n) => `e${n}`);
  const data = fc.oneof(
    fc.record({
      type: fc.constant('ReserveCredit' as const),
      data: fc.record({ ...on, applicationId: applications, amount: amounts }),
    }),
    fc.record({
      type: fc.constant('ReleaseCredit' as const),
      data: fc.record({ ...on, applicationId: applications, reason }),
    }),
    fc.record({
      type: fc.constant('DrawCredit' as const),
      data: fc.record({ ...on, applicationId: applications, loanId: applications.map(loanId), amount: amounts }),
    }),
    fc.record({
      type: fc.constant('RestoreCredit' as const),
      data: fc.record({ ...on, loanId: applications.map(loanId), cause: causes, amount: amounts }),
    }),
    fc.record({
      type: fc.constantFrom('FreezeCreditLine' as const, 'UnfreezeCreditLine' as const),
      data: fc.record({ ...on, reason }),
    }),
  );
  const commands: fc.Arbitrary<CreditLineCommand> = data.map((command) => ({ ...issuedOn('2026-03-02'), ...command }));

  /** The state after each command, with what the command led to. */
  const play = (sequence: readonly CreditLineCommand[]) => {
    let state: CreditLineState = fold(creditLineDecider, [opened]);
    return sequence.map((command) => {
      const outcome = creditLineDecider.decide(command, state);
      const events = isRefusal(outcome) ? [] : outcome;
      const before = state;
      state = events.reduce(creditLineDecider.evolve, state);
      return { command, before, events, state };
    });
  };
  const totals = (state: CreditLineState) => {
    if (state.status === 'none') throw new Error('not opened');
    const { reserved: held, drawn: owed, free } = usageOf(state);
    return { held: held.minor, owed: owed.minor, free: free.minor, limit: state.limit.minor };
  };

  it('never reserves and draws more than the limit (I-22)', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 60 }), (sequence) => {
        for (const { state } of play(sequence)) {
          const { held, owed, free, limit } = totals(state);
          expect(held >= 0n && owed >= 0n && free >= 0n).toBe(true);
          expect(held + owed + free).toBe(limit);
        }
      }),
    );
  });

  it('changes nothing when each command is given twice', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 40 }), (sequence) => {
        for (const { command, events, state } of play(sequence)) {
          if (events.length === 0) continue;
          const again = creditLineDecider.decide(command, state);
          expect(again).toEqual([]);
        }
      }),
    );
  });

  it('moves exactly the amounts that its facts name', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 60 }), (sequence) => {
        for (const { before, events, state } of play(sequence)) {
          let { held, owed } = totals(before);
          for (const event of events) {
            switch (event.type) {
              case 'CreditReserved':
                held += parseMoney(event.data.amount).minor;
                break;
              case 'CreditReleased':
                held -= parseMoney(event.data.amount).minor;
                break;
              case 'CreditDrawn':
                held -= parseMoney(event.data.amount).minor + parseMoney(event.data.released).minor;
                owed += parseMoney(event.data.amount).minor;
                break;
              case 'CreditRestored':
                owed -= parseMoney(event.data.amount).minor;
                break;
              default:
            }
          }
          expect(totals(state)).toMatchObject({ held, owed });
        }
      }),
    );
  });
});
