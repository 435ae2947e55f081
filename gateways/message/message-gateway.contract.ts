import type { MessageGateway, OutgoingMessage } from './message-gateway';

/** A gateway in front of something that remembers what it was told to send. */
export interface MessageWorld {
  readonly gateway: MessageGateway;
  /** Texts that have gone out, in order. */
  readonly delivered: () => readonly string[];
  /** An address that is there, and one that is not. */
  readonly somebody: string;
  readonly nobody: string;
  close(): Promise<void>;
}

/** What every way of sending messages does. */
export const messageGatewayContract = (open: () => Promise<MessageWorld>): void => {
  let world: MessageWorld;
  beforeEach(async () => {
    world = await open();
  });
  afterEach(() => world.close());
  const message = (key: string, changes: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
    ...{ key, to: world.somebody, language: 'zh-CN', subject: '放款成功', text: `您的贷款已放款 ${key}` },
    ...changes,
  });

  it('sends a message as it was written, and says where it can be found', async () => {
    const outcome = await world.gateway.send(message('k-1'));
    expect(outcome).toMatchObject({ outcome: 'sent', reference: expect.stringContaining('k-1') });
    expect(world.delivered()).toEqual(['您的贷款已放款 k-1']);
  });

  it('sends nothing to an address that does not exist, and says that it never will', async () => {
    const outcome = await world.gateway.send(message('k-2', { to: world.nobody }));
    expect(outcome).toMatchObject({ outcome: 'failed', final: true });
    expect(JSON.stringify(outcome)).not.toContain(world.nobody);
    expect(world.delivered()).toEqual([]);
  });

  it('tells what became of a message, or that it does not know; never more than it does', async () => {
    await world.gateway.send(message('k-3'));
    expect(await world.gateway.find('k-3')).toMatchObject({ outcome: world.gateway.knowsKeys ? 'sent' : 'unknown' });
    expect(await world.gateway.find('k-4')).toMatchObject({ outcome: 'unknown' });
  });

  it('takes a key once where it knows keys', async () => {
    for (const key of ['k-5', 'k-5', 'k-6']) await world.gateway.send(message(key));
    expect(world.delivered()).toHaveLength(world.gateway.knowsKeys ? 2 : 3);
  });

  it('sends many at the same time, each once', async () => {
    const keys = Array.from({ length: 12 }, (_, n) => `m-${n}`);
    const outcomes = await Promise.all(keys.map((key) => world.gateway.send(message(key))));
    expect(outcomes.filter(({ outcome }) => outcome !== 'sent')).toEqual([]);
    expect(world.delivered().toSorted()).toEqual(keys.map((key) => `您的贷款已放款 ${key}`).toSorted());
  });
};
