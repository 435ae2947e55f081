import { instantAt } from '../../domain/kernel';
import { assemble, type Finding } from './assemble';
import { CATALOGUE, FEATURE_NAMES } from './catalogue';
import { formSessionFeatures } from './form-session';

const NOON = instantAt(Date.parse('2026-03-02T04:00:00.000Z'));
const finding = (source: Finding['source'], values: Finding['values'], change: Partial<Finding> = {}): Finding => ({
  source,
  values,
  observedAt: NOON,
  ageMs: 0,
  otherwise: 'not-said',
  ...change,
});

describe('what a decision is made from', () => {
  it('has every feature of the catalogue, and says of each where it comes from or why it is missing', () => {
    const { values, provenance } = assemble([], {});
    expect(Object.keys(values)).toEqual([...FEATURE_NAMES]);
    for (const { name, source } of CATALOGUE) {
      expect(values[name]).toBeNull();
      expect(provenance[name]).toEqual({ source, observedAt: null, ageMs: null, missing: 'failed' });
    }
  });

  it('takes what a source said, with its age', () => {
    const { values, provenance } = assemble(
      [finding('bureau', { creditHistory: 'delayed' }, { ageMs: 3_600_000 })],
      {},
    );
    expect(values.creditHistory).toBe('delayed');
    expect(provenance.creditHistory).toEqual({ source: 'bureau', observedAt: NOON, ageMs: 3_600_000 });
    expect(provenance.savings).toMatchObject({ missing: 'not-said' });
  });

  it('takes nothing impossible: what is of another type or out of bounds was not said', () => {
    const dirty = { fraudScore: 140, fraudReported: 'yes', lendersAsked30d: 2.5 };
    // As it would come from a source whose answers nobody had checked.
    const { values, provenance } = assemble([finding('antifraud', dirty as unknown as Finding['values'])], {});
    expect([values.fraudScore, values.fraudReported, values.lendersAsked30d]).toEqual([null, null, null]);
    expect(provenance.fraudScore.missing).toBe('not-said');
  });

  it('tells no such thing from nothing said', () => {
    const { provenance } = assemble([finding('history', { daysSinceRejection: null, earlierLoans: 0 })], {});
    expect(provenance.daysSinceRejection).toEqual({
      source: 'history',
      observedAt: NOON,
      ageMs: 0,
      missing: 'nothing-happened',
    });
    expect(provenance.loansRepaid.missing).toBe('not-said');
  });

  it('falls back on what was declared, and says so', () => {
    const declared = finding('application', { otherInstallmentPlans: 'stores' });
    const silent = finding('bureau', {}, { observedAt: null, ageMs: null, otherwise: 'timed-out' });
    const { values, provenance } = assemble([silent, declared], {});
    expect(values.otherInstallmentPlans).toBe('stores');
    expect(provenance.otherInstallmentPlans.source).toBe('application');
    expect(provenance.creditHistory.missing).toBe('timed-out');
    const both = assemble([finding('bureau', { otherInstallmentPlans: 'none' }), declared], {});
    expect(both.provenance.otherInstallmentPlans.source).toBe('bureau');
  });
});

describe('how a form was filled in', () => {
  it.each([
    [{ seconds: 180, keystrokes: 160, pastes: 0, corrections: 4, departures: 1 }, 0],
    [{ seconds: 4, keystrokes: 400, pastes: 9, corrections: 0, departures: 0 }, 100],
    [{ seconds: 60, keystrokes: 0, pastes: 8, corrections: 0, departures: 0 }, 30],
  ])('%j looks scripted to %i of 100', (session, points) => {
    expect(formSessionFeatures(session)).toEqual({ formSeconds: session.seconds, scriptedInput: points });
  });

  it('says nothing where nothing is known', () => {
    expect(formSessionFeatures(undefined)).toEqual({});
  });
});
