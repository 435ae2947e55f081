import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageGatewayContract } from '../message-gateway.contract';
import { sandboxOutbox } from './sandbox-outbox';

describe('The outbox of the sandbox', () => {
  messageGatewayContract(async () => {
    const outbox = sandboxOutbox();
    return {
      gateway: outbox.gateway('sms'),
      delivered: () => outbox.entries.map(({ text }) => text),
      somebody: '13800138001',
      nobody: '13800130000',
      close: async () => undefined,
    };
  });

  it('outlives the process, and keeps no address', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'usance-outbox-'));
    const message = { key: 'k', to: '13800138001', language: 'en', subject: 's', text: 't' } as const;
    try {
      await sandboxOutbox(folder).gateway('sms').send(message);
      const again = sandboxOutbox(folder);
      expect(await again.gateway('sms').find('k')).toEqual({ outcome: 'sent', reference: 'outbox:k' });
      await again.gateway('sms').send(message);
      expect(again.entries).toEqual([{ key: 'k', channel: 'sms', to: '…01', subject: 's', text: 't' }]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
