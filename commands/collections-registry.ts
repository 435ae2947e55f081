import type { CollectionsCommand } from '../domain/collections';
import type { NoticeCommand } from '../domain/notices';
import { aggregates } from './aggregates';
import type { CommandEntry } from './entry';
import { type Handling, handling } from './handling';
import { noteOfLoan, paidOfPromise, standingForPromise } from './look-ups';

const { case: of, notice } = aggregates;

/** Those who turn to debtors, and those who may step in. */
const COLLECTORS = ['collector', 'operator'] as const;

/** What changes the terms of a loan, or gives a case out of the house. */
const OPERATORS = ['operator'] as const;

type Type = CollectionsCommand['type'] | NoticeCommand['type'];
type Who = CommandEntry<Type>['who'];

const onCase = (who: Who) =>
  ({ stream: (d: { readonly caseId: string }) => d.caseId, existence: 'existing', who }) as const;

/** The commands on cases of borrowers in arrears, and on what borrowers are told. */
export const collectionsRegistry: { readonly [T in Type]: Handling } = {
  NoteLoan: handling('NoteLoan', of, {
    ...onCase([]),
    existence: 'any',
    lookUp: (d, { businessDate }, read) => noteOfLoan(read, d, businessDate),
  }),
  ClaimCase: handling('ClaimCase', of, onCase(COLLECTORS)),
  ReleaseCase: handling('ReleaseCase', of, onCase(COLLECTORS)),
  AttemptContact: handling('AttemptContact', of, onCase(COLLECTORS)),
  RecordContactResult: handling('RecordContactResult', of, onCase(COLLECTORS)),
  RecordPromise: handling('RecordPromise', of, {
    ...onCase(COLLECTORS),
    lookUp: (d, { businessDate }, read) => standingForPromise(read, d.loanId, businessDate),
  }),
  JudgePromise: handling('JudgePromise', of, {
    ...onCase([]),
    lookUp: async (d, _issued, read) => ({ paid: await paidOfPromise(read, d) }),
  }),
  AgreeHardship: handling('AgreeHardship', of, onCase(OPERATORS)),
  RecordHardshipOutcome: handling('RecordHardshipOutcome', of, onCase([])),
  HandOverCase: handling('HandOverCase', of, onCase(OPERATORS)),
  TakeBackCase: handling('TakeBackCase', of, onCase(OPERATORS)),
  TakeLegalStep: handling('TakeLegalStep', of, onCase(OPERATORS)),
  BeginMessage: handling('BeginMessage', notice, { stream: (d) => d.noticeId, existence: 'any', who: [] }),
  RecordMessage: handling('RecordMessage', notice, { stream: (d) => d.noticeId, existence: 'any', who: [] }),
  CloseCase: handling('CloseCase', of, onCase(OPERATORS)),
};
