import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How often connections that have fallen idle are looked for. */
const LOOK_MS = 20;

/** Answers that are still under way after so long are cut off. */
const GRACE_MS = 5_000;

/**
 * Makes a server close promptly. Answers how to begin: answers under way may end, each connection is closed as it falls
 * idle or has never been used (its client would hold it open for a request that can no longer come), and what has not
 * ended in time is cut off.
 */
export const closingOf = (server: Server): (() => void) => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  const closeIdle = (): void => {
    // To Node a connection is idle only once it has been used.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    server.closeIdleConnections();
  };
  return () => {
    if (!server.listening) return;
    const looking = setInterval(closeIdle, LOOK_MS);
    const waiting = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.once('close', () => {
      clearInterval(looking);
      clearTimeout(waiting);
    });
  };
};
