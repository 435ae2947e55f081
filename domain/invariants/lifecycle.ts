import { applicationIdSchema, loanId, parseMoney } from '../kernel';
import { type Invariant, type LoggedFact, nothingUnfinished } from './invariant';

export const payoutsNeedContracts: Invariant = {
  id: 'I-18',
  statement: 'No money goes out without a signed contract, and none to another card than the contract names',
  check: () => {
    const signed = new Set<string>();
    const payees = new Map<string, string>();
    return {
      see: (fact) => {
        if (fact.type === 'ContractSigned') signed.add(loanId(applicationIdSchema.parse(fact.stream)));
        if (fact.type === 'LoanOpened') payees.set(fact.stream, fact.data.payee.cardId);
        if (fact.type === 'PayoutRequested') {
          const { loanId: loan, payee } = fact.data;
          if (!signed.has(loan)) return `${loan} has no signed contract`;
          if (payees.get(loan) !== payee.cardId) return `${loan} is paid to another card`;
        }
        return undefined;
      },
      unfinished: nothingUnfinished,
    };
  },
};

/** Each tranche is drawn for a payout of its own; every other payout is the only one of its loan. */
const payoutsOfLoans = () => {
  const tranches = new Set<string>();
  const single = new Map<string, string>();
  return (fact: LoggedFact): string | undefined => {
    if (fact.type === 'TrancheRequested') {
      const twice = tranches.has(fact.data.payoutId);
      tranches.add(fact.data.payoutId);
      return twice ? `${fact.data.payoutId} is drawn twice` : undefined;
    }
    if (fact.type !== 'PayoutRequested' || tranches.has(fact.stream)) return undefined;
    const other = single.get(fact.data.loanId);
    single.set(fact.data.loanId, fact.stream);
    return other === undefined ? undefined : `${fact.stream} beside ${other}`;
  };
};

export const payoutsHappenOnce: Invariant = {
  id: 'I-20',
  statement: 'At most one settled payout per loan or tranche drawn, and never two instructions in flight for one',
  check: () => {
    const settled = new Set<string>();
    const inFlight = new Map<string, string>();
    const requested = payoutsOfLoans();
    return {
      see: (fact) => {
        switch (fact.type) {
          case 'PayoutSubmitted': {
            const before = inFlight.get(fact.stream);
            if (before !== undefined) return `${fact.data.effectId} while ${before} is in flight`;
            if (settled.has(fact.stream)) return `${fact.data.effectId} after a settled payout`;
            inFlight.set(fact.stream, fact.data.effectId);
            return undefined;
          }
          case 'PayoutFailed':
            inFlight.delete(fact.stream);
            return undefined;
          case 'PayoutSettled':
            inFlight.delete(fact.stream);
            if (settled.has(fact.stream)) return `${fact.stream} is paid out twice`;
            settled.add(fact.stream);
            return undefined;
          default:
            return requested(fact);
        }
      },
      unfinished: () => inFlight.size,
    };
  },
};

export const creditStaysWithinTheLine: Invariant = {
  id: 'I-22',
  statement: 'What is reserved and drawn never exceeds the credit line, and a release gives back what was reserved',
  check: () => {
    const lines = new Map<string, { limit: bigint; drawn: bigint; reserved: Map<string, bigint> }>();
    return {
      see: (fact) => {
        if (fact.type === 'CreditLineOpened') {
          lines.set(fact.stream, { limit: parseMoney(fact.data.limit).minor, drawn: 0n, reserved: new Map() });
        }
        const line = lines.get(fact.stream);
        if (line === undefined) return undefined;
        switch (fact.type) {
          case 'CreditReserved':
            line.reserved.set(fact.data.applicationId, parseMoney(fact.data.amount).minor);
            break;
          case 'CreditReleased': {
            const reserved = line.reserved.get(fact.data.applicationId);
            line.reserved.delete(fact.data.applicationId);
            if (reserved !== parseMoney(fact.data.amount).minor)
              return `released ${fact.data.amount.amount} of ${reserved}`;
            break;
          }
          case 'CreditDrawn':
            line.reserved.delete(fact.data.applicationId);
            line.drawn += parseMoney(fact.data.amount).minor;
            break;
          case 'CreditRestored':
            line.drawn -= parseMoney(fact.data.amount).minor;
            break;
          default:
            return undefined;
        }
        const used = [...line.reserved.values()].reduce((sum, amount) => sum + amount, line.drawn);
        if (line.drawn < 0n) return `${line.drawn} minor units drawn`;
        return used > line.limit ? `${used} of ${line.limit} minor units used` : undefined;
      },
      unfinished: nothingUnfinished,
    };
  },
};

type Reasoned = Extract<LoggedFact, { type: 'ApplicationApproved' | 'ApplicationReferred' | 'ApplicationRejected' }>;

const decisionIn = (fact: LoggedFact): Reasoned['data']['decision'] | undefined => {
  switch (fact.type) {
    case 'ApplicationApproved':
    case 'ApplicationReferred':
    case 'ApplicationRejected':
      return fact.data.decision;
    default:
      return undefined;
  }
};

export const decisionsAreExplained: Invariant = {
  id: 'I-37',
  statement: 'Every decision names its policy, the features that it was made from, and the reasons of a no',
  check: () => ({
    see: (fact) => {
      const decision = decisionIn(fact);
      if (decision === undefined) return undefined;
      const { policy, features, outcome, reasons } = decision;
      if (policy.hash === '' || Object.keys(features).length === 0) return 'a decision without what it was made from';
      return outcome !== 'approve' && reasons.length === 0 ? 'a no without a reason' : undefined;
    },
    unfinished: nothingUnfinished,
  }),
};

export const sourcesHaveConsent: Invariant = {
  id: 'I-38',
  statement: 'No source was asked without a consent that its applicant had granted',
  check: () => {
    const consents = new Map<string, Set<string>>();
    const applicants = new Map<string, string>();
    return {
      see: (fact) => {
        if (fact.type === 'ConsentGranted') {
          consents.set(fact.stream, (consents.get(fact.stream) ?? new Set()).add(fact.data.consentId));
        }
        if (fact.type === 'ApplicationSubmitted') applicants.set(fact.stream, fact.data.borrowerId);
        const granted = consents.get(applicants.get(fact.stream) ?? '');
        const without = decisionIn(fact)?.sources.find(
          ({ consentId }) => consentId !== undefined && granted?.has(consentId) !== true,
        );
        return without && `${without.source} was asked without a consent`;
      },
      unfinished: nothingUnfinished,
    };
  },
};
