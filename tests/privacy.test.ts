import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLIC_TOPIC } from '../app/public-events';
import { TOKENS, the } from '../app/tokens';
import type { DomainEvent } from '../domain/events';
import { Personal } from '../domain/kernel';
import type { Relay } from '../platform/relay';
import { projections } from '../projections';
import { grandTour, type Toured } from './support/grand-tour';
import { asksFor, becomesCustomer, type Customer, comesTo, sound } from './support/one-loan-life';
import { person, type TestPerson } from './support/people';
import { AUDITOR, at, FINANCE, OPERATOR, PARTNER, Stage, textAt, UNDERWRITER, type Who } from './support/stage';
import { until } from './support/until';

/**
 * People whose particulars occur nowhere else are taken through everything the house does, and through what it refuses.
 * Then every byte that it has left anywhere is searched for them.
 */
const canary = (n: number, birthDate: string, name: string): TestPerson => ({ ...person(n, birthDate), name });

const BORROWING = canary(711, '19870817', '金丝雀阿尔法');
const LEAVING = canary(722, '19880818', 'Canary Berenike Quux');
const STUCK = canary(733, '19890819', '金丝雀γάμμα');
const PEOPLE = [BORROWING, LEAVING, STUCK];

/** What is nearly right, and refused: an error must not repeat it. */
const WRONG = {
  idNumber: '310101198708177199',
  phone: '1399977711',
  cardNumber: '6222001239977719',
  name: 'Canary Nobody Zyx'.padEnd(90, '!'),
  deviceId: 'canary-device-4711',
};

const dashed = (idNumber: string): string => idNumber.slice(6, 14).replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');

const clearTexts = (): readonly string[] => [
  ...PEOPLE.flatMap(({ name, idNumber, phone, cardNumber }) => [name, idNumber, phone, cardNumber, dashed(idNumber)]),
  ...Object.values(WRONG),
];

/** A text as it could lie about: as it is, escaped in JSON, in base64 or in hex. */
const guises = (text: string): readonly Buffer[] => {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const bytes = Buffer.from(text);
  return [bytes, Buffer.from(escaped), Buffer.from(bytes.toString('base64')), Buffer.from(bytes.toString('hex'))];
};

const SOUGHT = clearTexts().flatMap((text) => guises(text).map((bytes) => ({ text, bytes })));

/** Where any of them lies in clear. */
const finds = (places: ReadonlyMap<string, Buffer>): readonly string[] =>
  [...places].flatMap(([place, content]) =>
    SOUGHT.filter(({ bytes }) => content.includes(bytes)).map(({ text }) => `${text} in ${place}`),
  );

const filesOf = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path)]),
  );

let stage: Stage;
let toured: Toured;
let stuck: Customer;
let relay: Relay<DomainEvent> | undefined;
const published: string[] = [];
const printed: string[] = [];

/** Whatever goes to the standard streams, wherever it comes from. */
const eavesdrop = (): void => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    jest.spyOn(stream, 'write').mockImplementation((chunk, ...rest) => {
      printed.push(String(chunk));
      return write(chunk as string, ...(rest as []));
    });
  }
};

/** What would go to partners and other services; in one process nobody else listens. */
const relaying = async (): Promise<void> => {
  const { container } = stage.house;
  relay = the(container, TOKENS.relay);
  await relay.start();
  await the(container, TOKENS.bus).subscribe(PUBLIC_TOPIC, 'canaries', async (message) => {
    published.push(JSON.stringify(message));
  });
};

