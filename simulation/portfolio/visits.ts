import { addDays, type BusinessDate, unreachable } from '../../domain/kernel';
import { nextOpenDay, openOnOrAfter } from '../calendar';
import { conductOf, reactionToOffer } from '../people';
import { chance, int } from '../random';
import { acknowledgementSchema, applicationSchema, type Loan, loanSchema } from './answers';
import { apply } from './arriving';
import { done } from './caller';
import { draw, firstDrawing } from './drawing';
import type { Customer, Errand, Visit } from './errand';
import { isLeftToMandate, mandateFor, revoke } from './mandating';
import { paymentFor, repaymentsOf } from './repaying';
import { haveServed, type Staff, servicesFor } from './servicing';

/** How often somebody comes to see whether the money is there, before they give up. */
const PATIENCE = 10;

/** Who has paid back a short loan in time often takes another one, some days later, and so on. */
const MOST_TIMES = 6;
const COMES_BACK = 0.8;
const DAYS_UNTIL_NEXT = [1, 10] as const;

/** Installments that somebody has made up their mind about: as many as the plan of a loan in tranches may come to. */
const FAR = 36;

type ErrandOf<Kind extends Errand['kind']> = Extract<Errand, { readonly kind: Kind }>;

/** Makes a visit; gives those that follow from it, which may be on the same day. */
export const pay = (visit: Visit, staff: Staff): Promise<readonly Visit[]> => {
  const { errand } = visit;
  switch (errand.kind) {
    case 'apply-again':
      return applyAgain(visit, errand);
    case 'hear-decision':
      return hearDecision(visit, errand);
    case 'sign':
      return sign(visit, errand);
    case 'see-loan':
      return seeLoan(visit, errand);
    case 'repay':
      return repay(visit, errand);
    case 'draw':
      return draw(visit, errand);
    case 'revoke':
      return revoke(visit, errand);
    case 'service':
      return haveServed(staff, visit, errand);
    default:
      return unreachable(errand);
  }
};

const again = ({ customer, on }: Visit, errand: Errand): Visit => ({ customer, on: nextOpenDay(on), errand });

const applyAgain = async ({ customer, on }: Visit, { time }: ErrandOf<'apply-again'>): Promise<readonly Visit[]> => {
  const visit = await apply(customer, time, nextOpenDay(on));
  return visit ? [visit] : [];
};

/** Asks what became of the application; with an offer in hand, does what somebody of this temperament does with it. */
const hearDecision = async (visit: Visit, errand: ErrandOf<'hear-decision'>): Promise<readonly Visit[]> => {
  const { customer } = visit;
  const { applicationId, time } = errand;
  const path = `/v1/applications/${applicationId}`;
  const { stage, offer } = done(await customer.caller.get(path, applicationSchema), path);
  if (stage === 'under_review') return [again(visit, errand)];
  if (stage !== 'offered' || offer === undefined) return [];
  const random = customer.random.fork(`offer ${time}`);
  const reaction = reactionToOffer(customer.applicant.temperament, random);
  switch (reaction.kind) {
    case 'signs': {
      const signing: Errand = { kind: 'sign', applicationId, quoteHash: offer.quoteHash, time };
      return [reaction.afterOpenDays === 0 ? { ...visit, errand: signing } : again(visit, signing)];
    }
    case 'withdraws': {
      const reason = { reason: 'no longer needed' };
      done(await customer.caller.post(`${path}/withdrawal`, reason, `withdraw ${time}`, acknowledgementSchema), path);
      return [];
    }
    case 'ignores':
      return [];
    default:
      return unreachable(reaction);
  }
};

const sign = async (visit: Visit, { applicationId, quoteHash, time }: ErrandOf<'sign'>): Promise<readonly Visit[]> => {
  const { caller } = visit.customer;
  const path = `/v1/applications/${applicationId}`;
  const accepted = await caller.post(`${path}/acceptance`, { quoteHash }, `accept ${time}`, acknowledgementSchema);
  // An offer heard of too late has run out.
  if (accepted.kind === 'refused' && accepted.code === 'OFFER_EXPIRED') return [];
  done(accepted, 'accept');
  done(await caller.post(`${path}/signature`, {}, `sign ${time}`, acknowledgementSchema), 'sign');
  return [again(visit, { kind: 'see-loan', applicationId, time, visitsLeft: PATIENCE })];
};

const loanAt = async ({ caller }: Customer, loanId: string): Promise<Loan> => {
  const path = `/v1/loans/${loanId}`;
  return done(await caller.get(path, loanSchema), path);
};

