import helmet from '@fastify/helmet';
import fastify from 'fastify';
import { createLogger } from '../telemetry';
import { createHttpServer, createTokens } from '.';

const HARDENING = ['content-security-policy', 'strict-transport-security', 'x-content-type-options', 'x-frame-options'];

describe('Every answer', () => {
  it.each(['/open', '/closed', '/nowhere'])('is hardened as helmet would: %s', async (url) => {
    const helmeted = fastify();
    await helmeted.register(helmet);
    const expected = (await helmeted.inject(url)).headers;
    const server = createHttpServer({
      tokens: createTokens(Buffer.alloc(32, 1), Date.now),
      logger: createLogger('silent'),
      checkAnswers: false,
    });
    server.get('/open', { config: { access: 'public' } }, () => ({ open: true }));
    server.get('/closed', { config: { access: ['operator'] } }, () => ({ open: false }));
    const { headers } = await server.inject(url);
    for (const name of HARDENING) {
      expect(expected[name]).toBeDefined();
      expect(headers[name]).toBe(expected[name]);
    }
    await server.close();
    await helmeted.close();
  });
});
