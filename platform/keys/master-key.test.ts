import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MasterKeyError, masterKey, masterKeyFromFile, masterKeyFromText, rotateMasterKeyFile } from '.';

const text = (fill: number): string => Buffer.alloc(32, fill).toString('base64');
const secret = Buffer.alloc(32, 42);

describe('the master key', () => {
  it('wraps a key so that it opens only where it belongs', () => {
    const master = masterKey([Buffer.alloc(32, 1)]);
    const wrapped = master.wrap(secret, 'here');
    expect(master.unwrap(wrapped, 'here')).toEqual(secret);
    expect(() => master.unwrap(wrapped, 'there')).toThrow('belongs elsewhere');
    expect(master.wrap(secret, 'here')).not.toBe(wrapped);
  });

  it('wraps under the newest secret and unwraps under any of them', () => {
    const old = masterKeyFromText(text(1));
    const rotated = masterKeyFromText(`${text(2)},${text(1)}`);
    const wrapped = old.wrap(secret, 'here');
    expect(rotated.unwrap(wrapped, 'here')).toEqual(secret);
    expect(rotated.isCurrent(wrapped)).toBe(false);
    expect(rotated.isCurrent(rotated.wrap(secret, 'here'))).toBe(true);
    expect(() => old.unwrap(rotated.wrap(secret, 'here'), 'here')).toThrow(MasterKeyError);
  });

  it('keeps its root, and all that derives from it, when it is rotated', () => {
    const old = masterKeyFromText(text(1));
    const rotated = masterKeyFromText(`${text(3)}\n${text(2)}\n${text(1)}\n`);
    expect(rotated.rootId).toBe(old.rootId);
    expect(rotated.derive('a purpose')).toEqual(old.derive('a purpose'));
    expect(rotated.derive('a purpose')).not.toEqual(old.derive('another purpose'));
  });

  it.each(['', '  ', 'c2hvcnQ=', `${text(1)},nonsense`, `${text(1)}${text(2)}`, text(1).replace('A', '*')])(
    'refuses "%s" without repeating it',
    (wrong) => {
      expect(() => masterKeyFromText(wrong)).toThrow(MasterKeyError);
      expect(() => masterKeyFromText(wrong)).toThrow(
        /^(there is no master secret|master secret \d is not base64 of 32 bytes)$/,
      );
    },
  );
});

describe('the sealed file of the master key', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'usance-master-'));
    path = join(folder, 'master.key');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made at the first start, for its owner only, and read at the next', () => {
    const made = masterKeyFromFile(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(masterKeyFromFile(path).unwrap(made.wrap(secret, 'here'), 'here')).toEqual(secret);
    expect(readdirSync(folder)).toEqual(['master.key']);
  });

  it('is refused when others can read it', () => {
    masterKeyFromFile(path);
    chmodSync(path, 0o640);
    expect(() => masterKeyFromFile(path)).toThrow('can be read by others');
  });

  it('is refused, not made anew, when it is empty', () => {
    writeFileSync(path, '', { mode: 0o600 });
    expect(() => masterKeyFromFile(path)).toThrow('there is no master secret');
  });

  it('gets a new secret in front and keeps the old ones when it is rotated', () => {
    const made = masterKeyFromFile(path);
    const wrapped = made.wrap(secret, 'here');
    const before = readFileSync(path, 'utf8');
    rotateMasterKeyFile(path);
    const rotated = masterKeyFromFile(path);
    expect(readFileSync(path, 'utf8').endsWith(before)).toBe(true);
    expect(rotated.isCurrent(wrapped)).toBe(false);
    expect(rotated.unwrap(wrapped, 'here')).toEqual(secret);
    expect(rotated.rootId).toBe(made.rootId);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['master.key']);
  });

  it('cannot be rotated before it is there', () => {
    expect(() => rotateMasterKeyFile(path)).toThrow(MasterKeyError);
  });
});
