import { addDays, type Refusal, refuse, unreachable } from '../kernel';
import { noteLoan } from './arrears';
import type { CollectionsCommand, CollectionsCommandOf } from './commands';
import { contactRefusal } from './contact-limits';
import type { CollectionsEvent } from './events';
import { CasePen, nextOf } from './pen';
import { judgePromises, recordPromise } from './promises';
import type { CaseState, OpenCase } from './state';
import { strategyNamed } from './strategy';

type Outcome = readonly CollectionsEvent[] | Refusal;

const NOTHING: readonly CollectionsEvent[] = [];

/** What follows from a command on the case of a borrower. Only an open one is worked on. */
export const decide = (command: CollectionsCommand, state: CaseState): Outcome => {
  switch (command.type) {
    case 'NoteLoan':
      return noteLoan(command, state);
    case 'JudgePromise': {
      const pen = new CasePen(state);
      judgePromises(pen, command.facts.paid, command.businessDate);
      return pen.events;
    }
    case 'RecordHardshipOutcome':
      return recordHardshipOutcome(command, state);
    case 'RecordContactResult':
      return recordContactResult(command, state);
    default:
      return state.status === 'open'
        ? work(command, state)
        : refuse('WRONG_STATUS', `the case is ${state.status === 'none' ? 'not opened' : 'closed'}`);
  }
};

type Work = Exclude<
  CollectionsCommand,
  { type: 'NoteLoan' | 'JudgePromise' | 'RecordHardshipOutcome' | 'RecordContactResult' }
>;

const work = (command: Work, open: OpenCase): Outcome => {
  switch (command.type) {
    case 'ClaimCase':
      return claim(command, open);
    case 'ReleaseCase':
      return release(command, open);
    case 'AttemptContact':
      return attemptContact(command, open);
    case 'RecordPromise':
      return othersKeepAway(command, open) ?? recordPromise(command, open);
    case 'AgreeHardship':
      return agreeHardship(command, open);
    case 'HandOverCase': {
      const { agency } = command.data;
      if (open.agency !== undefined) return refuse('WRONG_STATUS', `${open.agency} has the case`);
      return [{ type: 'CaseHandedOver', data: { agency, on: command.businessDate } }];
    }
    case 'TakeBackCase':
      return takeBack(command, open);
    case 'TakeLegalStep': {
      const { step, reference } = command.data;
      return [{ type: 'LegalStepTaken', data: { step, reference, on: command.businessDate } }];
    }
    case 'CloseCase': {
      const { businessDate: closedOn, data } = command;
      return [{ type: 'CaseClosed', data: { reason: 'by-person', because: data.reason, closedOn } }];
    }
    default:
      return unreachable(command);
  }
};

/** Collectors leave each other's cases alone; operators may step in. */
const othersKeepAway = ({ actor }: Work, { owner }: OpenCase): Refusal | undefined =>
  actor.kind === 'collector' && owner !== undefined && owner !== actor.id
    ? refuse('CASE_CLAIMED', 'somebody else works on it')
    : undefined;

const claim = ({ actor }: Work, open: OpenCase): Outcome => {
  if (open.owner === actor.id) return NOTHING;
  if (open.owner !== undefined) return refuse('CASE_CLAIMED', 'somebody else works on it');
  return [{ type: 'CaseClaimed', data: { owner: actor.id } }];
};

const release = (command: Work, open: OpenCase): Outcome => {
  const refusal = othersKeepAway(command, open);
  if (refusal !== undefined) return refusal;
  return open.owner === undefined ? NOTHING : [{ type: 'CaseReleased', data: { owner: open.owner } }];
};

/** By law nobody is turned to too often, at the wrong time, or instead of the debtor, be it by an agency. */
const attemptContact = (command: CollectionsCommandOf<'AttemptContact'>, open: OpenCase): Outcome => {
  const { data, at, actor, businessDate } = command;
  const { contactId, means, party } = data;
  if (open.contacts.some((contact) => contact.contactId === contactId)) return NOTHING;
  const refusal =
    othersKeepAway(command, open) ?? contactRefusal(open.jurisdiction, { means, party, at }, open.contacts);
  if (refusal !== undefined) return refusal;
  const contacts = [...open.contacts, { contactId, means, at, ended: false }];
  const { agency } = open;
  const next = nextOf(open, businessDate, { contacts });
  return [
    {
      type: 'ContactAttempted',
      data: { contactId, means, at, by: actor.id, ...(agency !== undefined && { agency }), ...next },
    },
  ];
};

const recordContactResult = ({ data }: CollectionsCommandOf<'RecordContactResult'>, state: CaseState): Outcome => {
  const { contactId, result, note } = data;
  const contact = state.status === 'none' ? undefined : state.contacts.find((each) => each.contactId === contactId);
  if (state.status === 'none' || contact === undefined) return refuse('NOT_FOUND', `no contact ${contactId}`);
  if (contact.ended) return refuse('WRONG_STATUS', 'what came of it is on record');
  const { borrowerId } = state;
  return [{ type: 'ContactEnded', data: { contactId, borrowerId, result, ...(note !== undefined && { note }) } }];
};

const agreeHardship = (command: CollectionsCommandOf<'AgreeHardship'>, open: OpenCase): Outcome => {
  const { planId, loanId, relief } = command.data;
  if (open.plans.has(planId)) return NOTHING;
  if (!open.loans.has(loanId)) return refuse('NOT_FOUND', `${loanId} is not in this case`);
  const pending = [...open.plans.values()].some((plan) => plan.loanId === loanId && plan.status === 'agreed');
  if (pending) return refuse('HARDSHIP_PENDING', `one for ${loanId} is on its way`);
  return [{ type: 'HardshipAgreed', data: { planId, loanId, relief, agreedOn: command.businessDate } }];
};

/** The case may have been closed meanwhile: a loan that is planned anew owes nothing overdue. */
const recordHardshipOutcome = (
  { data, businessDate: on }: CollectionsCommandOf<'RecordHardshipOutcome'>,
  state: CaseState,
): Outcome => {
  const { planId, refusal } = data;
  const plan = state.status === 'none' ? undefined : state.plans.get(planId);
  if (state.status === 'none' || plan === undefined) return refuse('NOT_FOUND', `no plan ${planId}`);
  if (plan.status !== 'agreed') return NOTHING;
  if (refusal !== undefined) return [{ type: 'HardshipRefused', data: { planId, ...refusal, on } }];
  if (state.status === 'closed') return [{ type: 'HardshipGranted', data: { planId, on, quietUntil: on } }];
  const quietUntil = addDays(on, strategyNamed(state.strategy).hardshipDays);
  const next = nextOf(state, on, { waitsUntil: quietUntil });
  return [{ type: 'HardshipGranted', data: { planId, on, quietUntil, ...next } }];
};

const takeBack = ({ data, businessDate: on }: CollectionsCommandOf<'TakeBackCase'>, open: OpenCase): Outcome => {
  const { agency, ...own } = open;
  if (agency === undefined) return refuse('WRONG_STATUS', 'no agency has the case');
  return [{ type: 'CaseTakenBack', data: { agency, reason: data.reason, on, ...nextOf(own, on) } }];
};
