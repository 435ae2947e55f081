import type { FastifyRequest } from 'fastify';
import type { ApplicationDoc } from '../projections';

type ShownApplication = Omit<ApplicationDoc, 'referred'> & Partial<Pick<ApplicationDoc, 'referred'>>;

/** What the caller is shown of an application: how it was decided inside is for staff. */
export const shownTo = (request: FastifyRequest, doc: ApplicationDoc): ShownApplication => {
  if (request.actor.kind !== 'borrower') return doc;
  const { decision: _decision, referred: _referred, claim: _claim, endorsedBy: _endorsedBy, ...shown } = doc;
  return shown;
};

/** Changes with every step of the application, and only then. */
export const etagOf = (doc: ApplicationDoc): string => `"${doc.id}-${doc.steps.length}"`;

/** Whether the caller has it already: what they sent back is this tag, or names it among others. */
export const isKnown = (request: FastifyRequest, etag: string): boolean =>
  (request.headers['if-none-match'] ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .includes(etag);
