import { HOUSE_RULES } from '../../domain/reconciliation';
import { policyHash, shippedPolicy } from '../../risk/policy';
import { grandTour, type Toured, type Write } from '../support/grand-tour';
import { senderTo } from '../support/refusing';
import { type Route, routesOf } from '../support/routes';
import { OPERATOR, Stage, type Who } from '../support/stage';

let stage: Stage;
let toured: Toured;
let routes: readonly Route[];
let send: ReturnType<typeof senderTo>['send'];
let refused: ReturnType<typeof senderTo>['refused'];

beforeAll(async () => {
  stage = await Stage.open({ environment: { USANCE_REQUESTS_PER_SECOND: '0' } });
  toured = await grandTour(stage);
  routes = routesOf(stage).filter(({ method, access }) => access !== 'public' && method !== 'HEAD');
  ({ send, refused } = senderTo(stage));
});
afterAll(() => stage.close());

const SOMEBODY_ELSE: Who = { kind: 'borrower', id: 'borrower-somebodyelse' };

/** Somebody of the first role that a route is for; a borrower is the one of the tour. */
const callerOf = ({ access }: Route): Who => {
  const kind = access[0] as Who['kind'];
  return { kind, id: kind === 'borrower' ? toured.borrower.who.id : 'somebody' };
};

/** A route's address with the ids of what the tour has left behind. */
const addressOf = ({ url }: Route): string =>
  url
    // A notice is of a rejection.
    .replace(':applicationId/notice', `${toured.rejected}/notice`)
    .replace(':borrowerId', toured.borrower.who.id)
    .replace(':applicationId', toured.application)
    .replace(':loanId', toured.loan)
    .replace(':caseId', toured.arrears)
    .replace(':productId', toured.product)
    .replace(':stream', toured.loan)
    .replace(':channel', 'sandboxpay')
    .replace(/:account$/, '1001')
    .replace(':n/', '1/')
    .replace(':fact/', `${toured.loan.replace('loan-', 'payout-')}/`)
    .replace(':hash', policyHash(shippedPolicy))
    .replace(':date', '2026-03-02');

/** What some routes must be told besides. */
const QUESTIONS: readonly (readonly [ending: string, query: () => string])[] = [
  ['/dry-run', () => `rules=${encodeURIComponent(JSON.stringify(HOUSE_RULES))}`],
  ['/requirements', () => `productId=${toured.product}`],
  ['/risk/replay', () => 'from=2026-03-01&to=2026-03-02'],
  ['/what-if', () => 'from=2026-03-01&to=2026-03-02'],
];

const askedAt = (route: Route): string => {
  const question = QUESTIONS.find(([ending]) => route.url.endsWith(ending));
  return question === undefined ? addressOf(route) : `${addressOf(route)}?${question[1]()}`;
};

const writesOf = (which: (write: Write) => boolean): readonly Write[] => [
  ...new Map(toured.writes.filter(which).map((write) => [write.route, write])).values(),
];

describe('the ids of others', () => {
  it('are of no use: what a borrower did, another cannot do', async () => {
    const before = await stage.head();
    const writes = writesOf(({ who, route }) => who.kind === 'borrower' && route !== 'POST /v1/applications');
    expect(writes.length).toBeGreaterThanOrEqual(8);
    for (const { route, path, body } of writes) {
      const answer = await send({ who: SOMEBODY_ELSE, path, text: JSON.stringify(body) });
      await refused(route, answer, before, 404);
      expect(answer.json().code).toBe('NOT_FOUND');
    }
  });

  it('show nothing: what a borrower sees, another does not, as if it were not there', async () => {
    const before = await stage.head();
    const own = routes.filter(
      ({ url, access }) => access.includes('borrower') && /:(borrower|application|loan)Id/.test(url),
    );
    const reads = own.filter(({ method }) => method === 'GET');
    expect(reads.length).toBeGreaterThanOrEqual(7);
    for (const route of reads) {
      const path = addressOf(route);
      // The live view has no end as long as the application has none; here it has come to one.
      const mine = await send({ method: 'GET', path, who: toured.borrower.who });
      expect({ route: route.name, status: mine.statusCode }).toEqual({ route: route.name, status: 200 });
      await refused(route.name, await send({ method: 'GET', path, who: SOMEBODY_ELSE }), before, 404);
    }
  });

  it('are no place for money to go: a card is its owner’s', async () => {
    const before = await stage.head();
    const [write] = writesOf(({ route }) => route === 'POST /v1/applications');
    const text = JSON.stringify(write?.body);
    await refused('theirs', await send({ who: SOMEBODY_ELSE, path: '/v1/applications', text }), before, 404);
    const foreign = JSON.stringify({ ...write?.body, cardId: '0'.repeat(26) });
    const answer = await send({ who: toured.borrower.who, path: '/v1/applications', text: foreign });
    await refused('another card', answer, before, 422);
    expect(answer.json().code).toBe('CARD_UNKNOWN');
  });
});

