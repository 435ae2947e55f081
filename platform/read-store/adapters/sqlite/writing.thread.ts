import { parentPort, workerData } from 'node:worker_threads';
import { openConnection } from './connection';
import type { Asked } from './row-thread';
import { RowWriter } from './row-writer';

/** The other side of `RowThread`: writes on a connection of its own, until it is told to close. */
const main = (port: NonNullable<typeof parentPort>, file: string): void => {
  const database = openConnection(file);
  const writer = new RowWriter(database);
  port.on('message', (asked: Asked) => {
    switch (asked.kind) {
      case 'write':
        return void writer.write(asked.group).then((outcomes) => port.postMessage(outcomes));
      case 'forget':
        return writer.forget(asked.collection);
      case 'close':
        database.close();
        return port.close();
    }
  });
};

if (parentPort === null) throw new Error('this is run as a thread');
main(parentPort, String(workerData));
