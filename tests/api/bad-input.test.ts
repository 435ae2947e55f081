import fc from 'fast-check';
import type { z } from 'zod';
import { originationFee } from '../../domain/schedule';
import { grandTour, type Toured, type Write } from '../support/grand-tour';
import { offering } from '../support/one-loan-life';
import { senderTo } from '../support/refusing';
import { type Route, routesOf } from '../support/routes';
import { OPERATOR, Stage } from '../support/stage';
import { MALFORMED, type Violation, violationsOf } from '../support/violations';

/** Hundreds of requests one after the other, on a machine that does other things too. */
const PATIENCE_MS = 120_000;

let stage: Stage;
let toured: Toured;
let routes: ReadonlyMap<string, Route>;
let send: ReturnType<typeof senderTo>['send'];
let refused: ReturnType<typeof senderTo>['refused'];

beforeAll(async () => {
  // It is rude on purpose; how often one may call is told elsewhere.
  stage = await Stage.open({ environment: { USANCE_REQUESTS_PER_SECOND: '0' } });
  toured = await grandTour(stage);
  routes = new Map(routesOf(stage).map((route) => [route.name, route]));
  ({ send, refused } = senderTo(stage));
});
afterAll(() => stage.close());

/** Whether a schema lets a body through; a key that would poison a prototype is stopped before that. */
const fits = (schema: z.ZodType, text: string): boolean =>
  !/"(__proto__|prototype)":/.test(text) && schema.safeParse(JSON.parse(text)).success;

interface Sample extends Pick<Write, 'route' | 'who' | 'path' | 'body'> {
  readonly schema: z.ZodType;
}

const schemaOf = (route: string): z.ZodType => {
  const schema = routes.get(route)?.body;
  if (schema === undefined) throw new Error(`${route} takes anything`);
  return schema;
};

/** One accepted request of every write route, and a quote, which writes nothing. */
const samples = (): readonly Sample[] => {
  const first = new Map(toured.writes.toReversed().map((write) => [write.route, write]));
  const quote = {
    route: 'POST /v1/quotes',
    who: OPERATOR,
    path: '/v1/quotes',
    body: { productId: toured.product, amount: { amount: '6000.00', currency: 'CNY' }, installments: 12 },
  };
  return [...first.values(), quote].map((sample) => ({ ...sample, schema: schemaOf(sample.route) }));
};

/** Everything thought of against the samples: what does not fit the schemas, or what does all the same. */
function* against(fitting: boolean): Generator<Sample & Violation> {
  for (const sample of samples()) {
    for (const violation of violationsOf(sample.schema, sample.body)) {
      if (fits(sample.schema, violation.text) !== fitting) continue;
      yield { ...sample, ...violation, what: `${sample.route} ${violation.what}` };
    }
    forget();
  }
}

const isBroken = (line: string): boolean => /"log.level":"(error|fatal)"/.test(line);

/** There are thousands of requests: of what was answered and logged only what broke is kept. */
const forget = (): void => {
  stage.answered.length = 0;
  stage.logged.splice(0, Number.POSITIVE_INFINITY, ...stage.logged.filter(isBroken));
};

/** Sends something that may be all right; where it is refused, nothing may be left behind. */
const sendOdd = async ({ who, path }: Sample, what: string, text: string): Promise<void> => {
  const before = await stage.head();
  const answer = await send({ who, path, text });
  if (answer.statusCode >= 400) await refused(what, answer, before);
  else await stage.settled();
};

describe('input that does not fit its schema in one thing', () => {
  it('is refused on every write route, and nothing is left behind', async () => {
    const before = await stage.head();
    let count = 0;
    for (const { what, who, path, text } of against(false)) {
      await refused(what, await send({ who, path, text }), before, 400);
      count += 1;
    }
    expect(count).toBeGreaterThan(2_500);
  }, 90_000);

  it('is told where it does not fit', async () => {
    const sample = samples().find(({ route }) => route === 'POST /v1/quotes');
    if (sample === undefined) throw new Error('there is no quote');
    const { who, path, body } = sample;
    const text = JSON.stringify({ ...body, amount: { amount: '1.5', currency: 'CNY' }, surprise: 1 });
    expect((await send({ who, path, text })).json().errors).toEqual([
      { pointer: '/body/amount/amount', message: expect.any(String) },
      { pointer: '/body', message: expect.stringContaining('surprise') },
    ]);
  });
});

