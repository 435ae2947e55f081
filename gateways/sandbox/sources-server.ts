import { z } from 'zod';
import type { Clock } from '../../platform/runtime';
import type { CourtAnswer, DeviceAnswer, FraudAnswer, OperatorAnswer } from '../sources';
import { refused } from './answering';
import type { OperationName } from './behaviour';
import { chanceOf, digestOf, pickWeighted } from './chance';
import type { SandboxSource } from './keys';
import { findingOfIdNumber } from './magic';
import { idempotencyKeyOf, PartnerServer } from './partner-server';
import { type People, personDigest } from './people';

const text = z.string().min(1).max(200);
const ofPhone = z.strictObject({ idNumber: text, phone: text, consentId: text });
const ofPerson = z.strictObject({ name: text, idNumber: text, phone: text, consentId: text });
const ofDevice = z.strictObject({ deviceId: text, consentId: text });
const ofName = z.strictObject({ name: text, idNumber: text, consentId: text });

/** Of a hundred people, so many are of note to a source. */
const REPORTED_SHARE = 0.005;
const ENFORCED_SHARE = 0.01;
const EMULATED_SHARE = 0.004;
const TAMPERED_SHARE = 0.02;

interface SourcesOptions {
  readonly seed: string;
  readonly clock: Clock;
  readonly people: People;
}

/** One question that a source answers: the same answer to the same question, for ever. */
const sourceServer = <Body>(
  source: SandboxSource,
  { seed, clock }: SourcesOptions,
  operation: {
    readonly name: OperationName;
    readonly url: string;
    readonly body: z.ZodType<Body>;
    readonly answer: (body: Body) => object;
  },
): PartnerServer => {
  const server = new PartnerServer(source, { seed, clock });
  server.add({
    name: operation.name,
    kind: 'effect',
    method: 'POST',
    url: operation.url,
    read: (request) => ({ key: idempotencyKeyOf(request), body: operation.body.parse(request.body) }),
    key: ({ key }) => key,
    act: ({ key, body }, does) => {
      if (does === 'refuses') return refused(server.settings.refusal);
      const reference = `${source}-${digestOf(seed, source, key).slice(0, 16)}`;
      return { status: 200, body: { ...operation.answer(body), reference } };
    },
  });
  server.app.get('/sandbox/records', () => ({ asked: server.asked }));
  return server;
};

const fraudOf = (seed: string, idNumber: string): Omit<FraudAnswer, 'reference'> => {
  const draw = (what: string): number => chanceOf(seed, what, personDigest(idNumber));
  const reported = findingOfIdNumber(idNumber) === 'fraud-reported' || draw('fraud') < REPORTED_SHARE;
  // Most people are far from it: the square of an even draw lies low.
  const score = Math.floor(reported ? 80 + 20 * draw('fraud score') : 60 * draw('fraud score') ** 2);
  return { score, reported, lendersAsked30d: Math.floor(6 * draw('lenders') ** 3) };
};

const deviceOf = (seed: string, deviceId: string): Omit<DeviceAnswer, 'reference'> => {
  const draw = (what: string): number => chanceOf(seed, what, digestOf(deviceId));
  const emulated = draw('emulated') < EMULATED_SHARE;
  const tampered = draw('tampered') < TAMPERED_SHARE;
  const risk = Math.floor(emulated || tampered ? 60 + 40 * draw('device risk') : 50 * draw('device risk') ** 2);
  return { risk, emulated, tampered, firstSeenDays: Math.floor(1_500 * draw('first seen')) };
};

const courtOf = (seed: string, idNumber: string): Omit<CourtAnswer, 'reference'> => {
  const enforced =
    findingOfIdNumber(idNumber) === 'enforced' || chanceOf(seed, 'court', personDigest(idNumber)) < ENFORCED_SHARE;
  return { enforcements: enforced ? 1 + Math.floor(3 * chanceOf(seed, 'debts', personDigest(idNumber))) : 0 };
};

/** The sources that are asked about applicants, each on a server of its own. */
export const sourceServers = (options: SourcesOptions): Readonly<Record<SandboxSource, PartnerServer>> => {
  const { seed, people } = options;

  const operatorOf = (person: z.infer<typeof ofPerson>): Omit<OperatorAnswer, 'reference'> => {
    const draw = (what: string): number => chanceOf(seed, what, personDigest(person.phone));
    const finding = findingOfIdNumber(person.idNumber);
    return {
      threeFactors: finding === 'mismatch' || finding === 'unknown' ? finding : people.identify(person),
      monthsHeld: Math.floor(120 * draw('months held')),
      activity: pickWeighted<OperatorAnswer['activity']>(
        draw('activity'),
        [
          ['none', 0.01],
          ['low', 0.14],
          ['high', 0.2],
        ],
        'usual',
      ),
    };
  };

  return {
    antifraud: sourceServer('antifraud', options, {
      name: 'fraud-check',
      url: '/fraud-checks',
      body: ofPhone,
      answer: ({ idNumber }) => fraudOf(seed, idNumber),
    }),
    telecom: sourceServer('telecom', options, {
      name: 'phone-check',
      url: '/phone-checks',
      body: ofPerson,
      answer: operatorOf,
    }),
    device: sourceServer('device', options, {
      name: 'device-check',
      url: '/device-checks',
      body: ofDevice,
      answer: ({ deviceId }) => deviceOf(seed, deviceId),
    }),
    courts: sourceServer('courts', options, {
      name: 'court-search',
      url: '/searches',
      body: ofName,
      answer: ({ idNumber }) => courtOf(seed, idNumber),
    }),
  };
};
