import { z } from 'zod';
import type { LoanFact } from '../../../domain/schedule/replay';
import { scheduleRowSchema, scheduleTotalsSchema } from './case-steps';
import { type CaseTerms, figureSchema } from './case-terms';
import type { Difference } from './difference';
import type { Engine } from './engine';
import { day, minorOf } from './figures';
import { compareSchedule, type ShownSchedule, shownAccount, shownPlan } from './schedule-rows';
import { agreementOf, decimalsOf, loanTermsOf } from './terms-of-case';

const disbursementSchema = z.strictObject({
  date: z.iso.date(),
  amount: figureSchema,
  fixedInstallmentAmount: figureSchema.optional(),
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
  const disbursements = (
    body.projectedDisbursement === undefined ? body.disbursements : [body.projectedDisbursement]
  ).map(({ date, amount, fixedInstallmentAmount }) => ({
    on: day(date),
    amount: minorOf(amount, decimals),
    ...(fixedInstallmentAmount && { installment: minorOf(fixedInstallmentAmount, decimals) }),
  }));
  const start = disbursements[0]?.on ?? day(body.asOf);
  const disbursed = body.projectedDisbursement?.amount ?? body.disbursements[0]?.amount ?? '0';
  const agreement = agreementOf(
    terms,
    body.approvedAmount ?? body.projectedDisbursement?.amount ?? terms.principal ?? disbursed,
    start,
  );
  const asOf = day(body.asOf);
  if (body.projectedDisbursement !== undefined) {
    return shownPlan(engine.plan(loanTermsOf(terms), agreement, disbursements, asOf), disbursements, decimals);
  }
  const facts = disbursements.map(
    (disbursement, index): LoanFact => ({
      kind: 'disbursement',
      id: `disbursement-${index + 1}`,
      knownOn: asOf,
      ...disbursement,
    }),
  );
  return shownAccount(engine.replay(loanTermsOf(terms), agreement, facts, asOf), decimals);
};
