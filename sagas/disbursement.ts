import { aggregates, type StateReader } from '../commands';
import {
  assert,
  creditLineId,
  type LoanId,
  loanIdSchema,
  type MoneyText,
  type PayoutId,
  payoutId,
  payoutIdSchema,
} from '../domain/kernel';
import { paidOutOf } from '../domain/schedule';
import { command, effect, type Fact, type HouseSaga, nothing, type Reaction } from './house-saga';

const agreementOf = async (view: StateReader, id: LoanId) => {
  const { state } = await view.load(aggregates.loan, id);
  assert(state.status !== 'none', `${id} is being paid out but does not exist`);
  return state.agreement;
};

/**
 * The money has arrived: the loan begins, or there is more of it, and what was reserved becomes drawn. A loan in
 * tranches takes up all that was agreed from its first one on, until it is closed.
 */
const onSettled = async (event: Fact<'PayoutSettled'>, view: StateReader): Promise<readonly Reaction[]> => {
  const { loanId, channel, valueDate } = event.data;
  const { applicationId, borrowerId, contract } = await agreementOf(view, loanId);
  const inTranches = contract.terms.tranches.several;
  // What was kept back for charges is lent too; nothing is kept back of tranches.
  const amount = inTranches ? event.data.amount : contract.principal;
  return [
    command('disburse', {
      type: 'DisburseLoan',
      data: { loanId, payoutId: payoutIdSchema.parse(event.stream), amount, settledOn: valueDate, channel },
    }),
    command('draw-credit', {
      type: 'DrawCredit',
      data: { creditLineId: creditLineId(borrowerId), applicationId, loanId, amount: contract.principal },
    }),
  ];
};

/** It cannot be paid out at all: a loan in one sum never begins, a tranche may be asked for again. */
const onGivenUp = async (event: Fact<'PayoutFailed'>, view: StateReader): Promise<readonly Reaction[]> => {
  const { loanId, reason } = event.data;
  const { contract } = await agreementOf(view, loanId);
  const payout = payoutIdSchema.parse(event.stream);
  return contract.terms.tranches.several
    ? [command('release-tranche', { type: 'ReleaseTranche', data: { loanId, payoutId: payout, reason } })]
    : [command('cancel-loan', { type: 'CancelLoan', data: { loanId, reason } })];
};

/** What a loan in tranches took of the credit line is free again once nothing is owed. */
const onClosed = async (event: Fact<'LoanClosed'>, view: StateReader): Promise<readonly Reaction[]> => {
  const loanId = loanIdSchema.parse(event.stream);
  const { borrowerId, contract } = await agreementOf(view, loanId);
  if (!contract.terms.tranches.several) return [];
  const data = { creditLineId: creditLineId(borrowerId), loanId, cause: event.id, amount: contract.principal };
  // A loan that was reopened and closed again has been given back before.
  return [command('restore-credit', { type: 'RestoreCredit', data }, nothing)];
};

/**
 * From an opened loan to money on the borrower's card. Each attempt is on record before its first byte is sent; an
 * unknown outcome is asked for again under the same effect id; only a definite "no" leads to another attempt, which may
 * go another way.
 */
export const disbursement: HouseSaga = {
  name: 'disbursement',
  types: [
    'LoanOpened',
    'TrancheRequested',
    'PayoutRequested',
    'PayoutSubmitted',
    'PayoutUnknown',
    'PayoutFailed',
    'PayoutSettled',
    'LoanClosed',
    'LoanCancelled',
  ],
  key: (event) => {
    if (event.type === 'TrancheRequested') return event.data.payoutId;
    return event.stream.startsWith('loan-') ? payoutId(loanIdSchema.parse(event.stream)) : event.stream;
  },
  react: async (event, view) => {
    switch (event.type) {
      case 'LoanOpened': {
        const loanId = loanIdSchema.parse(event.stream);
        const { contract } = event.data;
        // What is drawn in tranches waits until the borrower draws.
        if (contract.terms.tranches.several) return [];
        return [requestPayout(event.data, loanId, payoutId(loanId), paidOutOf(contract))];
      }
      case 'TrancheRequested': {
        const loanId = loanIdSchema.parse(event.stream);
        const { payoutId: payout, amount } = event.data;
        return [requestPayout(await agreementOf(view, loanId), loanId, payout, amount)];
      }
      case 'PayoutRequested':
        return [attempt(event)];
      case 'PayoutSubmitted': {
        const { effectId, valueDate } = event.data;
        const id = payoutIdSchema.parse(event.stream);
        return [effect('send', { kind: 'send-payout', payoutId: id, effectId, sentOn: valueDate })];
      }
      case 'PayoutUnknown': {
        const { effectId, nextQueryAt } = event.data;
        return [{ kind: 'deadline', name: 'query', at: nextQueryAt, data: { effectId } }];
      }
      case 'PayoutFailed':
        return event.data.final ? onGivenUp(event, view) : [attempt(event)];
      case 'PayoutSettled':
        return onSettled(event, view);
      case 'LoanClosed':
        return onClosed(event, view);
      case 'LoanCancelled': {
        const { applicationId, borrowerId } = await agreementOf(view, loanIdSchema.parse(event.stream));
        return [
          command('release-credit', {
            type: 'ReleaseCredit',
            data: { creditLineId: creditLineId(borrowerId), applicationId, reason: 'loan cancelled' },
          }),
        ];
      }
      default:
        return [];
    }
  },
  onDeadline: ({ key, name, data }) => {
    const payout = { payoutId: payoutIdSchema.parse(key), effectId: String(data['effectId']) };
    return [
      name === 'route'
        ? effect('route', { kind: 'route-payout', ...payout })
        : effect('query', { kind: 'query-payout', ...payout }),
    ];
  },
};

const requestPayout = (
  { borrowerId, payee, documentHash }: Fact<'LoanOpened'>['data'],
  loanId: LoanId,
  payout: PayoutId,
  amount: MoneyText,
): Reaction =>
  command('request-payout', {
    type: 'RequestPayout',
    data: { payoutId: payout, loanId, borrowerId, amount, payee, documentHash },
  });

/** An attempt's effect id is the payout's id and the attempt's number: asked for again, it is the same attempt. */
const attempt = (event: Fact<'PayoutRequested'> | Fact<'PayoutFailed'>): Reaction =>
  effect('route', {
    kind: 'route-payout',
    payoutId: payoutIdSchema.parse(event.stream),
    effectId: `${event.stream}.${event.type === 'PayoutFailed' ? event.data.attempt + 1 : 1}`,
  });
