import { join } from 'node:path';
import type { CommandBus } from '../commands';
import { type SandboxOutbox, sandboxOutbox } from '../gateways/message/adapters/sandbox-outbox';
import { smtpGateway } from '../gateways/message/adapters/smtp-gateway';
import type { Config } from '../platform/config';
import type { Ids } from '../platform/runtime';
import type { Messages } from '../sagas';

const ACTOR = { kind: 'system', id: 'notices' } as const;

/**
 * The ways by which messages go to borrowers: mail through a server where one is named, everything else into the outbox
 * of the sandbox, where nobody is told anything.
 */
export const messagesBy = (
  { USANCE_SMTP_URL: url, USANCE_MAIL_FROM: from, USANCE_DATA: folder }: Config,
  bus: Pick<CommandBus, 'execute'>,
  ids: Ids,
): Messages => messagesThrough(bus, ids, sandboxOutbox(join(folder, 'sandbox')), url ? { url, from } : undefined);

export const messagesThrough = (
  bus: Pick<CommandBus, 'execute'>,
  ids: Ids,
  outbox: SandboxOutbox,
  smtp?: Parameters<typeof smtpGateway>[0],
): Messages => {
  const mail = smtp ? smtpGateway(smtp) : outbox.gateway('email');
  const ways = { sms: outbox.gateway('sms'), email: mail, push: outbox.gateway('push') };
  return {
    gatewayFor: (channel) => ways[channel],
    begin: (data, { correlationId, causationId }) =>
      bus.execute({ type: 'BeginMessage', data }, { commandId: ids.uuid(), actor: ACTOR, correlationId, causationId }),
  };
};
