import { performance } from 'node:perf_hooks';
import type { DependencyContainer } from 'tsyringe';
import type { CommandBus } from '../commands';
import type { Metrics } from '../platform/telemetry';
import { TOKENS, the } from './tokens';

/** The command bus, counted and timed: by type and by what became of it. */
export const measured = (bus: CommandBus, metrics: Metrics): CommandBus => ({
  load: bus.load,
  execute: async (request, origin) => {
    const begun = performance.now();
    let outcome = 'failed';
    try {
      const result = await bus.execute(request, origin);
      outcome = result.kind === 'refused' ? result.refusal.code : result.kind;
      return result;
    } finally {
      metrics.commandSeconds.observe({ type: request.type }, (performance.now() - begun) / 1000);
      metrics.commands.inc({ type: request.type, outcome });
    }
  },
});

/** The figures of a process, with how far behind the readers that run in it are at this moment. */
export const exposeFigures = async (house: DependencyContainer): Promise<string> => {
  const metrics = the(house, TOKENS.metrics);
  const { USANCE_ROLES: roles } = the(house, TOKENS.config);
  const duties = the(house, TOKENS.duties);
  // What another process has taken over is told by that one.
  metrics.lag.reset();
  metrics.waiting.reset();
  const projections = duties.has('projections') ? await the(house, TOKENS.projectionRunner).lag() : [];
  for (const { projection, behindMs, parkedDocuments } of projections) {
    metrics.lag.set({ reader: projection }, behindMs / 1000);
    metrics.waiting.set({ reader: projection }, parkedDocuments);
  }
  const sagas = roles.includes('sagas') ? await the(house, TOKENS.sagas).lag() : [];
  for (const { saga, behindMs, parkedKeys } of sagas) {
    metrics.lag.set({ reader: saga }, behindMs / 1000);
    metrics.waiting.set({ reader: saga }, parkedKeys);
  }
  if (duties.has('relay')) {
    const { behindMs } = await the(house, TOKENS.relay).lag();
    metrics.lag.set({ reader: 'relay:public' }, behindMs / 1000);
  }
  return metrics.expose();
};
