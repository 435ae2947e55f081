import type { ApplicationState, SourceRecord } from '../../domain/application';
import type { BorrowerState, ConsentScope } from '../../domain/borrower';
import {
  type ApplicationId,
  type BusinessDate,
  businessDateAt,
  type Instant,
  instantAt,
  type MoneyText,
  parseMoney,
} from '../../domain/kernel';
import { type Quote, termMonthsOf } from '../../domain/schedule';
import {
  assemble,
  type CutOff,
  type FeatureVector,
  type Finding,
  formSessionFeatures,
  SOURCES,
  shareOf,
  wholeUnits,
} from '../../risk/features';
import type { Heard } from '../../risk/sources';
import type { OutsideWorld } from './outside-world';

type Application = Extract<ApplicationState, { readonly status: 'submitted' | 'deciding' }>;
type Verified = Extract<BorrowerState, { readonly status: 'registered' | 'verified' }>;

/** Whom and what to gather for. */
export interface Case {
  readonly applicationId: ApplicationId;
  readonly application: Application;
  readonly borrower: Verified;
  /** What is asked for, with its plan. */
  readonly quote: Quote;
  /** What comes after it is not seen. */
  readonly cutOff: CutOff;
  /** The same whenever the same is asked again. */
  readonly requestId: string;
}

/** What there is to decide from, and what came of every source. */
export interface Gathered {
  readonly features: FeatureVector;
  readonly sources: readonly SourceRecord[];
}

/** Whole years between a birth date and a day; on the birthday itself the new year counts. */
const ageOn = (birthDate: string, on: BusinessDate): number => {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
};

/**
 * What the plan asks for in a month, on the mean of its months, as a share of what income leaves after other debts:
 * plans of any shape and period can be compared. Rounded up to 4 decimals; null when nothing is left.
 */
const installmentShare = (
  { schedule: { totals, currency } }: Quote,
  months: number,
  income: MoneyText,
  debts: MoneyText | undefined,
): number | null => {
  const disposable = parseMoney(income).minor - (debts ? parseMoney(debts).minor : 0n);
  if (disposable <= 0n) return null;
  const asked =
    parseMoney({ amount: totals.principal, currency }).minor + parseMoney({ amount: totals.interest, currency }).minor;
  return shareOf(asked, disposable * BigInt(months));
};

/** What somebody's personal data say, as long as the gathering takes. Undefined: they have been erased. */
const reveal = async ({ application, borrower }: Case) => {
  const [name, idNumber, phone, birthDate, deviceId, address] = await Promise.all([
    borrower.name.reveal(),
    borrower.idNumber.reveal(),
    borrower.phone.reveal(),
    borrower.birthDate.reveal(),
    application.deviceId?.reveal(),
    application.networkAddress?.reveal(),
  ]);
  if (name === undefined || idNumber === undefined || phone === undefined || birthDate === undefined) return undefined;
  return { name, idNumber, phone, birthDate, deviceId, address };
};

type Clear = NonNullable<Awaited<ReturnType<typeof reveal>>>;

/** Asks all partners at once, each under its consent and until its deadline. */
const askPartners = async (world: OutsideWorld, of: Case, clear: Clear) => {
  const { sourceDesk, bureau, sources, deadlineMs } = world;
  const { borrower, application, requestId } = of;
  /** The latest in force. */
  const consentTo = (scope: ConsentScope) =>
    borrower.consents.findLast((consent) => consent.scope === scope)?.consentId;
  const { antifraud, telecom, device, courts } = sources;
  const { name, idNumber, phone, deviceId } = clear;
  const subject = application.borrowerId;
  return Promise.all([
    sourceDesk.inquire({
      source: 'bureau',
      subject,
      consentId: consentTo(SOURCES.bureau.scope),
      ask: async (consentId) => {
        const reply = await bureau.report({ name, idNumber, consentId, requestId }, deadlineMs('bureau'));
        return reply.outcome === 'answered' ? { outcome: 'answered', answer: reply.report } : reply;
      },
    }),
    sourceDesk.inquire({
      source: 'antifraud',
      subject,
      consentId: consentTo(SOURCES.antifraud.scope),
      ask:
        antifraud && ((consentId) => antifraud.ask({ idNumber, phone, consentId, requestId }, deadlineMs('antifraud'))),
    }),
    sourceDesk.inquire({
      source: 'telecom',
      subject,
      consentId: consentTo(SOURCES.telecom.scope),
      ask:
        telecom && ((consentId) => telecom.ask({ name, idNumber, phone, consentId, requestId }, deadlineMs('telecom'))),
    }),
    sourceDesk.inquire({
      source: 'device',
      subject: application.deviceIndex ?? '',
      consentId: consentTo(SOURCES.device.scope),
      ask:
        device && deviceId !== undefined
          ? (consentId) => device.ask({ deviceId, consentId, requestId }, deadlineMs('device'))
          : undefined,
    }),
    sourceDesk.inquire({
      source: 'courts',
      subject,
      consentId: consentTo(SOURCES.courts.scope),
      ask: courts && ((consentId) => courts.ask({ name, idNumber, consentId, requestId }, deadlineMs('courts'))),
    }),
  ]);
};

