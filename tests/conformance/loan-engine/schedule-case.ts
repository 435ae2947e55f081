import { z } from 'zod';
import type { LoanFact } from '../../../domain/schedule/replay';
import { scheduleRowSchema, scheduleTotalsSchema } from './case-steps';
import { type CaseTerms, figureSchema } from './case-terms';
import type { Difference } from './difference';
import { automaticDownPayment } from './down-payment';
import type { Engine } from './engine';
import { day, minorOf } from './figures';
import { compareSchedule, type ShownSchedule, shownAccount, shownPlan } from './schedule-rows';
import { agreementOf, decimalsOf, loanTermsOf } from './terms-of-case';

const disbursementSchema = z.strictObject({
  date: z.iso.date(),
  amount: figureSchema,
  fixedInstallmentAmount: figureSchema.optional(),
  autoDownPayment: z.boolean().optional(),
});

/** What a schedule case says beyond its terms. */
export const scheduleBodySchema = z.strictObject({
  approvedAmount: figureSchema.nullish(),
  disbursements: z.array(disbursementSchema),
  asOf: z.iso.date(),
  projected: z.boolean().optional(),
  projectedDisbursement: disbursementSchema.optional(),
  expected: z.strictObject({
    rows: z.array(scheduleRowSchema),
    totals: scheduleTotalsSchema,
    partialRows: z.boolean().optional(),
  }),
});
export type ScheduleBody = z.infer<typeof scheduleBodySchema>;

/** Makes the schedule of a case and compares it row by row. */
export const runScheduleCase = (engine: Engine, terms: CaseTerms, body: ScheduleBody): Difference | undefined =>
  compareSchedule(
    `schedule on ${body.asOf}`,
    {
      rows: body.expected.rows,
      totals: body.expected.totals,
      partial: body.expected.partialRows === true,
    },
    scheduleOf(engine, terms, body),
  );

const scheduleOf = (engine: Engine, terms: CaseTerms, body: ScheduleBody): ShownSchedule => {
  const decimals = decimalsOf(terms);
  const loanTerms = loanTermsOf(terms);
  const asOf = day(body.asOf);
  const paidOut = body.projectedDisbursement === undefined ? body.disbursements : [body.projectedDisbursement];
  const disbursements = paidOut.map((one) => disbursementOf(one, decimals));
  const start = disbursements[0]?.on ?? asOf;
  const approved =
    body.approvedAmount ?? body.projectedDisbursement?.amount ?? terms.principal ?? paidOut[0]?.amount ?? '0';
  const agreement = agreementOf(terms, approved, start);
  if (body.projectedDisbursement !== undefined) {
    return shownPlan(engine.plan(loanTerms, agreement, disbursements, asOf), disbursements, decimals);
  }
  const facts = paidOut.flatMap((one, index): readonly LoanFact[] => {
    const { on, ...disbursement } = disbursementOf(one, decimals);
    const dated = { on, knownOn: asOf };
    const down = automaticDownPayment(loanTerms, disbursement.amount, decimals, 0n);
    const disbursed: LoanFact = { kind: 'disbursement', id: `fact-${2 * index + 1}`, ...dated, ...disbursement };
    return down === undefined || one.autoDownPayment === false
      ? [disbursed]
      : [disbursed, { kind: 'credit', credit: 'down-payment', id: `fact-${2 * index + 2}`, ...dated, amount: down }];
  });
  const account = engine.replay(loanTerms, agreement, facts, asOf);
  return shownAccount(account, agreement.expectedTranches ?? [], terms.scheduleType === 'PROGRESSIVE', decimals);
};

const disbursementOf = (
  { date, amount, fixedInstallmentAmount }: ScheduleBody['disbursements'][number],
  decimals: number,
) => ({
  on: day(date),
  amount: minorOf(amount, decimals),
  ...(fixedInstallmentAmount !== undefined && { installment: minorOf(fixedInstallmentAmount, decimals) }),
});
