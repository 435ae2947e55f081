import { z } from 'zod';
import { instant } from '../../domain/kernel';
import type { Clock } from '../../platform/runtime';
import { makeEvidence, type SignatureEvidence, signatureEvidenceSchema } from '../esign';
import { refused, type Said } from './answering';
import type { Doing } from './behaviour';
import { digestOf } from './chance';
import type { Journal } from './journal';
import { idempotencyKeyOf, PartnerServer } from './partner-server';

const AUTHORITY = 'Sandbox E-Sign Authority';

const signatureBody = z.strictObject({
  documentHash: z.string().min(1).max(200),
  signerReference: z.string().min(1).max(200),
});

const signedSchema = z.strictObject({
  key: z.string(),
  ...signatureBody.shape,
  evidence: signatureEvidenceSchema,
});
type Signed = Readonly<z.infer<typeof signedSchema>>;

/** An authority for electronic signatures: one signature per idempotency key. */
export const esignServer = (options: {
  readonly seed: string;
  readonly clock: Clock;
  readonly journal: Journal;
}): PartnerServer => {
  const { seed, clock, journal } = options;
  const server = new PartnerServer('esign', options);
  const signed = new Map<string, Signed>();
  for (const entry of journal.earlier) {
    const earlier = signedSchema.parse(entry);
    signed.set(earlier.key, earlier);
  }

  const evidenceFor = (key: string, documentHash: string, signerReference: string): SignatureEvidence =>
    makeEvidence(
      {
        authority: AUTHORITY,
        reference: `es-${digestOf(seed, 'signature', key).slice(0, 16)}`,
        keyId: server.key.keyId,
        signedAt: instant(new Date(clock.now()).toISOString()),
      },
      documentHash,
      signerReference,
      server.key.privateKey,
    );

  const sign = (asked: Omit<Signed, 'evidence'>, does: Doing): Said => {
    const known = signed.get(asked.key);
    if (known !== undefined) {
      const same = known.documentHash === asked.documentHash && known.signerReference === asked.signerReference;
      return same
        ? { status: 200, body: known.evidence }
        : { status: 409, body: { outcome: 'key-used-for-another-signature' } };
    }
    if (does === 'refuses') return refused(server.settings.refusal);
    const evidence = evidenceFor(asked.key, asked.documentHash, asked.signerReference);
    const entry = { ...asked, evidence };
    journal.append([entry]);
    signed.set(asked.key, entry);
    return { status: 200, body: evidence };
  };

  server.add({
    name: 'sign',
    kind: 'effect',
    method: 'POST',
    url: '/signatures',
    read: (request) => ({ key: idempotencyKeyOf(request), ...signatureBody.parse(request.body) }),
    key: ({ key }) => key,
    act: sign,
  });
  server.app.get('/sandbox/records', () => ({
    signatures: [...signed.values()].map(({ key, documentHash, evidence }) => ({
      key,
      documentHash,
      reference: evidence.reference,
      at: evidence.signedAt,
    })),
    asked: server.asked,
  }));
  return server;
};
