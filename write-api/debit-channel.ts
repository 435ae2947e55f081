import { aggregates, chooseChannel, loansDrawn } from '../commands';
import type { RoutingDecision } from '../domain/channel';
import { type BorrowerId, instantAt, type LoanId, type MoneyText, type RepaymentId, refuse } from '../domain/kernel';
import { standingOf } from '../domain/loan';
import { refusalProblem } from './give';
import type { WriteContext } from './write-context';

interface Repaying {
  readonly repaymentId: RepaymentId;
  readonly loanId: LoanId;
  readonly borrowerId: BorrowerId;
  /** Absent for a payoff: the loan says what is owed. */
  readonly amount: MoneyText | undefined;
}

interface Chosen {
  readonly channel: string;
  readonly routing?: RoutingDecision;
}

/**
 * The channel that a repayment is debited through, and how it was chosen. The same request again goes where it went
 * before; what the loan will refuse needs no choice. Throws the problem NO_CHANNEL when none can take it now.
 */
export const debitChannel = async (
  { bus, channels, clock, today }: WriteContext,
  { repaymentId, loanId, borrowerId, amount }: Repaying,
): Promise<Chosen> => {
  const before = (await bus.load(aggregates.repayment, repaymentId)).state;
  if ('order' in before) return { channel: before.order.channel };
  const businessDate = today();
  const loan = standingOf((await bus.load(aggregates.loan, loanId)).state, businessDate);
  const { payer, payoff } = loan;
  const own = { channel: channels.own };
  if (loan.borrowerId !== borrowerId || payer === undefined || payoff === undefined) return own;
  const taken = amount ?? payoff;
  if (taken.currency !== payoff.currency) return own;
  const routing = await chooseChannel(bus, channels.routing, {
    kind: 'debit',
    amount: taken,
    bank: payer.bank,
    urgency: 'normal',
    mayBePartial: false,
    borrower: { loansDrawn: await loansDrawn(bus, borrowerId) },
    refusedBy: [],
    at: instantAt(clock.now()),
    businessDate,
  });
  if (routing === undefined) return own;
  const [best] = routing.ranking;
  if (best) return { channel: best.channel, routing };
  const reasons = routing.excluded.map(({ channel, reasons: why }) => `${channel}: ${why.join(', ')}`).join('; ');
  throw refusalProblem(refuse('NO_CHANNEL', reasons));
};
