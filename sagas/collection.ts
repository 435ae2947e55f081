import { aggregates } from '../commands';
import { assert, creditLineId, loanIdSchema, parseMoney, receiptIdSchema, repaymentIdSchema } from '../domain/kernel';
import { command, effect, type HouseSaga } from './house-saga';

/**
 * From the wish to repay to money allocated: debit, ask again while unknown, apply to the loan, free the credit line.
 * What a receipt brings is applied in the same way.
 */
export const collection: HouseSaga = {
  name: 'collection',
  types: [
    'RepaymentInitiated',
    'RepaymentUnknown',
    'RepaymentSettled',
    'ReceiptAssigned',
    'RepaymentReceived',
    'RepaymentApplied',
  ],
  key: (event) => ('loanId' in event.data ? String(event.data.loanId) : event.stream),
  react: async (event, view) => {
    switch (event.type) {
      case 'RepaymentInitiated':
        return [
          effect('debit', {
            kind: 'send-debit',
            repaymentId: repaymentIdSchema.parse(event.stream),
            effectId: event.data.effectId,
          }),
        ];
      case 'RepaymentUnknown': {
        const { effectId, nextQueryAt } = event.data;
        return [
          {
            kind: 'deadline',
            name: `query-${event.stream}`,
            at: nextQueryAt,
            data: { effectId, repaymentId: event.stream },
          },
        ];
      }
      case 'ReceiptAssigned': {
        const { repaymentId, loanId, amount, channel, valueDate } = event.data;
        const receiptId = receiptIdSchema.parse(event.stream);
        const data = { repaymentId, loanId, amount, channel, receiptId, valueDate };
        return [command('receive', { type: 'ReceiveRepayment', data })];
      }
      case 'RepaymentReceived':
      case 'RepaymentSettled': {
        const { loanId, amount, valueDate } = event.data;
        const repaymentId = repaymentIdSchema.parse(event.stream);
        return [command('apply', { type: 'ApplyRepayment', data: { loanId, repaymentId, amount, valueDate } })];
      }
      case 'RepaymentApplied': {
        const { repaymentId, totals, unapplied, recovered } = event.data;
        const loanId = loanIdSchema.parse(event.stream);
        const allocated = command('allocated', {
          type: 'RecordAllocation',
          data: { repaymentId, totals, unapplied, recovered },
        });
        if (parseMoney(totals.principal).minor === 0n) return [allocated];
        const loan = (await view.load(aggregates.loan, loanId)).state;
        assert(loan.status !== 'none', `${loanId} was repaid but does not exist`);
        // A loan in tranches holds all that was agreed until it is closed.
        if (loan.agreement.contract.terms.tranches.several) return [allocated];
        return [
          allocated,
          command('restore-credit', {
            type: 'RestoreCredit',
            data: {
              creditLineId: creditLineId(loan.agreement.borrowerId),
              loanId,
              cause: event.id,
              amount: totals.principal,
            },
          }),
        ];
      }
      default:
        return [];
    }
  },
  onDeadline: ({ name, data }) => {
    const of = { repaymentId: repaymentIdSchema.parse(data['repaymentId']), effectId: String(data['effectId']) };
    return [
      name.startsWith('send-')
        ? effect('debit', { kind: 'send-debit', ...of })
        : effect('query', { kind: 'query-debit', ...of }),
    ];
  },
};
