import { instant } from '../../../domain/kernel';
import { type OutsideWorld, outsideWorld } from '../../../tests/support/outside-world';
import { readKeySet } from '../../http';
import { sandboxKeySet } from '../../sandbox';
import type { SignatureEvidence } from '..';
import { httpESignAuthority } from './http-esign-authority';

const DOCUMENT = 'c0ffee'.repeat(10);
const SIGNER = 'borrower-4q2m';
const request = (requestId: string) => ({ documentHash: DOCUMENT, signerReference: SIGNER, requestId });

describe('An e-sign authority over HTTP', () => {
  let world: OutsideWorld;
  beforeAll(async () => {
    world = await outsideWorld();
  });
  beforeEach(() => world.sandbox.behave('esign', {}));
  afterAll(() => world.close());

  const evidenceOf = async (requestId: string): Promise<SignatureEvidence> => {
    const outcome = await world.esign.sign(request(requestId));
    if (outcome.outcome !== 'signed') throw new Error(`not signed: ${outcome.reason}`);
    return outcome.evidence;
  };

  it('signs a document hash in the name of a signer, with evidence that proves it', async () => {
    const evidence = await evidenceOf('s-1');
    expect(evidence.signedAt).toBe('2026-11-22T02:00:00.000Z');
    expect(world.esign.verify(evidence, DOCUMENT, SIGNER)).toBe(true);
  });

  it('does not prove another document, signer, instant, reference or authority', async () => {
    const evidence = await evidenceOf('s-2');
    const { verify } = world.esign;
    expect(verify(evidence, `${DOCUMENT}0`, SIGNER)).toBe(false);
    expect(verify(evidence, DOCUMENT, 'borrower-other')).toBe(false);
    expect(verify({ ...evidence, signedAt: instant('2026-11-21T02:00:00.000Z') }, DOCUMENT, SIGNER)).toBe(false);
    expect(verify({ ...evidence, reference: 'es-other' }, DOCUMENT, SIGNER)).toBe(false);
    expect(verify({ ...evidence, authority: 'Another' }, DOCUMENT, SIGNER)).toBe(false);
    expect(verify({ ...evidence, keyId: 'unknown' }, DOCUMENT, SIGNER)).toBe(false);
  });

  it('signs once per request, also when the answer was lost', async () => {
    world.sandbox.behave('esign', { behaviour: 'timeout-after-doing' });
    expect(await world.esign.sign(request('s-3'))).toEqual({ outcome: 'unknown', reason: 'timed-out' });
    world.sandbox.behave('esign', {});
    world.clock.advance(60_000);
    const evidence = await evidenceOf('s-3');
    expect(await evidenceOf('s-3')).toEqual(evidence);
    expect(evidence.signedAt).toBe('2026-11-22T02:00:00.000Z');
    world.clock.advance(-60_000);
  });

  it('says no when the authority does, and knows nothing when it is silent', async () => {
    world.sandbox.behave('esign', { behaviour: 'refuse', refusal: 'signer-unknown' });
    expect(await world.esign.sign(request('s-4'))).toEqual({ outcome: 'refused', reason: 'signer-unknown' });
    world.sandbox.behave('esign', { behaviour: 'garbage' });
    expect(await world.esign.sign(request('s-5'))).toEqual({ outcome: 'unknown', reason: 'unparsable' });
  });

  it('hands on no evidence that it cannot verify', async () => {
    const doubting = httpESignAuthority(world.clients.esign, readKeySet(sandboxKeySet('another seed', 'esign')));
    expect(await doubting.sign(request('s-6'))).toEqual({ outcome: 'unknown', reason: 'evidence-invalid' });
  });
});
