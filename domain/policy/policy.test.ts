import { specificationFor } from '../../tests/support/decider-specification';
import { isRefusal, policyId } from '../kernel';
import { activeVersion, type PolicyDocument, type PolicyEvent, policyDecider, policyDocumentSchema } from '.';

const policy = policyId('consumer-credit');
const [ONE, TWO] = ['1'.repeat(64), '2'.repeat(64)];
const by = (id: string) => ({ kind: 'underwriter', id }) as const;

const document: PolicyDocument = policyDocumentSchema.parse({
  format: 1,
  name: 'consumer-credit',
  note: '',
  segments: ['new'],
  rules: {},
  segmentation: 'segmentation',
  admission: 'admission',
  strategies: {},
  models: {},
  prices: {},
  grantStep: { amount: '100.00', currency: 'CNY' },
  reasonsMost: 4,
  lossGivenDefault: 6000,
  fourEyesAbove: { amount: '15000.00', currency: 'CNY' },
  requirements: 'requirements',
  golden: [],
});

const drafted = (hash: string, version = 1, who = 'drafter'): PolicyEvent => ({
  type: 'PolicyDrafted',
  data: { hash, by: by(who), version, document, draftedOn: '2026-03-02' as never },
});
const checked = (hash: string): PolicyEvent => ({
  type: 'PolicyChecked',
  data: { hash, by: by('drafter'), catalogue: 'c', goldenCases: 0 },
});
const shadowed = (hash: string): PolicyEvent => ({ type: 'PolicyShadowed', data: { hash, by: by('drafter') } });
const approved = (hash: string, who: string): PolicyEvent => ({
  type: 'PolicyApproved',
  data: { hash, by: by(who), note: '' },
});
const activated = (hash: string, replaces?: string): PolicyEvent => ({
  type: 'PolicyActivated',
  data: { hash, ...(replaces ? { replaces } : {}) },
});
const upToShadow = (hash: string, version = 1): readonly PolicyEvent[] => [
  drafted(hash, version),
  checked(hash),
  shadowed(hash),
];
const inForce: readonly PolicyEvent[] = [
  ...upToShadow(ONE),
  approved(ONE, 'first'),
  approved(ONE, 'second'),
  activated(ONE),
];

const { given } = specificationFor(policyDecider);
const approve = (hash: string, who: string) =>
  ({ type: 'ApprovePolicy', actor: by(who), data: { policyId: policy, hash, note: '' } }) as const;
const check = (findings: { place: string; code: string; detail: string }[]) =>
  ({ type: 'CheckPolicy', data: { policyId: policy, hash: ONE, catalogue: 'c', goldenCases: 0, findings } }) as const;

describe('a policy', () => {
  it('is named by its content: the same document again is the same version', () => {
    const draft = { type: 'DraftPolicy', data: { policyId: policy, document }, facts: { hash: ONE } } as const;
    given([])
      .when(draft)
      .thenMatching([{ type: 'PolicyDrafted', data: { hash: ONE, version: 1 } }]);
    given([drafted(ONE)])
      .when(draft)
      .thenNothing();
    given([drafted(ONE)])
      .when({ ...draft, facts: { hash: TWO } })
      .thenMatching([{ type: 'PolicyDrafted', data: { hash: TWO, version: 2 } }]);
  });

  it('with faults is refused at its check, and each place is named', () => {
    const faults = [
      { place: 'rules/admission/Age/rule 3/column "age"', code: 'SYNTAX', detail: '> > 18' },
      { place: 'strategies/new', code: 'SHARES', detail: 'the shares make 9000, not 10000' },
    ];
    const { outcome } = given([drafted(ONE)]).when(check(faults));
    expect(isRefusal(outcome) ? outcome : undefined).toMatchObject({
      code: 'POLICY_BROKEN',
      detail: expect.stringMatching(/Age\/rule 3\/column "age": SYNTAX.*strategies\/new: SHARES/),
    });
    given([drafted(ONE)])
      .when(check([]))
      .thenMatching([{ type: 'PolicyChecked', data: { hash: ONE } }]);
  });

  it('decides in the shadow only after its check, and takes no approval before that', () => {
    const shadow = { type: 'ShadowPolicy', data: { policyId: policy, hash: ONE } } as const;
    given([drafted(ONE)])
      .when(shadow)
      .thenRefused('WRONG_STATUS');
    given([drafted(ONE), checked(ONE)])
      .when(shadow)
      .thenMatching([{ type: 'PolicyShadowed' }]);
    given([drafted(ONE), checked(ONE)])
      .when(approve(ONE, 'first'))
      .thenRefused('WRONG_STATUS');
  });

  it('is activated by two people, neither of whom drafted it', () => {
    given(upToShadow(ONE)).when(approve(ONE, 'drafter')).thenRefused('FOUR_EYES');
    given(upToShadow(ONE))
      .when(approve(ONE, 'first'))
      .then([approved(ONE, 'first')]);
    const once = [...upToShadow(ONE), approved(ONE, 'first')];
    given(once).when(approve(ONE, 'first')).thenNothing();
    given(once)
      .when(approve(ONE, 'second'))
      .then([approved(ONE, 'second'), activated(ONE)]);
  });

  it('that is activated retires the one before, in the same moment', () => {
    const { outcome, state } = given([...inForce, ...upToShadow(TWO, 2), approved(TWO, 'first')]).when(
      approve(TWO, 'second'),
    );
    expect(outcome).toEqual([approved(TWO, 'second'), activated(TWO, ONE)]);
    expect(activeVersion(state())?.hash).toBe(TWO);
    expect(state().versions.get(ONE)?.status).toBe('retired');
  });

  it('that decides cannot be retired; one that was can come back through the shadow', () => {
    const retire = { type: 'RetirePolicy', data: { policyId: policy, hash: ONE, reason: 'old' } } as const;
    given(inForce).when(retire).thenRefused('POLICY_IN_USE');
    given([drafted(ONE)])
      .when(retire)
      .thenMatching([{ type: 'PolicyRetired', data: { reason: 'old' } }]);
    const replaced = [...inForce, ...upToShadow(TWO, 2), approved(TWO, 'first'), activated(TWO, ONE)];
    given([...replaced, shadowed(ONE), approved(ONE, 'second')])
      .when(approve(ONE, 'third'))
      .then([approved(ONE, 'third'), activated(ONE, TWO)]);
  });

  it('of the house’s own is installed once, where there is none', () => {
    const install = {
      type: 'InstallPolicy',
      data: { policyId: policy, document, catalogue: 'c' },
      facts: { hash: ONE },
    } as const;
    given([])
      .when(install)
      .thenMatching([{ type: 'PolicyDrafted' }, { type: 'PolicyChecked' }, { type: 'PolicyActivated' }]);
    given([drafted(TWO)])
      .when(install)
      .thenNothing();
  });

  it('of which there is no such version is told so', () => {
    given([drafted(ONE)])
      .when(approve(TWO, 'first'))
      .thenRefused('NOT_FOUND');
  });
});