const answerOf = <Answer>(heard: Heard<Answer>): Answer | undefined => ('answer' in heard ? heard.answer : undefined);

const findingOf = <Answer>(heard: Heard<Answer>, read: (answer: Answer) => Finding['values']): Finding =>
  'answer' in heard
    ? { ...heard, values: read(heard.answer), otherwise: 'not-said' }
    : { source: heard.source, values: {}, observedAt: null, ageMs: null, otherwise: heard.outcome };

const recordOf = (heard: Heard<{ readonly reference: string }>): SourceRecord => {
  const { source, outcome, consentId, tookMs, at } = heard;
  const answer = answerOf(heard);
  return {
    source,
    outcome,
    ...(answer && { reference: answer.reference }),
    ...(consentId !== undefined && outcome !== 'not-supplied' && { consentId }),
    ...('ageMs' in heard && { ageMs: heard.ageMs }),
    ...('reason' in heard && heard.reason !== undefined && { reason: heard.reason }),
    tookMs,
    at,
  };
};

/** Asks the house's own knowledge, all of it at once. It shows the log up to the cut-off, or says nothing. */
const askHouse = async ({ knowledge, stopwatch, clock }: OutsideWorld, of: Case) => {
  const { application, applicationId, cutOff } = of;
  const known = { applicationId, ...application };
  const started = stopwatch();
  return Promise.all(
    (['history', 'counters', 'associations'] as const).map(async (source) => {
      const values = await knowledge[source](known, cutOff);
      const at = instantAt(clock.now());
      const finding: Finding = values
        ? { source, values, observedAt: instantAt(cutOff.at), ageMs: 0, otherwise: 'not-supplied' }
        : { source, values: {}, observedAt: null, ageMs: null, otherwise: 'behind' };
      const record: SourceRecord = {
        source,
        outcome: values ? 'answered' : 'behind',
        reference: cutOff.position,
        tookMs: Math.round(stopwatch() - started),
        at,
      };
      return { finding, record };
    }),
  );
};

/** What the application itself says. */
const declaredIn = (of: Case, { birthDate }: Clear, debts: MoneyText | undefined, now: Instant): Finding => {
  const { application, borrower, quote } = of;
  const { declaration, amount, terms, installments, session } = application;
  const { monthlyIncome, employment, housing, property, purpose, residence, otherInstallmentPlans } = declaration;
  const termMonths = termMonthsOf(terms, installments);
  const values = {
    age: ageOn(birthDate, businessDateAt(Date.parse(now))),
    region: borrower.region,
    identityVerified: borrower.status === 'verified',
    termMonths,
    amount: wholeUnits(amount, 'DOWN'),
    monthlyIncome: wholeUnits(monthlyIncome, 'DOWN'),
    installmentShare: installmentShare(quote, termMonths, monthlyIncome, debts),
    employment,
    housing,
    property,
    purpose,
    residence,
    otherInstallmentPlans,
    ...formSessionFeatures(session),
  };
  return { source: 'application', values, observedAt: now, ageMs: 0, otherwise: 'not-supplied' };
};

/**
 * Gathers everything that a decision is made from: partners, each under a consent in force and within its deadline, and
 * what the house knows itself, all at once, so that it takes as long as the slowest and never the sum. Undefined when
 * the borrower has been erased meanwhile.
 */
export const gatherFeatures = async (world: OutsideWorld, of: Case): Promise<Gathered | undefined> => {
  const clear = await reveal(of);
  if (clear === undefined) return undefined;
  const [[bureau, antifraud, telecom, device, courts], house] = await Promise.all([
    askPartners(world, of, clear),
    askHouse(world, of),
  ]);
  const now = instantAt(world.clock.now());
  const lists = world.lists();
  const { deviceIndex, phoneIndex, cardIndex } = of.application;
  const { idNumberIndex } = of.borrower;
  const findings: readonly Finding[] = [
    declaredIn(of, clear, answerOf(bureau)?.existingMonthlyDebt, now),
    findingOf(bureau, ({ existingMonthlyDebt, ...file }) => ({
      ...file,
      existingMonthlyDebt: wholeUnits(existingMonthlyDebt, 'UP'),
    })),
    findingOf(antifraud, ({ score, reported, lendersAsked30d }) => ({
      fraudScore: score,
      fraudReported: reported,
      lendersAsked30d,
    })),
    findingOf(telecom, ({ threeFactors, monthsHeld, activity }) => ({
      threeFactors,
      phoneMonths: monthsHeld,
      phoneActivity: activity,
    })),
    findingOf(device, ({ risk, emulated, tampered, firstSeenDays }) => ({
      deviceRisk: risk,
      deviceEmulated: emulated,
      deviceTampered: tampered,
      deviceDays: firstSeenDays,
    })),
    findingOf(courts, ({ enforcements }) => ({ enforcements })),
    ...house.map(({ finding }) => finding),
    {
      source: 'lists',
      values: lists.look({ address: clear.address, deviceIndex, phoneIndex, cardIndex, idNumberIndex }),
      observedAt: now,
      ageMs: 0,
      otherwise: 'not-supplied',
    },
  ];
  return {
    features: assemble(findings, lists.versions),
    sources: [...[bureau, antifraud, telecom, device, courts].map(recordOf), ...house.map(({ record }) => record)],
  };
};
