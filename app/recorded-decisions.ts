import type { DependencyContainer } from 'tsyringe';
import type { Decision } from '../domain/application';
import type { DomainEvent } from '../domain/events';
import { type BusinessDate, businessDateAt } from '../domain/kernel';
import type { RecordedEvent } from '../platform/event-log';
import { projections } from '../projections';
import {
  type LoanCourse,
  type Recorded,
  type ReplayReport,
  replayDecisions,
  type WhatIfReport,
  whatIf,
} from '../risk/replay';
import { isBad } from './loan-course';
import { all } from './portfolio-figures';
import { TOKENS, the } from './tokens';

/** Which decisions: of these business dates, both ends included. */
export interface ReplaySpan {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
}

type Fact = RecordedEvent<DomainEvent>;

/** The engine's own decision in a fact; a person's review of one is none. */
const decisionIn = ({ type, data }: Fact): Decision | undefined => {
  switch (type) {
    case 'ApplicationReferred':
      return data.decision;
    case 'ApplicationApproved':
    case 'ApplicationRejected':
      return data.review === undefined ? data.decision : undefined;
    default:
      return undefined;
  }
};

/** The engine's decisions of a span, out of the log, in its order. */
async function* recordedDecisions(house: DependencyContainer, { from, to }: ReplaySpan): AsyncGenerator<Recorded> {
  const borrowers = new Map<string, string>();
  for await (const { events } of the(house, TOKENS.eventLog).readAll({ categories: ['application'] })) {
    for (const event of events) {
      const { stream, meta } = event;
      if (event.type === 'ApplicationSubmitted') borrowers.set(stream, event.data.borrowerId);
      const day = businessDateAt(Date.parse(meta.bookedAt));
      const decision = day >= from && day <= to ? decisionIn(event) : undefined;
      if (decision) yield { applicationId: stream, borrowerId: borrowers.get(stream) ?? '', decision };
    }
  }
}

/** Makes the decisions of a span again, by the versions that they name. */
export const replayOf = (house: DependencyContainer, span: ReplaySpan): Promise<ReplayReport> =>
  replayDecisions(recordedDecisions(house, span), the(house, TOKENS.policies));

/** Decides the applications of a span by another version; undefined when there is no such version. */
export const whatIfBy = async (
  house: DependencyContainer,
  hash: string,
  span: ReplaySpan,
): Promise<WhatIfReport | undefined> => {
  const policy = await the(house, TOKENS.policies).find(hash);
  if (policy === undefined) return undefined;
  const loans = await all(the(house, TOKENS.queries).reader(projections.loans));
  const courses = new Map<string, LoanCourse>(loans.map((loan) => [loan.applicationId, { bad: isBad(loan) }]));
  return whatIf(recordedDecisions(house, span), policy, (applicationId) => courses.get(applicationId), 'CNY');
};
