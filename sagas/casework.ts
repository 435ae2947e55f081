import { aggregates, type CommandRequest, type StateReader } from '../commands';
import type { CaseState } from '../domain/collections';
import {
  assert,
  businessDateAt,
  type CaseId,
  caseId,
  caseIdSchema,
  type LoanId,
  loanIdSchema,
  startOf,
  unreachable,
} from '../domain/kernel';
import { ARREARS_BUCKETS, arrearsStandingOf, type LoanState } from '../domain/loan';
import { command, type Fact, type HouseSaga, type Reaction } from './house-saga';

/** Whatever may change what is overdue of a loan, or what was repaid of a promise. */
const LOAN_FACTS = [
  'ArrearsBucketChanged',
  'LoanAged',
  'RepaymentApplied',
  'CreditApplied',
  'ChargeWaived',
  'ChargeAdjusted',
  'RepaymentChargedBack',
  'DueDateMoved',
  'TermExtended',
  'GraceGranted',
  'LoanReAged',
  'LoanReAmortized',
  'InterestPaused',
  'LoanWrittenOff',
  'ContractTerminated',
  'LoanSettled',
  'FactReversed',
  'LoanClosed',
  'LoanReopened',
] as const;

const CASE_FACTS = ['PromiseMade', 'HardshipAgreed'] as const;

type LoanFact = Fact<(typeof LOAN_FACTS)[number]>;

/** What loan facts put on record of a hardship plan, by the relief that was agreed. */
const RELIEVED: Partial<Record<LoanFact['type'], Fact<'HardshipAgreed'>['data']['relief']['kind']>> = {
  LoanReAged: 're-age',
  GraceGranted: 'grace',
  InterestPaused: 'interest-pause',
};

const isInFile = (state: CaseState, loan: LoanId): boolean =>
  state.status !== 'none' &&
  ((state.status === 'open' && state.loans.has(loan)) ||
    [...state.promises.values(), ...state.plans.values()].some(({ loanId }) => loanId === loan));

const worsened = (event: LoanFact): boolean =>
  event.type === 'ArrearsBucketChanged' &&
  ARREARS_BUCKETS.indexOf(event.data.to) > ARREARS_BUCKETS.indexOf(event.data.from);

/** A plan that was agreed for a loan and is now carried out by it. */
const granted = (event: LoanFact, id: CaseId, loan: LoanId, state: CaseState): readonly Reaction[] => {
  const relief = RELIEVED[event.type];
  if (relief === undefined || state.status === 'none') return [];
  return [...state.plans.values()]
    .filter((plan) => plan.loanId === loan && plan.status === 'agreed' && plan.relief.kind === relief)
    .map(({ planId }) => command(`granted-${planId}`, { type: 'RecordHardshipOutcome', data: { caseId: id, planId } }));
};

const onLoan = async (event: LoanFact, view: StateReader): Promise<readonly Reaction[]> => {
  const loan = loanIdSchema.parse(event.stream);
  const state: LoanState = (await view.load(aggregates.loan, loan)).state;
  assert(state.status !== 'none', () => `${loan} has a history but does not exist`);
  const { borrowerId } = state.agreement;
  const id = caseId(borrowerId);
  const file = (await view.load(aggregates.case, id)).state;
  const standing = arrearsStandingOf(state, businessDateAt(Date.parse(event.meta.bookedAt)));
  if (standing.kind !== 'in-arrears' && !isInFile(file, loan)) return [];
  const data = { caseId: id, borrowerId, loanId: loan, worsened: worsened(event) };
  return [command('note', { type: 'NoteLoan', data }), ...granted(event, id, loan, file)];
};

/** The servicing command that a hardship plan asks of its loan. */
const relieving = ({ loanId, relief, agreedOn: valueDate }: Fact<'HardshipAgreed'>['data']): CommandRequest => {
  switch (relief.kind) {
    case 're-age': {
      const { kind: _, ...terms } = relief;
      return { type: 'ReAgeLoan', data: { loanId, valueDate, ...terms } };
    }
    case 'grace': {
      const { kind: _, ...terms } = relief;
      return { type: 'GrantGrace', data: { loanId, valueDate, ...terms } };
    }
    case 'interest-pause': {
      const { kind: _, ...terms } = relief;
      return { type: 'PauseInterest', data: { loanId, valueDate, ...terms } };
    }
    default:
      return unreachable(relief);
  }
};

/**
 * Keeps the cases of borrowers in arrears: opened and closed by what happens to their loans, promises judged when their
 * day has passed, hardship plans carried out by the loans' own commands.
 */
export const casework: HouseSaga = {
  name: 'casework',
  types: [...LOAN_FACTS, ...CASE_FACTS],
  key: ({ stream }) => stream,
  react: async (event, view) => {
    switch (event.type) {
      case 'PromiseMade': {
        const { promiseId, judgedOn } = event.data;
        return [{ kind: 'deadline', name: `judge-${promiseId}`, at: startOf(judgedOn), data: { promiseId } }];
      }
      case 'HardshipAgreed': {
        const { planId } = event.data;
        const about = { caseId: caseIdSchema.parse(event.stream), planId };
        return [
          command('relieve', relieving(event.data), (code, detail) => [
            command('refused', { type: 'RecordHardshipOutcome', data: { ...about, refusal: { code, detail } } }),
          ]),
        ];
      }
      default:
        return isLoanFact(event) ? onLoan(event, view) : [];
    }
  },
  onDeadline: ({ key, data }) => [
    command('judge', {
      type: 'JudgePromise',
      data: { caseId: caseIdSchema.parse(key), promiseId: String(data['promiseId']) },
    }),
  ],
};

const LOAN_TYPES: ReadonlySet<string> = new Set(LOAN_FACTS);
const isLoanFact = (event: Parameters<HouseSaga['react']>[0]): event is LoanFact => LOAN_TYPES.has(event.type);
