import { addDays, type BusinessDate, businessDateAt, startOf } from '../domain/kernel';
import { startChild } from './support/child';
import { becomesCustomer, borrows, publishProduct, sound } from './support/one-loan-life';
import { person } from './support/people';
import { Stage } from './support/stage';

const MAIN = require.resolve('../app/main');
const TODAY: BusinessDate = businessDateAt(Date.now());
/** A month and three days ago: one installment has fallen due since, and is late. */
const LENT = addDays(TODAY, -34);

/** The command line in a process of its own, as anybody calls it. */
const closeDay = async (folder: string, ...options: readonly string[]) => {
  const child = startChild(MAIN, 'close-day', '--data', folder, ...options);
  const lines: string[] = [];
  for await (const line of child.lines) lines.push(line);
  return { code: await child.ended, text: lines.join('\n') };
};

/** A data folder in which a loan was lent, and then nobody was there for a month. */
const deserted = async (): Promise<Stage> => {
  const stage = await Stage.open({ at: new Date(Date.parse(startOf(LENT)) + 36_000_000).toISOString() });
  stage.house.sandbox?.putPeople([sound(person(1))]);
  const product = await publishProduct(stage);
  await borrows(stage, product, await becomesCustomer(stage, person(1)));
  await stage.settled();
  await stage.end();
  return stage;
};

describe('usance close-day', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await deserted();
  }, 60_000);
  afterAll(() => stage.close());

  it('closes the days that were missed with all that was due on them, and each of them once', async () => {
    const [first, yesterday] = [addDays(LENT, 29), addDays(TODAY, -1)];
    const early = await closeDay(stage.folder, '--date', first, '--json');
    const closed = JSON.parse(early.text);
    expect(closed).toMatchObject({ date: first, closed: true });
    expect(closed.days.map(({ date }: { date: string }) => date)).toEqual(
      Array.from({ length: 30 }, (_, n) => addDays(LENT, n)),
    );
    expect(closed.days[3]).toMatchObject({ done: { dues: 0, accruals: 1 }, unavailable: [], opened: 0 });

    const rest = await closeDay(stage.folder);
    expect(rest.code).toBe(0);
    expect(rest.text.split('\n').at(-1)).toContain(`${yesterday} closed`);
    // It fell due, and was late the day after.
    expect(rest.text.match(/dues 1,/g)).toHaveLength(2);

    expect(await closeDay(stage.folder)).toEqual({ code: 0, text: `${yesterday} was closed before` });
  }, 120_000);

  it('refuses a day that is not over', async () => {
    expect(await closeDay(stage.folder, '--date', TODAY)).toMatchObject({ code: 1, text: '' });
  }, 60_000);

  it('refuses while a house is running on the folder', async () => {
    await stage.begin();
    expect(await closeDay(stage.folder)).toMatchObject({ code: 1, text: '' });
    await stage.end();
  }, 60_000);
});
