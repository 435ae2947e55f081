import { type Reply, SourceDesk } from '.';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const openDesk = (most?: number) => {
  let now = Date.parse('2026-03-02T02:00:00.000Z');
  const desk = new SourceDesk({ clock: { now: () => now }, stopwatch: () => now, ...(most && { most }) });
  const questions: string[] = [];
  let reply: Reply<number> = { outcome: 'answered', answer: 7 };
  const inquire = (subject = 'li', consentId: string | undefined = 'c1') =>
    desk.inquire<number>({
      source: 'antifraud',
      subject,
      consentId,
      ask: async (consent) => {
        questions.push(`${subject} by ${consent}`);
        return reply;
      },
    });
  return {
    desk,
    questions,
    inquire,
    says: (next: Reply<number>) => {
      reply = next;
    },
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
};

const SILENT = { outcome: 'timed-out', reason: 'timed-out' } as const;

describe('asking a source', () => {
  it('needs a consent: without one nobody is asked, also when the answer is known', async () => {
    const { desk, inquire, questions } = openDesk();
    await inquire();
    const ask = async (): Promise<Reply<number>> => ({ outcome: 'answered', answer: 7 });
    const without = await desk.inquire({ source: 'antifraud', subject: 'li', consentId: undefined, ask });
    expect(without).toMatchObject({ outcome: 'no-consent', source: 'antifraud' });
    expect(without).not.toHaveProperty('answer');
    expect(questions).toEqual(['li by c1']);
  });

  it('happens once while the answer is fresh; it is then used with its age', async () => {
    const { inquire, questions, pass } = openDesk();
    expect(await inquire()).toMatchObject({ outcome: 'answered', answer: 7, ageMs: 0, consentId: 'c1' });
    pass(5 * MINUTE);
    expect(await inquire()).toMatchObject({ outcome: 'cached', answer: 7, ageMs: 5 * MINUTE });
    pass(5 * MINUTE + 1);
    expect((await inquire()).outcome).toBe('answered');
    expect(questions).toHaveLength(2);
  });

  it('falls back on what was said earlier when no answer comes, as long as that can be used', async () => {
    const { inquire, says, pass } = openDesk();
    await inquire();
    says(SILENT);
    pass(HOUR);
    expect(await inquire()).toMatchObject({ outcome: 'cached', answer: 7, ageMs: HOUR, reason: 'timed-out' });
    pass(24 * HOUR);
    expect(await inquire()).toMatchObject({ outcome: 'timed-out', reason: 'timed-out' });
  });

  it('uses no answer of another subject, nor one that was given by another consent', async () => {
    const { inquire, questions } = openDesk();
    await inquire('li', 'c1');
    await inquire('wang', 'c1');
    await inquire('li', 'c2');
    expect(questions).toEqual(['li by c1', 'wang by c1', 'li by c2']);
  });

  it('is not possible without anything to ask about', async () => {
    const { desk } = openDesk();
    const heard = await desk.inquire({ source: 'device', subject: '', consentId: 'c1', ask: undefined });
    expect(heard).toMatchObject({ outcome: 'not-supplied', consentId: 'c1' });
  });

  it('remembers so many answers and no more', async () => {
    const { inquire, questions } = openDesk(2);
    for (const subject of ['a', 'b', 'c', 'a']) await inquire(subject);
    expect(questions).toHaveLength(4);
  });
});
