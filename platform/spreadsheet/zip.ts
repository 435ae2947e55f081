import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';

/** One file of an archive, in pieces. */
export interface ZipEntry {
  readonly path: string;
  readonly pieces: AsyncIterable<string> | Iterable<string>;
}

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** Sizes follow the data, and names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** 1980-01-01, the first day that the format can name: the same content gives the same bytes. */
const DAY = 0x21;
const MOST = 0xffffffff;

interface Written {
  readonly name: Buffer;
  readonly offset: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

/**
 * An archive as it is made (PKWARE APPNOTE 6.3, without ZIP64): each entry is deflated as its pieces come, so what is
 * held at a time is a piece. @throws RangeError above 4 GiB.
 */
export async function* zipOf(entries: Iterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let offset = 0;
  const counted = (bytes: Uint8Array): Uint8Array => {
    offset += bytes.length;
    if (offset > MOST) throw new RangeError('an archive above 4 GiB');
    return bytes;
  };
  for (const { path, pieces } of entries) {
    const name = Buffer.from(path);
    const begun = offset;
    yield counted(words([4, LOCAL], [2, VERSION], ...common(0, 0, 0), [2, name.length], [2, 0]));
    yield counted(name);
    const sums = { crc: 0, size: 0, packed: 0 };
    for await (const packed of deflated(pieces, sums)) yield counted(packed);
    const { crc, packed, size } = sums;
    yield counted(words([4, DESCRIPTOR], [4, crc], [4, packed], [4, size]));
    written.push({ name, offset: begun, crc, packed, size });
  }
  const directory = offset;
  for (const { name, offset: at, crc, packed, size } of written) {
    const head = common(crc, packed, size);
    yield counted(
      words(
        [4, CENTRAL],
        [2, VERSION],
        [2, VERSION],
        ...head,
        [2, name.length],
        [2, 0],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, at],
      ),
    );
    yield counted(name);
  }
  const count = written.length;
  yield words([4, END], [2, 0], [2, 0], [2, count], [2, count], [4, offset - directory], [4, directory], [2, 0]);
}

type Word = readonly [bytes: 2 | 4, value: number];

const common = (crc: number, packed: number, size: number): readonly Word[] => [
  [2, FLAGS],
  [2, DEFLATED],
  [2, 0],
  [2, DAY],
  [4, crc],
  [4, packed],
  [4, size],
];

/** Little-endian numbers of two and four bytes, one after the other. */
const words = (...values: readonly Word[]): Buffer => {
  const bytes = Buffer.alloc(values.reduce((sum, [length]) => sum + length, 0));
  let at = 0;
  for (const [length, value] of values) at = bytes.writeUIntLE(value, at, length);
  return bytes;
};

async function* deflated(
  pieces: ZipEntry['pieces'],
  sums: { crc: number; size: number; packed: number },
): AsyncGenerator<Uint8Array> {
  const deflate = createDeflateRaw();
  const fed = feed(deflate, pieces, sums);
  // Both ends of the pipe at once: what fails in the source must not leave the reader waiting.
  fed.catch((error: unknown) => deflate.destroy(error instanceof Error ? error : new Error(String(error))));
  for await (const packed of deflate as AsyncIterable<Buffer>) {
    sums.packed += packed.length;
    yield packed;
  }
  await fed;
}

const feed = async (
  deflate: ReturnType<typeof createDeflateRaw>,
  pieces: ZipEntry['pieces'],
  sums: { crc: number; size: number },
): Promise<void> => {
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece);
    sums.crc = crc32(bytes, sums.crc);
    sums.size += bytes.length;
    if (!deflate.write(bytes)) await once(deflate, 'drain');
  }
  deflate.end();
};
