import { type BusinessDate, unreachable } from '../../domain/kernel';
import { nextOpenDay } from '../calendar';
import { conductOf, reactionToOffer } from '../people';
import { acknowledgementSchema, applicationSchema, type Loan, loansSchema } from './answers';
import { done } from './caller';
import type { Customer, Errand, Visit } from './errand';
import { paymentFor, repaymentsOf } from './repaying';

/** How often somebody comes to see whether the money is there, before they give up. */
const PATIENCE = 10;

type ErrandOf<Kind extends Errand['kind']> = Extract<Errand, { readonly kind: Kind }>;

/** Makes a visit; gives the next one that follows from it, which may be on the same day. */
export const pay = (visit: Visit): Promise<Visit | undefined> => {
  const { errand } = visit;
  switch (errand.kind) {
    case 'hear-decision':
      return hearDecision(visit, errand);
    case 'sign':
      return sign(visit, errand);
    case 'see-loan':
      return seeLoan(visit, errand);
    case 'repay':
      return repay(visit, errand);
    default:
      return unreachable(errand);
  }
};

const again = ({ customer, on }: Visit, errand: Errand): Visit => ({ customer, on: nextOpenDay(on), errand });

/** Asks what became of the application; with an offer in hand, does what somebody of this temperament does with it. */
const hearDecision = async (visit: Visit, errand: ErrandOf<'hear-decision'>): Promise<Visit | undefined> => {
  const { customer } = visit;
  const { applicationId } = errand;
  const path = `/v1/applications/${applicationId}`;
  const { stage, offer } = done(await customer.caller.get(path, applicationSchema), path);
  if (stage === 'under_review') return again(visit, errand);
  if (stage !== 'offered' || offer === undefined) return undefined;
  const reaction = reactionToOffer(customer.applicant.temperament, customer.random.fork('offer'));
  switch (reaction.kind) {
    case 'signs': {
      const signing: Errand = { kind: 'sign', applicationId, quoteHash: offer.quoteHash };
      return reaction.afterOpenDays === 0 ? { ...visit, errand: signing } : again(visit, signing);
    }
    case 'withdraws':
      done(
        await customer.caller.post(
          `${path}/withdrawal`,
          { reason: 'no longer needed' },
          'withdraw',
          acknowledgementSchema,
        ),
        'withdraw',
      );
      return undefined;
    case 'ignores':
      return undefined;
    default:
      return unreachable(reaction);
  }
};

const sign = async (visit: Visit, { applicationId, quoteHash }: ErrandOf<'sign'>): Promise<Visit | undefined> => {
  const { caller } = visit.customer;
  const path = `/v1/applications/${applicationId}`;
  const accepted = await caller.post(`${path}/acceptance`, { quoteHash }, 'accept', acknowledgementSchema);
  // An offer heard of too late has run out.
  if (accepted.kind === 'refused' && accepted.code === 'OFFER_EXPIRED') return undefined;
  done(accepted, 'accept');
  done(await caller.post(`${path}/signature`, {}, 'sign', acknowledgementSchema), 'sign');
  return again(visit, { kind: 'see-loan', visitsLeft: PATIENCE });
};

const ownLoan = async ({ caller, borrowerId }: Customer): Promise<Loan | undefined> => {
  const path = `/v1/borrowers/${borrowerId}/loans`;
  return done(await caller.get(path, loansSchema), path).items[0];
};

/** Looks at the plan once the money is there, and makes up their mind about all of it. */
const seeLoan = async (visit: Visit, { visitsLeft }: ErrandOf<'see-loan'>): Promise<Visit | undefined> => {
  const { customer } = visit;
  const loan = await ownLoan(customer);
  if (loan === undefined || loan.status === 'opened') {
    return visitsLeft > 0 ? again(visit, { kind: 'see-loan', visitsLeft: visitsLeft - 1 }) : undefined;
  }
  if (loan.status !== 'active') return undefined;
  const { temperament } = customer.applicant;
  const conduct = conductOf(temperament, customer.random.fork('conduct'), loan.installments.length);
  return nextRepayment(visit, { kind: 'repay', repayments: repaymentsOf(loan, conduct), next: 0 });
};

/** The next repayment of the plan; one whose day has passed while it could not be made is made now. */
const nextRepayment = ({ customer, on }: Visit, errand: ErrandOf<'repay'>): Visit | undefined => {
  const repayment = errand.repayments[errand.next];
  if (repayment === undefined) return undefined;
  return { customer, on: later(repayment.on, on), errand };
};

const later = (a: BusinessDate, b: BusinessDate): BusinessDate => (a > b ? a : b);

const repay = async (visit: Visit, errand: ErrandOf<'repay'>): Promise<Visit | undefined> => {
  const { customer } = visit;
  const { repayments, next } = errand;
  const repayment = repayments[next];
  const loan = await ownLoan(customer);
  if (repayment === undefined || loan?.status !== 'active') return undefined;
  const payment = paymentFor(loan, repayment);
  if (payment) {
    const body = { loanId: loan.id, ...payment };
    const paid = await customer.caller.post('/v1/repayments', body, `repay ${next}`, acknowledgementSchema);
    // An earlier one that was on its way has closed the loan meanwhile.
    if (paid.kind === 'refused' && paid.code === 'LOAN_NOT_ACTIVE') return undefined;
    done(paid, 'repay');
    // What was just paid is in the books tomorrow; nobody pays twice on the same day.
    return nextRepayment({ ...visit, on: nextOpenDay(visit.on) }, { ...errand, next: next + 1 });
  }
  return nextRepayment(visit, { ...errand, next: next + 1 });
};
