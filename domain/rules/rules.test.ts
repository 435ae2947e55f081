import { specificationFor } from '../../tests/support/decider-specification';
import { rulesId } from '../kernel';
import { HOUSE_RULES, type RuleSet } from '../reconciliation';
import { type RulesEvent, rulesDecider, trialSchema } from '.';

const { given } = specificationFor(rulesDecider);
const [ONE, TWO] = ['1'.repeat(64), '2'.repeat(64)];
const id = rulesId('quickpay');
const by = (who: string) => ({ kind: 'finance', id: who }) as const;
const setOf = (version: number, name = 'quickpay'): RuleSet => ({ ...HOUSE_RULES, name, version });
const came = { rules: 'house@1', matched: 3, breaks: 1 };
const trial = trialSchema.parse({
  ...{ channel: 'quickpay', date: '2026-03-02', statementHash: 's', lines: 4, onlyInForce: 1, onlyTried: 0 },
  ...{ inForce: came, tried: { ...came, rules: 'quickpay@1', breaks: 0 } },
});

const drafted = (hash: string, version: number): RulesEvent => ({
  type: 'RuleSetDrafted',
  data: { hash, by: by('drafter'), document: setOf(version), draftedOn: '2026-03-02' as never },
});
const tried = (hash: string): RulesEvent => ({ type: 'RuleSetTried', data: { hash, by: by('drafter'), trial } });
const activated = (hash: string, replaces?: string): RulesEvent => ({
  type: 'RuleSetActivated',
  data: { hash, by: by('second'), note: 'fewer false breaks', ...(replaces ? { replaces } : {}) },
});

const draft = (hash: string, document: RuleSet, of = id) =>
  ({ type: 'DraftRuleSet', actor: by('drafter'), data: { rulesId: of, document }, facts: { hash } }) as const;
const activate = (hash: string, who = 'second') =>
  ({
    type: 'ActivateRuleSet',
    actor: by(who),
    data: { rulesId: id, hash, note: 'fewer false breaks' },
  }) as const;

describe('a rule set', () => {
  it('is named by its content, and each further one has a higher version', () => {
    given([])
      .when(draft(ONE, setOf(1)))
      .thenMatching([{ type: 'RuleSetDrafted', data: { hash: ONE } }]);
    given([drafted(ONE, 1)])
      .when(draft(ONE, setOf(1)))
      .thenNothing();
    given([drafted(ONE, 1)])
      .when(draft(TWO, setOf(1)))
      .thenRefused('RULES_VERSION_TAKEN');
    given([drafted(ONE, 1)])
      .when(draft(TWO, setOf(2)))
      .thenMatching([{ type: 'RuleSetDrafted', data: { hash: TWO } }]);
  });

  it('follows what the house came with, and is kept under its own name', () => {
    const house = rulesId('house');
    given([])
      .when(draft(ONE, HOUSE_RULES, house))
      .thenRefused('RULES_VERSION_TAKEN');
    given([])
      .when(draft(ONE, setOf(2, 'house'), house))
      .thenMatching([{ type: 'RuleSetDrafted' }]);
    given([])
      .when(draft(ONE, setOf(1), house))
      .thenRefused('NOT_FOUND');
  });

  it('is in force once somebody else wants it who can see what it made of a statement of its own', () => {
    const record = {
      type: 'RecordRuleSetTrial',
      actor: by('drafter'),
      data: { rulesId: id, hash: ONE, trial },
    } as const;
    const elsewhere = { ...trial, channel: 'bankwire' };
    given([drafted(ONE, 1)])
      .when(activate(ONE))
      .thenRefused('RULES_UNTRIED');
    given([drafted(ONE, 1)])
      .when({ ...record, data: { ...record.data, trial: elsewhere } })
      .thenRefused('RULES_UNTRIED');
    given([drafted(ONE, 1)])
      .when(record)
      .then([tried(ONE)]);
    given([drafted(ONE, 1), tried(ONE)])
      .when(activate(ONE, 'drafter'))
      .thenRefused('FOUR_EYES');
    given([drafted(ONE, 1), tried(ONE)])
      .when(activate(ONE))
      .then([activated(ONE)]);
    given([drafted(ONE, 1), tried(ONE), activated(ONE)])
      .when(activate(ONE))
      .thenNothing();
  });

  it('takes the place of the one before, which can be taken up again', () => {
    const both = [drafted(ONE, 1), tried(ONE), activated(ONE), drafted(TWO, 2), tried(TWO)];
    given(both)
      .when(activate(TWO))
      .then([activated(TWO, ONE)]);
    given([...both, activated(TWO, ONE)])
      .when(activate(ONE))
      .then([activated(ONE, TWO)]);
    given(both)
      .when(activate('3'.repeat(64)))
      .thenRefused('NOT_FOUND');
  });
});
