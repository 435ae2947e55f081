import fastify from 'fastify';

/** A server that does nothing with what it is sent: what is left is the price of HTTP and JSON. Writes its address. */
const main = async (): Promise<void> => {
  const server = fastify();
  server.post('/v1/applications', async (_request, reply) => {
    reply.code(202);
    return { hello: 'world' };
  });
  server.get('/metrics', () => {
    const { user, system } = process.cpuUsage();
    return `process_cpu_seconds_total ${(user + system) / 1e6}\n`;
  });
  process.stdout.write(`${await server.listen({ host: '127.0.0.1', port: 0 })}\n`);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
