import { setImmediate } from 'node:timers/promises';
import { GroupCommit } from './group-commit';

interface Bank {
  readonly commits: GroupCommit<string, string>;
  /** What happened, in order. */
  readonly story: string[];
  /** Makes these calls throw, each once. */
  readonly broken: Set<string>;
}

const openBank = (): Bank => {
  const story: string[] = [];
  const broken = new Set<string>();
  const does = (what: string): void => {
    story.push(what);
    if (broken.delete(what)) throw new Error(`${what} is broken`);
  };
  const commits = new GroupCommit<string, string>({
    transactions: { begin: () => does('begin'), commit: () => does('commit'), rollback: () => does('rollback') },
    perform: (request) => {
      does(request);
      return request.toUpperCase();
    },
    weigh: (request) => request.length,
    committed: () => does('committed'),
    undone: () => does('undone'),
    failure: (error) => new Error('the store failed', { cause: error }),
  });
  return { commits, story, broken };
};

describe('group commit', () => {
  test('puts what arrives in one turn into one transaction, and answers after it', async () => {
    const { commits, story } = openBank();
    const answers = Promise.all(
      ['a', 'b', 'c'].map(async (request) => {
        const answer = await commits.submit(request);
        story.push(`${answer} answered`);
        return answer;
      }),
    );
    expect(story).toEqual([]);
    expect(await answers).toEqual(['A', 'B', 'C']);
    expect(story).toEqual(['begin', 'a', 'b', 'c', 'commit', 'committed', 'A answered', 'B answered', 'C answered']);
  });

  test('starts another transaction for what arrives later', async () => {
    const { commits, story } = openBank();
    await commits.submit('a');
    await commits.submit('b');
    expect(story.filter((step) => step === 'begin')).toHaveLength(2);
  });

  test.each(['begin', 'b', 'commit'])(
    'fails all of a group when %s breaks, and goes on with the next',
    async (what) => {
      const { commits, story, broken } = openBank();
      broken.add(what);
      const results = await Promise.allSettled(['a', 'b', 'c'].map((request) => commits.submit(request)));
      expect(results).toMatchObject(Array(3).fill({ status: 'rejected', reason: { message: 'the store failed' } }));
      expect(story).not.toContain('committed');
      expect(story.includes('undone')).toBe(what !== 'begin');
      expect(await commits.submit('d')).toBe('D');
    },
  );

  test('undoes what it did in memory even when the store cannot roll back', async () => {
    const { commits, story, broken } = openBank();
    broken.add('commit').add('rollback');
    await expect(commits.submit('a')).rejects.toThrow('the store failed');
    expect(story).toContain('undone');
    expect(await commits.submit('b')).toBe('B');
  });

  test('lets others work between the groups of a great rush', async () => {
    const { commits, story } = openBank();
    const rush = Promise.all(Array.from({ length: 2_500 }, (_, index) => commits.submit(String(index))));
    await setImmediate();
    await setImmediate();
    story.push('others');
    expect(await rush).toHaveLength(2_500);
    const steps = story.filter((step) => step === 'commit' || step === 'others');
    expect(steps.filter((step) => step === 'commit')).toHaveLength(3);
    expect(steps.indexOf('others')).toBeLessThan(steps.length - 1);
  });

  test('closes a group that grows too big', async () => {
    const { commits, story } = openBank();
    const big = 'x'.repeat(5 * 1024 * 1024);
    await Promise.all(Array.from({ length: 4 }, () => commits.submit(big)));
    expect(story.filter((step) => step === 'commit')).toHaveLength(2);
  });

  test('can be emptied at once', () => {
    const { commits, story } = openBank();
    void commits.submit('a');
    commits.drain();
    expect(story).toEqual(['begin', 'a', 'commit', 'committed']);
  });
});