/** Looks at the plan once the money is there, and makes up their mind about all of it. */
const seeLoan = async (visit: Visit, errand: ErrandOf<'see-loan'>): Promise<readonly Visit[]> => {
  const { customer, on } = visit;
  const { applicationId, time, visitsLeft } = errand;
  const path = `/v1/applications/${applicationId}`;
  const { loanId } = done(await customer.caller.get(path, applicationSchema), path);
  const loan = loanId === undefined ? undefined : await loanAt(customer, loanId);
  if (loan === undefined || loan.status === 'opened') {
    if (visitsLeft === 0) return [];
    // What is drawn in tranches stands, and waits for its first drawing.
    const draws = loan !== undefined && customer.choice.shape === 'revolving' && visitsLeft === PATIENCE;
    const look = again(visit, { ...errand, visitsLeft: visitsLeft - 1 });
    return draws ? [look, firstDrawing(customer, loan.id, nextOpenDay(on))] : [look];
  }
  if (loan.status !== 'active') return [];
  const { temperament } = customer.applicant;
  const count = customer.choice.shape === 'revolving' ? FAR : loan.installments.length;
  const conduct = conductOf(temperament, customer.random.fork(`conduct ${time}`), count);
  const { debited, visits } = await mandateFor(customer, loan, conduct, on);
  return [
    ...nextRepayment(visit, planned(loan, time, conduct, debited)),
    ...visits,
    ...servicesFor(customer, loan, on),
  ];
};

const planned = (
  loan: Loan,
  time: number,
  conduct: ErrandOf<'repay'>['conduct'],
  debited: number,
): ErrandOf<'repay'> => ({
  kind: 'repay',
  debited,
  loanId: loan.id,
  time,
  conduct,
  repayments: repaymentsOf(loan, conduct),
  next: 0,
  planned: loan.installments.length,
});

/** The next repayment of the plan; one whose day has passed while it could not be made is made now. */
const nextRepayment = ({ customer, on }: Visit, errand: ErrandOf<'repay'>): readonly Visit[] => {
  const repayment = errand.repayments[errand.next];
  return repayment === undefined ? [] : [{ customer, on: later(repayment.on, on), errand }];
};

const later = (a: BusinessDate, b: BusinessDate): BusinessDate => (a > b ? a : b);

const repay = async (visit: Visit, errand: ErrandOf<'repay'>): Promise<readonly Visit[]> => {
  const { customer, on } = visit;
  const repayment = errand.repayments[errand.next];
  if (repayment !== undefined && isLeftToMandate(repayment, errand.debited)) {
    const after = nextRepayment(visit, { ...errand, next: errand.next + 1 });
    return after.length > 0 ? after : comesBack(visit, errand);
  }
  const loan = await loanAt(customer, errand.loanId);
  if (repayment === undefined || loan.status !== 'active') return [];
  const payment = paymentFor(loan, repayment);
  const rest = replanned(loan, { ...errand, next: errand.next + 1 }, on);
  if (payment === undefined) return nextRepayment(visit, rest);
  const body = { loanId: loan.id, ...payment };
  const key = `repay ${loan.id} ${repayment.installment} ${on}`;
  const paid = await customer.caller.post('/v1/repayments', body, key, acknowledgementSchema);
  // An earlier one that was on its way has closed the loan meanwhile.
  if (paid.kind === 'refused' && paid.code === 'LOAN_NOT_ACTIVE') return [];
  // No channel takes so much now.
  if (paid.kind === 'refused' && paid.code === 'NO_CHANNEL') return [again(visit, errand)];
  done(paid, 'repay');
  // What was just paid is in the books tomorrow; nobody pays twice on the same day.
  const next = nextRepayment({ ...visit, on: nextOpenDay(on) }, rest);
  return next.length > 0 ? next : comesBack(visit, errand);
};

/** A plan that has grown since by another drawing, or was extended, is paid to its new end. */
const replanned = (loan: Loan, errand: ErrandOf<'repay'>, today: BusinessDate): ErrandOf<'repay'> => {
  if (loan.installments.length === errand.planned) return errand;
  const { time, conduct, debited } = errand;
  const anew = planned(loan, time, conduct, debited);
  return { ...anew, repayments: anew.repayments.filter(({ on }) => on > today) };
};

const comesBack = ({ customer, on }: Visit, { time }: ErrandOf<'repay'>): readonly Visit[] => {
  const random = customer.random.fork(`again ${time}`);
  const returns =
    customer.choice.shape === 'thirty-days' &&
    customer.applicant.temperament !== 'defaulting' &&
    time < MOST_TIMES &&
    chance(random, COMES_BACK);
  if (!returns) return [];
  const day = openOnOrAfter(addDays(on, int(random, ...DAYS_UNTIL_NEXT)));
  return [{ customer, on: day, errand: { kind: 'apply-again', time: time + 1 } }];
};
