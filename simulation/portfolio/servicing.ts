import { addDays, type BusinessDate, daysBetween, type MoneyText, unreachable } from '../../domain/kernel';
import { nextOpenDay, openOnOrAfter } from '../calendar';
import type { Shape } from '../offerings';
import { chance, int } from '../random';
import { accountSchema, acknowledgementSchema, type Loan, loanSchema } from './answers';
import { type Caller, done } from './caller';
import type { Customer, Service, Visit } from './errand';

/** Who serves. */
export interface Staff {
  readonly finance: Caller;
  readonly operator: Caller;
}

const WITH_A_PLAN: readonly Shape[] = ['equal-installments', 'equal-principal', 'interest-only', 'flat', 'revolving'];
const RE_PLANNED: readonly Shape[] = ['equal-installments', 'equal-principal'];

/** Which services come to loans of which products, how often, and so many days after the loan has begun. */
const ASKED: readonly {
  readonly shapes: readonly Shape[];
  readonly share: number;
  readonly after: readonly [least: number, most: number];
  readonly service: Service;
}[] = [
  { shapes: ['equal-installments'], share: 0.05, after: [1, 10], service: { kind: 'waive-fee' } },
  { shapes: WITH_A_PLAN, share: 0.03, after: [12, 60], service: { kind: 'goodwill', daysBack: 5 } },
  { shapes: WITH_A_PLAN, share: 0.02, after: [12, 60], service: { kind: 'goodwill-in-error' } },
  { shapes: RE_PLANNED, share: 0.03, after: [8, 50], service: { kind: 'move-due-date', days: 5 } },
  { shapes: RE_PLANNED, share: 0.02, after: [20, 90], service: { kind: 'lower-rate' } },
  { shapes: WITH_A_PLAN, share: 0.02, after: [5, 40], service: { kind: 'charge-fee' } },
];

/** Loans are given up after so many days past due, and so long after their first month they are looked at. */
const WRITTEN_OFF_AFTER_DAYS = 120;
const LOOKED_AT_AFTER: readonly number[] = [155, 200];

/** What will be asked about a loan that has just begun. */
export const servicesFor = (customer: Customer, loan: Loan, today: BusinessDate): readonly Visit[] => {
  const { shape } = customer.choice;
  const random = customer.random.fork(`services ${loan.id}`);
  const visit = (days: number, service: Service): Visit => ({
    customer,
    on: openOnOrAfter(addDays(today, days)),
    errand: { kind: 'service', loanId: loan.id, service },
  });
  const asked = ASKED.filter(({ shapes }) => shapes.includes(shape)).flatMap(({ share, after, service }) => {
    const own = random.fork(service.kind);
    return chance(own, share) ? [visit(int(own, ...after), service)] : [];
  });
  const { temperament } = customer.applicant;
  const hardship = temperament === 'struggling' && RE_PLANNED.includes(shape) && chance(random.fork('hardship'), 0.25);
  return [
    ...asked,
    ...(hardship ? [visit(int(random.fork('when'), 60, 100), { kind: 'extend-term', installments: 4 })] : []),
    ...(temperament === 'punctual' || temperament === 'careless'
      ? []
      : LOOKED_AT_AFTER.map((days) => visit(days, { kind: 'write-off' }))),
  ];
};

const yuan = (amount: string): MoneyText => ({ amount, currency: 'CNY' });

/** What a loan may have come to in the meantime: it is closed, has no such installment left, or would cost too much. */
const BAD_LUCK: ReadonlySet<string> = new Set([
  'LOAN_NOT_ACTIVE',
  'FACT_UNKNOWN',
  'CAP_EXCEEDED',
  'PLAN_IMPOSSIBLE',
  'LOAN_MATURED',
]);

interface Order {
  readonly who: 'finance' | 'operator';
  readonly way: string;
  readonly body: object;
}

const NOTHING_TO_DO = undefined;

/** Since the oldest installment that is not met. */
const daysLate = ({ installments }: Loan, today: BusinessDate): number => {
  const oldest = installments.find(({ due, metOn }) => due < today && metOn === undefined);
  return oldest === undefined ? 0 : daysBetween(oldest.due, today);
};

/** What a service comes to for a loan as it stands; undefined when there is nothing to be done any more. */
const orderFor = (service: Service, loan: Loan, today: BusinessDate): Order | undefined => {
  const next = loan.installments.find(({ due }) => due > today);
  const dated = { valueDate: today };
  const [finance, operator] = ['finance', 'operator'] as const;
  switch (service.kind) {
    case 'waive-fee':
      return { who: finance, way: 'charge-waivers', body: { ...dated, of: 'Origination fee' } };
    case 'goodwill': {
      const back = addDays(today, -service.daysBack);
      const valueDate = loan.disbursedOn !== undefined && loan.disbursedOn > back ? loan.disbursedOn : back;
      const body = { valueDate, credit: 'goodwill-credit', amount: yuan('5.00') };
      return { who: finance, way: 'credits', body };
    }
    case 'goodwill-in-error':
      return { who: finance, way: 'credits', body: { ...dated, credit: 'goodwill-credit', amount: yuan('12.00') } };
    case 'take-back':
      return { who: finance, way: 'reversals', body: { ...dated, of: service.fact } };
    case 'move-due-date':
      if (next === undefined) return NOTHING_TO_DO;
      return {
        who: operator,
        way: 'due-date-moves',
        body: { ...dated, from: next.due, to: addDays(next.due, service.days) },
      };
    case 'lower-rate':
      return { who: operator, way: 'rate-changes', body: { ...dated, perYear: '0.12' } };
    case 'charge-fee': {
      if (next === undefined) return NOTHING_TO_DO;
      const calculation = { kind: 'flat', amount: '1.00' };
      return { who: finance, way: 'charges', body: { ...dated, charge: 'fee', calculation, dueOn: next.due } };
    }
    case 'extend-term':
      if (next === undefined) return NOTHING_TO_DO;
      return {
        who: operator,
        way: 'term-extensions',
        body: { ...dated, from: next.due, installments: service.installments },
      };
    case 'write-off':
      return daysLate(loan, today) < WRITTEN_OFF_AFTER_DAYS
        ? NOTHING_TO_DO
        : { who: finance, way: 'write-off', body: { reason: 'nothing has come in for four months' } };
    default:
      return unreachable(service);
  }
};

/** Has the staff do it; what follows from it later, if anything. */
export const haveServed = async (
  staff: Staff,
  visit: Visit,
  { loanId, service }: { readonly loanId: string; readonly service: Service },
): Promise<readonly Visit[]> => {
  const path = `/v1/loans/${loanId}`;
  const loan = done(await visit.customer.caller.get(path, loanSchema), path);
  const order = loan.status === 'active' ? orderFor(service, loan, visit.on) : NOTHING_TO_DO;
  if (order === undefined) return [];
  const { who, way, body } = order;
  const reply = await staff[who].post(`${path}/${way}`, body, `${service.kind} ${loanId}`, acknowledgementSchema);
  if (reply.kind === 'refused' && BAD_LUCK.has(reply.code)) return [];
  done(reply, `${way} of ${loanId}`);
  if (service.kind !== 'goodwill-in-error') return [];
  const { facts } = done(await staff.finance.get(`${path}/account`, accountSchema), 'account');
  const fact = facts.findLast(({ kind }) => kind === 'credit');
  if (fact === undefined) return [];
  const takenBack: Service = { kind: 'take-back', fact: fact.id };
  const on = nextOpenDay(nextOpenDay(visit.on));
  return [{ ...visit, on, errand: { kind: 'service', loanId, service: takenBack } }];
};