const refusals = async (): Promise<void> => {
  const { name, idNumber, phone, cardNumber } = BORROWING;
  const { who } = toured.borrower;
  const self = `/v1/borrowers/${who.id}`;
  const application = asksFor(toured.product, toured.borrower);
  const tries: readonly (readonly [Who, string, object])[] = [
    [PARTNER, '/v1/borrowers', { name, idNumber, phone }],
    [PARTNER, '/v1/borrowers', { name, idNumber: WRONG.idNumber, phone }],
    [PARTNER, '/v1/borrowers', { name, idNumber, phone: WRONG.phone }],
    [PARTNER, '/v1/borrowers', { name: WRONG.name, idNumber, phone }],
    [PARTNER, '/v1/borrowers', { name, idNumber, phone, cardNumber }],
    [PARTNER, '/v1/borrowers', { name: [name], idNumber: Number(phone), phone: { phone } }],
    [who, `${self}/cards`, { cardNumber, bank: 'Test Bank' }],
    [who, `${self}/cards`, { cardNumber: WRONG.cardNumber, bank: 'Test Bank' }],
    [who, '/v1/applications', { ...application, cardId: cardNumber }],
    [who, '/v1/applications', { ...application, deviceId: WRONG.deviceId, installments: 1_000 }],
    [who, `${self}/consents/${cardNumber}/withdrawal`, {}],
    [OPERATOR, `/v1/borrowers/${idNumber}/freeze`, { reason: 'by number' }],
  ];
  for (const [caller, path, body] of tries)
    expect((await stage.post(caller, path, body)).status).toBeGreaterThanOrEqual(400);
  await stage.post(PARTNER, '/v1/borrowers', `{"name":"${name}","idNumber":"${idNumber}"`);
  const seen = await stage.post(who, '/v1/applications', { ...application, deviceId: WRONG.deviceId });
  expect(seen.status).toBe(202);
};

/** Somebody whose signature cannot be had and whose bureau answers nonsense: retried, logged and put aside. */
const stuckSomewhere = async (): Promise<Customer> => {
  stage.house.sandbox?.putPeople([sound(STUCK)]);
  const customer = await becomesCustomer(stage, STUCK);
  const applied = await stage.post(customer.who, '/v1/applications', asksFor(toured.product, customer));
  const application = textAt(applied, 'id');
  const offered = await comesTo(stage, customer.who, application, 'offered');
  const quoteHash = textAt(offered, 'offer', 'quoteHash');
  await stage.post(customer.who, `/v1/applications/${application}/acceptance`, { quoteHash });
  stage.house.sandbox?.behave('esign', { operations: { sign: 'garbage' } });
  await stage.post(customer.who, `/v1/applications/${application}/signature`);
  await until(
    () => stage.get(OPERATOR, '/v1/operations/parked'),
    (told) => at(told, 'items', 0, 'state') === 'parked',
  );
  return customer;
};

/** Everything that can be looked at, is. */
const looks = async (): Promise<void> => {
  const { borrower, application, loan, product } = toured;
  const { id } = borrower.who;
  for (const path of [`/v1/borrowers/${id}`, `/v1/borrowers/${id}/loans`, `/v1/borrowers/${id}/applications`]) {
    await stage.get(borrower.who, path);
  }
  for (const path of [
    `/v1/applications/${application}`,
    `/v1/loans/${loan}`,
    `/v1/applications/${application}/contract`,
  ]) {
    expect((await stage.get(borrower.who, path)).status).toBe(200);
    expect((await stage.get(UNDERWRITER, path)).status).toBe(200);
  }
  for (const stream of [id, application, loan, product]) {
    for (const what of ['events', 'state', 'verification']) {
      expect((await stage.get(AUDITOR, `/v1/audit/streams/${stream}/${what}`)).status).toBe(200);
    }
  }
  for (const path of ['journal', 'journal?format=csv', 'trial-balance', 'sub-ledger', 'reconciliations', 'portfolio']) {
    expect((await stage.get(FINANCE, `/v1/finance/${path}`)).status).toBe(200);
  }
  await stage.ask('GET', '/metrics', undefined);
  await stage.ask('GET', '/docs/json', undefined);
  await stage.get(OPERATOR, '/v1/operations/lag');
};

beforeAll(async () => {
  eavesdrop();
  stage = await Stage.open();
  await relaying();
  toured = await grandTour(stage, [BORROWING, LEAVING]);
  await refusals();
  stuck = await stuckSomewhere();
  await looks();
});
afterAll(async () => {
  await relay?.stop();
  await stage.close();
  jest.restoreAllMocks();
});

const facts = async (): Promise<readonly DomainEvent[]> => {
  const events: DomainEvent[] = [];
  for await (const page of the(stage.house.container, TOKENS.eventLog).readAll()) events.push(...page.events);
  return events;
};

/** What can be read of somebody in the log: the clear values of the facts about them. */
const readableOf = async (who: Who): Promise<readonly (string | undefined)[]> => {
  const values: (string | undefined)[] = [];
  for await (const page of the(stage.house.container, TOKENS.eventLog).readStream(who.id)) {
    for (const { data } of page) {
      for (const value of Object.values(data)) if (value instanceof Personal) values.push(await value.reveal());
    }
  }
  return values;
};

