import { z } from 'zod';
import type { Clock } from '../../platform/runtime';
import type { CreditReport, IdentityAnswer } from '../bureau';
import { refused, type Said } from './answering';
import { digestOf } from './chance';
import { behaviourOfIdNumber, findingOfIdNumber } from './magic';
import { idempotencyKeyOf, PartnerServer } from './partner-server';
import { type People, sandboxPersonSchema } from './people';

const text = z.string().min(1).max(200);
const reportBody = z.strictObject({ idNumber: text, name: text, consentId: text });
const checkBody = z.strictObject({ idNumber: text, name: text, phone: text });

/** A credit bureau and an identity verification service under one roof. */
export const bureauServer = (options: {
  readonly seed: string;
  readonly clock: Clock;
  readonly people: People;
}): PartnerServer => {
  const { seed, people } = options;
  const server = new PartnerServer('bureau', options);

  const report = (key: string, idNumber: string): CreditReport => {
    const file = people.file(idNumber);
    const blacklisted = file.blacklisted || findingOfIdNumber(idNumber) === 'blacklisted';
    return { ...file, blacklisted, reference: `cr-${digestOf(seed, 'report', key).slice(0, 16)}` };
  };

  const check = (key: string, enquiry: z.infer<typeof checkBody>): IdentityAnswer => {
    const finding = findingOfIdNumber(enquiry.idNumber);
    const result = finding === 'mismatch' || finding === 'unknown' ? finding : people.identify(enquiry);
    return { result, reference: `id-${digestOf(seed, 'check', key).slice(0, 16)}` };
  };

  const or = (does: string, answer: () => object): Said =>
    does === 'refuses' ? refused(server.settings.refusal) : { status: 200, body: answer() };

  server.add({
    name: 'report',
    kind: 'effect',
    method: 'POST',
    url: '/reports',
    read: (request) => ({ key: idempotencyKeyOf(request), ...reportBody.parse(request.body) }),
    key: ({ key }) => key,
    magic: ({ idNumber }) => behaviourOfIdNumber(idNumber),
    act: ({ key, idNumber }, does) => or(does, () => report(key, idNumber)),
  });
  server.add({
    name: 'verify',
    kind: 'effect',
    method: 'POST',
    url: '/identity-checks',
    read: (request) => ({ key: idempotencyKeyOf(request), enquiry: checkBody.parse(request.body) }),
    key: ({ key }) => key,
    magic: ({ enquiry }) => behaviourOfIdNumber(enquiry.idNumber),
    act: ({ key, enquiry }, does) => or(does, () => check(key, enquiry)),
  });
  server.app.put('/sandbox/people', (request) => {
    const told = z.array(sandboxPersonSchema).parse(request.body);
    people.put(told);
    return { people: told.length };
  });
  server.app.get('/sandbox/records', () => ({ asked: server.asked }));
  return server;
};
