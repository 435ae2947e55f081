import helmet from '@fastify/helmet';
import fastify from 'fastify';

/** Headers of any answer, which come from elsewhere. */
const NOT_ITS_OWN = new Set(['connection', 'content-length', 'content-type', 'date', 'keep-alive']);

/**
 * The headers by which helmet hardens an answer. They are the same for every answer, but as a hook helmet makes them
 * anew for each, at the price of a small request in all: so it is asked once.
 */
export const securityHeaders = async (): Promise<Readonly<Record<string, string>>> => {
  const probe = fastify();
  await probe.register(helmet);
  probe.get('/', () => '');
  const { headers } = await probe.inject('/');
  await probe.close();
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !NOT_ITS_OWN.has(name))
      .map(([name, value]) => [name, String(value)]),
  );
};
