import { aggregates, type StateReader } from '../commands';
import { assert, creditLineId, type LoanId, loanIdSchema, payoutId, payoutIdSchema } from '../domain/kernel';
import { paidOutOf } from '../domain/schedule';
import { command, effect, type Fact, type HouseSaga, type Reaction } from './house-saga';

const agreementOf = async (view: StateReader, id: LoanId) => {
  const { state } = await view.load(aggregates.loan, id);
  assert(state.status !== 'none', `${id} is being paid out but does not exist`);
  return state.agreement;
};

/** The money has arrived: the loan begins, and what was reserved becomes drawn. */
const onSettled = async (event: Fact<'PayoutSettled'>, view: StateReader): Promise<readonly Reaction[]> => {
  const { loanId, channel, valueDate } = event.data;
  const { applicationId, borrowerId, contract } = await agreementOf(view, loanId);
  // What was kept back for charges is lent too.
  const amount = contract.principal;
  return [
    command('disburse', {
      type: 'DisburseLoan',
      data: { loanId, payoutId: payoutIdSchema.parse(event.stream), amount, settledOn: valueDate, channel },
    }),
    command('draw-credit', {
      type: 'DrawCredit',
      data: { creditLineId: creditLineId(borrowerId), applicationId, loanId, amount },
    }),
  ];
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
    'PayoutRequested',
    'PayoutSubmitted',
    'PayoutUnknown',
    'PayoutFailed',
    'PayoutSettled',
    'LoanCancelled',
  ],
  key: (event) => (event.stream.startsWith('loan-') ? payoutId(loanIdSchema.parse(event.stream)) : event.stream),
  react: async (event, view) => {
    switch (event.type) {
      case 'LoanOpened': {
        const { borrowerId, contract, payee, documentHash } = event.data;
        const loanId = loanIdSchema.parse(event.stream);
        return [
          command('request-payout', {
            type: 'RequestPayout',
            data: { payoutId: payoutId(loanId), loanId, borrowerId, amount: paidOutOf(contract), payee, documentHash },
          }),
        ];
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
        return event.data.final
          ? [
              command('cancel-loan', {
                type: 'CancelLoan',
                data: { loanId: event.data.loanId, reason: event.data.reason },
              }),
            ]
          : [attempt(event)];
      case 'PayoutSettled':
        return onSettled(event, view);
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

/** An attempt's effect id is the payout's id and the attempt's number: asked for again, it is the same attempt. */
const attempt = (event: Fact<'PayoutRequested'> | Fact<'PayoutFailed'>): Reaction =>
  effect('route', {
    kind: 'route-payout',
    payoutId: payoutIdSchema.parse(event.stream),
    effectId: `${event.stream}.${event.type === 'PayoutFailed' ? event.data.attempt + 1 : 1}`,
  });
