import { aggregates, type StateReader } from '../commands';
import {
  addDays,
  businessDateSchema,
  type LoanId,
  loanIdSchema,
  mandateId,
  type RepaymentId,
  repaymentIdSchema,
  startOf,
} from '../domain/kernel';
import { command, effect, type Fact, type HouseSaga, nothing, type Reaction } from './house-saga';

/** Attempts are numbered from 1; whatever else stands in a deadline's data is a bug. */
const numberIn = (data: Readonly<Record<string, unknown>>, name: string): number => {
  const value = data[name];
  if (typeof value !== 'number') throw new Error(`a deadline without ${name}`);
  return value;
};

const isAutomatic = async (view: StateReader, repaymentId: RepaymentId): Promise<boolean> => {
  const { state } = await view.load(aggregates.repayment, repaymentId);
  return 'order' in state && state.order.kind === 'automatic';
};

/** What became of a repayment is told to the mandate that has ordered it. */
const recorded = async (
  event: Fact<'RepaymentFailed' | 'RepaymentAllocated'>,
  view: StateReader,
): Promise<readonly Reaction[]> => {
  const repaymentId = repaymentIdSchema.parse(event.stream);
  if (!(await isAutomatic(view, repaymentId))) return [];
  const { loanId, amount } = event.data;
  const result =
    event.type === 'RepaymentFailed'
      ? ({ outcome: 'failed', reason: event.data.reason } as const)
      : ({ outcome: 'taken', amount } as const);
  const data = { mandateId: mandateId(loanId), repaymentId, result };
  return [command('record', { type: 'RecordDebit', data })];
};

const routed = (loanId: LoanId, repaymentId: RepaymentId): Reaction =>
  effect('route', { kind: 'route-debit', loanId, repaymentId });

/**
 * From a debit that is ordered under a mandate to one that is taken: choose a channel and initiate the repayment, which
 * collection sends; tell the mandate what became of it; order the next attempt when it is due. The first attempt for a
 * due date comes from the debit run.
 */
export const directDebit: HouseSaga = {
  name: 'direct-debit',
  types: ['MandateGranted', 'DebitOrdered', 'DebitRetryPlanned', 'RepaymentFailed', 'RepaymentAllocated'],
  key: (event) => ('loanId' in event.data ? String(event.data.loanId) : event.stream),
  react: (event, view) => {
    switch (event.type) {
      case 'MandateGranted': {
        const { agreement, number } = event.data;
        return [{ kind: 'deadline', name: 'expire', at: startOf(addDays(agreement.to, 1)), data: { number } }];
      }
      case 'DebitOrdered':
        return [routed(event.data.loanId, event.data.repaymentId)];
      case 'DebitRetryPlanned': {
        const { dueDate, attempt, at } = event.data;
        return [{ kind: 'deadline', name: 'retry', at, data: { dueDate, attempt } }];
      }
      case 'RepaymentFailed':
      case 'RepaymentAllocated':
        return recorded(event, view);
      default:
        return [];
    }
  },
  onDeadline: ({ key, name, data }) => {
    const loanId = loanIdSchema.parse(key);
    switch (name) {
      case 'expire':
        return [
          command('expire', {
            type: 'ExpireMandate',
            data: { mandateId: mandateId(loanId), number: numberIn(data, 'number') },
          }),
        ];
      case 'retry': {
        const dueDate = businessDateSchema.parse(data['dueDate']);
        const attempt = numberIn(data, 'attempt');
        // The mandate may have ended meanwhile: then there is nothing to try any more.
        const order = { mandateId: mandateId(loanId), loanId, dueDate, attempt };
        return [command('order', { type: 'OrderDebit', data: order }, nothing)];
      }
      default:
        return [routed(loanId, repaymentIdSchema.parse(data['repaymentId']))];
    }
  },
};
