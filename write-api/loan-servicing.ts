import { z } from 'zod';
import type { CommandRequest } from '../commands';
import { loanIdSchema } from '../domain/kernel';
import { loanCommands } from '../domain/loan';
import type { HttpServer } from '../platform/http';
import { askedAmountSchema } from './amounts';
import { acknowledgementSchema, idempotencyHeaders as headers, problems } from './answers';
import { give } from './give';
import type { WriteContext } from './write-context';

const params = z.strictObject({ loanId: loanIdSchema });
const withoutLoan = { loanId: true } as const;
const asked = { amount: askedAmountSchema };

/** One command on a lent loan: its way in, who may give it, what is sent, and what the loan is then called. */
interface Service<Body extends z.ZodObject> {
  readonly path: string;
  readonly who: 'finance' | 'operator';
  readonly summary: string;
  readonly body: Body;
  readonly done: string;
  readonly command: (loanId: z.infer<typeof loanIdSchema>, body: z.infer<Body>) => CommandRequest;
}

/** What finance and operations do to a loan in its life: one way in for each command, one fact of the loan for each. */
export const loanServicingRoutes = (server: HttpServer, context: WriteContext): void => {
  const serve = <Body extends z.ZodObject>({ path, who, summary, body, done, command }: Service<Body>): void => {
    const schema = {
      tags: ['Loans'],
      summary,
      headers,
      params,
      body: z.strictObject(body.shape),
      response: { 200: acknowledgementSchema, ...problems },
    };
    server.post(`/v1/loans/:loanId/${path}`, { config: { access: [who] }, schema }, async (request, reply) => {
      const { loanId } = params.parse(request.params);
      await give(context, request, reply, command(loanId, body.parse(request.body)));
      return { id: loanId, status: done, links: { self: `/v1/loans/${loanId}` } };
    });
  };

  serve({
    path: 'write-off',
    who: 'finance',
    summary: 'Give up what is owed',
    body: loanCommands.WriteOffLoan.omit(withoutLoan),
    done: 'written_off',
    command: (loanId, body) => ({ type: 'WriteOffLoan', data: { loanId, ...body } }),
  });
  serve({
    path: 'credits',
    who: 'finance',
    summary: 'Take in a refund, a credit of goodwill or a recovery',
    body: loanCommands.ApplyCredit.omit(withoutLoan).extend(asked),
    done: 'credited',
    command: (loanId, body) => ({ type: 'ApplyCredit', data: { loanId, ...body } }),
  });
  serve({
    path: 'credit-balance-refunds',
    who: 'finance',
    summary: 'Give back money that is held for the borrower',
    body: loanCommands.RefundCreditBalance.omit(withoutLoan).extend(asked),
    done: 'refunded',
    command: (loanId, body) => ({ type: 'RefundCreditBalance', data: { loanId, ...body } }),
  });
  serve({
    path: 'charges',
    who: 'finance',
    summary: 'Charge a fee or a penalty',
    body: loanCommands.AddCharge.omit(withoutLoan),
    done: 'charged',
    command: (loanId, body) => ({ type: 'AddCharge', data: { loanId, ...body } }),
  });
  serve({
    path: 'charge-waivers',
    who: 'finance',
    summary: 'Waive what is unpaid of a charge',
    body: loanCommands.WaiveCharge.omit(withoutLoan),
    done: 'waived',
    command: (loanId, body) => ({ type: 'WaiveCharge', data: { loanId, ...body } }),
  });
  serve({
    path: 'charge-adjustments',
    who: 'finance',
    summary: 'Give back a part of a charge',
    body: loanCommands.AdjustCharge.omit(withoutLoan).extend(asked),
    done: 'adjusted',
    command: (loanId, body) => ({ type: 'AdjustCharge', data: { loanId, ...body } }),
  });
  serve({
    path: 'chargebacks',
    who: 'finance',
    summary: 'Owe again what was taken back of a repayment',
    body: loanCommands.ChargeBackRepayment.omit(withoutLoan).extend(asked),
    done: 'charged_back',
    command: (loanId, body) => ({ type: 'ChargeBackRepayment', data: { loanId, ...body } }),
  });
  serve({
    path: 'rate-changes',
    who: 'operator',
    summary: 'Change the nominal rate from a day on',
    body: loanCommands.ChangeRate.omit(withoutLoan),
    done: 'rate_changed',
    command: (loanId, body) => ({ type: 'ChangeRate', data: { loanId, ...body } }),
  });
  serve({
    path: 'due-date-moves',
    who: 'operator',
    summary: 'Move a due date, and those after it',
    body: loanCommands.MoveDueDate.omit(withoutLoan),
    done: 'due_date_moved',
    command: (loanId, body) => ({ type: 'MoveDueDate', data: { loanId, ...body } }),
  });
  serve({
    path: 'term-extensions',
    who: 'operator',
    summary: 'Give more installments',
    body: loanCommands.ExtendTerm.omit(withoutLoan),
    done: 'extended',
    command: (loanId, body) => ({ type: 'ExtendTerm', data: { loanId, ...body } }),
  });
  serve({
    path: 'grace-periods',
    who: 'operator',
    summary: 'Ask for no principal, or put interest off, for some installments',
    body: loanCommands.GrantGrace.omit(withoutLoan),
    done: 'grace_granted',
    command: (loanId, body) => ({ type: 'GrantGrace', data: { loanId, ...body } }),
  });
  serve({
    path: 're-ages',
    who: 'operator',
    summary: 'Spread all that is owed over new installments',
    body: loanCommands.ReAgeLoan.omit(withoutLoan),
    done: 're_aged',
    command: (loanId, body) => ({ type: 'ReAgeLoan', data: { loanId, ...body } }),
  });
  serve({
    path: 're-amortizations',
    who: 'operator',
    summary: 'Spread what is overdue over the installments to come',
    body: loanCommands.ReAmortizeLoan.omit(withoutLoan),
    done: 're_amortized',
    command: (loanId, body) => ({ type: 'ReAmortizeLoan', data: { loanId, ...body } }),
  });
  serve({
    path: 'interest-pauses',
    who: 'operator',
    summary: 'Bear no interest through a day',
    body: loanCommands.PauseInterest.omit(withoutLoan),
    done: 'interest_paused',
    command: (loanId, body) => ({ type: 'PauseInterest', data: { loanId, ...body } }),
  });
  serve({
    path: 'charge-off',
    who: 'finance',
    summary: 'Book what is owed as a loss; collecting goes on',
    body: loanCommands.ChargeOffLoan.omit(withoutLoan),
    done: 'charged_off',
    command: (loanId, body) => ({ type: 'ChargeOffLoan', data: { loanId, ...body } }),
  });
  serve({
    path: 'termination',
    who: 'operator',
    summary: 'Terminate the contract: all that is owed is due',
    body: loanCommands.TerminateContract.omit(withoutLoan),
    done: 'terminated',
    command: (loanId, body) => ({ type: 'TerminateContract', data: { loanId, ...body } }),
  });
  serve({
    path: 'settlement',
    who: 'finance',
    summary: 'Take less than what is owed for all of it',
    body: loanCommands.SettleLoan.omit(withoutLoan).extend(asked),
    done: 'settled',
    command: (loanId, body) => ({ type: 'SettleLoan', data: { loanId, ...body } }),
  });
  serve({
    path: 'reversals',
    who: 'finance',
    summary: 'Take back an earlier fact',
    body: loanCommands.ReverseFact.omit(withoutLoan),
    done: 'reversed',
    command: (loanId, body) => ({ type: 'ReverseFact', data: { loanId, ...body } }),
  });
};