const everywhere = (): ReadonlyMap<string, Buffer> =>
  new Map([
    ...filesOf(stage.folder),
    ...Object.entries({ log: stage.logged, answers: stage.answered, topics: published, output: printed }).map(
      ([place, lines]) => [place, Buffer.from(lines.join('\n'))] as const,
    ),
  ]);

describe('people', () => {
  it('were really there: the house can read them, and the search would find them', async () => {
    expect(await readableOf(toured.borrower.who)).toEqual(
      expect.arrayContaining([BORROWING.name, BORROWING.idNumber, BORROWING.phone, BORROWING.cardNumber]),
    );
    const planted = clearTexts().flatMap((text) => guises(text).map((bytes, n) => [`${text} ${n}`, bytes] as const));
    expect(finds(new Map(planted)).length).toBeGreaterThanOrEqual(planted.length);
  });

  it('left something everywhere that is searched', async () => {
    await until(
      async () => published.length,
      (messages) => messages > 20,
    );
    await relay?.stop();
    const places = everywhere();
    const names = [...places.keys()].map((path) => path.replace(/^.*\//, ''));
    expect(names).toEqual(
      expect.arrayContaining(['events.db', 'reads.db', 'keys.db', 'movements.jsonl', 'people.jsonl']),
    );
    for (const [place, content] of places) {
      if (!/-shm$|-wal$|lock|people|pid|output/.test(place))
        expect({ place, bytes: content.length > 0 }).toEqual({ place, bytes: true });
    }
    expect(stage.logged.some((line) => line.includes('put aside'))).toBe(true);
    expect(stage.answered.some((answer) => answer.includes('problem+json'))).toBe(true);
    expect(stage.answered.some((answer) => answer.includes('# HELP'))).toBe(true);
  });

  it('lie nowhere in clear: no file, log line, topic, metric, error or answer', () => {
    expect(finds(everywhere())).toEqual([]);
  });
});

describe('a person who was erased', () => {
  it('cannot be read any more; the others can', async () => {
    const gone = await readableOf(toured.erased);
    expect(gone.length).toBeGreaterThanOrEqual(5);
    expect(gone.every((value) => value === undefined)).toBe(true);
    expect((await readableOf(stuck.who)).every((value) => value !== undefined)).toBe(true);
  });

  it('leaves a log that is whole: every chain holds and everything folds', async () => {
    const log = the(stage.house.container, TOKENS.eventLog);
    const faults: unknown[] = [];
    for await (const step of log.verifyLog()) if ('fault' in step) faults.push(step);
    expect(faults).toEqual([]);
    expect((await facts()).length).toBeGreaterThan(100);
    const told = await stage.get(AUDITOR, `/v1/audit/streams/${toured.erased.id}/state`);
    expect(told).toMatchObject({ status: 200, body: { state: { status: 'erased' } } });
  });

  it('leaves read models that are built anew to the same bytes', async () => {
    const runner = the(stage.house.container, TOKENS.projectionRunner);
    await stage.settled();
    for (const projection of Object.values(projections)) {
      const dump = async (): Promise<string> => {
        const pages: unknown[] = [];
        for await (const page of runner.reader(projection as never).scan()) {
          pages.push(...page.map(({ key, value }) => [key, value.doc]));
        }
        return JSON.stringify(pages);
      };
      const before = await dump();
      await runner.rebuild(projection.name);
      expect({ name: projection.name, same: (await dump()) === before }).toEqual({ name: projection.name, same: true });
    }
  });

  it('can come back, as somebody new', async () => {
    const { name, idNumber, phone } = LEAVING;
    const told = await stage.post(PARTNER, '/v1/borrowers', { name, idNumber, phone });
    expect(told.status).toBe(201);
    expect(textAt(told, 'id')).not.toBe(toured.erased.id);
    expect(await readableOf({ kind: 'borrower', id: textAt(told, 'id') })).toContain(name);
  });

  it('is still gone, and everybody still hidden, when the house has been closed and opened', async () => {
    await stage.end();
    await stage.begin();
    await stage.settled();
    expect((await readableOf(toured.erased)).every((value) => value === undefined)).toBe(true);
    expect(finds(everywhere())).toEqual([]);
  });
});