describe('a body that cannot be read', () => {
  it.each(MALFORMED)('%j is malformed on every write route', async (text) => {
    const before = await stage.head();
    for (const { route, who, path } of samples()) await refused(route, await send({ who, path, text }), before, 400);
  });

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'as %s is not read at all',
    async (type) => {
      const before = await stage.head();
      for (const { route, who, path, body } of samples()) {
        const answer = await send({ who, path, text: JSON.stringify(body), headers: { 'content-type': type } });
        await refused(`${route} ${type}`, answer, before, 415);
      }
    },
  );

  it('of many megabytes is not read to its end', async () => {
    const text = JSON.stringify({ name: 'x'.repeat(3_000_000) });
    await refused('large', await send({ who: OPERATOR, path: '/v1/borrowers', text }), await stage.head(), 413);
  });

  it('nested a hundred thousand deep is refused like any other', async () => {
    const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    await refused('deep', await send({ who: OPERATOR, path: '/v1/borrowers', text }), await stage.head(), 400);
  });
});

describe('a write without a usable idempotency key', () => {
  it.each(['', 'short', 'x'.repeat(256), 'with spaces in between', 'täglich-wieder-täglich'])(
    '%j is refused',
    async (key) => {
      const before = await stage.head();
      for (const { route, who, path, body } of samples().filter((sample) => sample.route !== 'POST /v1/quotes')) {
        const answer = await send({ who, path, text: JSON.stringify(body), headers: { 'idempotency-key': key } });
        await refused(route, answer, before, 400);
        expect(answer.json().code).toBe('IDEMPOTENCY_KEY_MISSING');
      }
    },
  );
});

describe('what comes from outside', () => {
  const nothingBroke = () => stage.logged.filter(isBroken);

  it(
    'oddly, but within its schema, is never a fault of ours',
    async () => {
      let count = 0;
      for (const { what, text, ...sample } of against(true)) {
        await sendOdd(sample, what, text);
        count += 1;
      }
      expect(count).toBeGreaterThan(200);
      expect(nothingBroke()).toEqual([]);
    },
    PATIENCE_MS,
  );

  it('whatever it is, is never a fault of ours', async () => {
    const text = fc.oneof(
      fc.json({ maxDepth: 4 }),
      fc.string({ unit: 'binary' }),
      fc
        .jsonValue()
        .map((value) => JSON.stringify({ productId: value, amount: value, offering: value, reason: value })),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...samples()), text, (sample, sent) => sendOdd(sample, sample.route, sent)),
      { numRuns: 300 },
    );
    expect(nothingBroke()).toEqual([]);
  });

  it('an offering of any extremes can be drafted, published or refused, and quoted', async () => {
    const rate = fc.constantFrom('0', '0.000000000001', '0.24', '1', '9999.999999999999');
    const amount = (most: number) => fc.integer({ min: 1, max: most }).map((digits) => `${'9'.repeat(digits)}.99`);
    const extremes = fc.record({
      rate,
      fee: rate,
      penalty: rate,
      most: amount(28),
      least: fc.constantFrom('0.01', '0.99', '999.99'),
      months: fc.constantFrom([1, 1], [1, 120], [120, 120]),
    });
    await fc.assert(
      fc.asyncProperty(extremes, async ({ rate: ratePerYear, fee, penalty, most, least, months }) => {
        const { terms } = offering;
        const extreme = {
          ...offering,
          terms: {
            ...terms,
            rate: { kind: 'fixed', perYear: ratePerYear },
            charges: [originationFee(fee)],
            penalty: { ratePerYear: penalty, graceDays: 0 },
          },
          amount: { least: { amount: least, currency: 'CNY' }, most: { amount: most, currency: 'CNY' } },
          installments: { least: months[0], most: months[1] },
        };
        const drafted = await send({
          who: OPERATOR,
          path: '/v1/products',
          text: JSON.stringify({ offering: extreme }),
        });
        if (drafted.statusCode >= 400) return expect(drafted.json().code).toBe('OFFERING_INVALID');
        const { id } = drafted.json();
        const published = await send({ who: OPERATOR, path: `/v1/products/${id}/publication` });
        if (published.statusCode >= 400) return expect(published.json().code).toBe('CAP_EXCEEDED');
        for (const asked of [least, '999999999999.99']) {
          const text = JSON.stringify({
            productId: id,
            amount: { amount: asked, currency: 'CNY' },
            installments: months[1],
          });
          const quoted = await send({ who: OPERATOR, path: '/v1/quotes', text });
          if (quoted.statusCode !== 200) expect(quoted.json().code).toBe('AMOUNT_OUTSIDE_BOUNDS');
        }
      }),
      { numRuns: 60 },
    );
  });
});