describe('ids of nothing', () => {
  const nothing = (text: string) => text.replaceAll(/(product|application|loan|borrower)-[0-9a-z]{26}/g, '$1-nothing');

  it('are answered as such, in an address and in a body', async () => {
    const before = await stage.head();
    const changed = writesOf(() => true)
      .map(({ route, who, path, body }) => {
        const text = JSON.stringify(body);
        return { route, who, path: nothing(path), text: nothing(text), same: nothing(path + text) === path + text };
      })
      .filter(({ same }) => !same);
    expect(changed.length).toBeGreaterThanOrEqual(14);
    for (const { route, who, path, text } of changed) {
      await refused(route, await send({ who, path, text }), before, 404, 409);
    }
  });

  const STRANGE = [
    '%00',
    '%F0%9F%92%B8',
    '%ff',
    '..%2f..%2fetc',
    'LOAN-1',
    'loan-',
    `loan-${'x'.repeat(300)}`,
    '__proto__',
    'constructor-1',
    "'--",
  ];

  it.each(STRANGE)('%s is one, in every place of every address', async (strange) => {
    const before = await stage.head();
    const addresses = routes.flatMap((route) =>
      (route.url.match(/:\w+/g) ?? []).map((parameter) => ({
        ...route,
        who: callerOf(route),
        path: addressOf({ ...route, url: route.url.replace(parameter, strange) }).replaceAll(/:\w+/g, 'some-1'),
      })),
    );
    for (const { name, method, path, who } of addresses) {
      const answer = await send({ method: method === 'GET' ? 'GET' : 'POST', path, who });
      await refused(`${name} ${path}`, answer, before, 400, 404);
    }
  });
});

describe('queries', () => {
  const QUERIES = [
    'limit=0',
    'limit=1001',
    'limit=-1',
    'limit=1e9',
    'limit=abc',
    'limit=',
    'limit=1&limit=2',
    'limit[]=1',
    `after=${'x'.repeat(1_001)}`,
    'from=-1',
    'from=2026-02-30',
    'to=yesterday',
    'on=2026-13-01',
    'asOf=1',
    'knownAt=2026-03-02',
    'knownAt=now',
    'format=xml',
    'status=none',
    'surprise=1',
    '__proto__=1',
    'constructor=1',
  ];
  const queried = () => routes.filter(({ querystring }) => querystring !== undefined);

  it('that make sense are answered', async () => {
    expect(queried().length).toBeGreaterThanOrEqual(10);
    for (const route of queried()) {
      const answer = await send({ method: 'GET', path: askedAt(route), who: callerOf(route) });
      expect({ route: route.name, status: answer.statusCode }).toEqual({ route: route.name, status: 200 });
    }
  });

  it.each(QUERIES)('?%s makes none, anywhere', async (query) => {
    const before = await stage.head();
    for (const route of queried()) {
      const answer = await send({ method: 'GET', path: `${addressOf(route)}?${query}`, who: callerOf(route) });
      await refused(`${route.name} ?${query}`, answer, before, 400);
    }
  });

  it.each(['no-cursor', '%00', 'eyJhIjoxfQ', '////'])(
    'a cursor such as %s shows nothing that is not ours',
    async (after) => {
      const lists = queried().filter(({ querystring }) => querystring?.safeParse({ after: 'x' }).success);
      expect(lists.length).toBeGreaterThanOrEqual(5);
      for (const route of lists) {
        const path = `${addressOf(route)}?after=${after}`;
        const answer = await send({ method: 'GET', path, who: callerOf(route) });
        if (answer.statusCode !== 200) await refused(`${route.name} ${after}`, answer, await stage.head(), 400);
        else expect({ route: route.name, items: answer.json().items.length < 50 }).toMatchObject({ items: true });
      }
    },
  );

  it.each(['?', '%00', 'a'.repeat(65), "'", '{}'])('a consistency token such as %j is none of ours', async (token) => {
    const headers = { 'consistency-token': token };
    const answer = await send({ method: 'GET', path: '/v1/products', who: OPERATOR, headers });
    await refused(token, answer, await stage.head(), 400);
  });
});
