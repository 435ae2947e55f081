import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { MASTER_SECRET_BYTES, type MasterKey, MasterKeyError, masterKeyFromText } from './master-key';

const OWNER_ONLY = 0o600;
const OTHERS = 0o077;

/** The text of the file, or undefined when there is none. Refuses a file that others may read. */
const readSealed = (path: string): string | undefined => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return undefined;
  if (process.platform !== 'win32' && (stat.mode & OTHERS) !== 0) {
    throw new MasterKeyError(`${path} can be read by others: its mode must be 600`);
  }
  return readFileSync(path, 'utf8');
};

const fsyncFolder = (path: string): void => {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};

/** Writes a complete file beside the path, durable, and puts it in place in one step. */
const writeSealed = (path: string, text: string, place: (from: string, to: string) => void): void => {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(draft, 'wx', OWNER_ONLY);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    place(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  fsyncFolder(path);
};

const newSecret = (): string => `${randomBytes(MASTER_SECRET_BYTES).toString('base64')}\n`;

/**
 * The master key of a sealed file (mode 600); a first start makes it. Keep a copy of it apart from the data: without it
 * no personal data can be read again.
 */
export const masterKeyFromFile = (path: string): MasterKey => {
  const text = readSealed(path);
  if (text !== undefined) return masterKeyFromText(text);
  try {
    writeSealed(path, newSecret(), linkSync);
  } catch (error) {
    // Another process made it at the same moment: there is one file, and both read it.
    if (!existsSync(path)) throw error;
  }
  return masterKeyFromText(readSealed(path) ?? '');
};

/**
 * Puts a new secret in front of those in the file. Keys are wrapped under it once `SubjectKeys.rewrap` has run; the
 * root stays.
 */
export const rotateMasterKeyFile = (path: string): MasterKey => {
  const text = readSealed(path);
  if (text === undefined) throw new MasterKeyError(`there is no ${path}`);
  const rotated = `${newSecret()}${text}`;
  const master = masterKeyFromText(rotated);
  writeSealed(path, rotated, renameSync);
  return master;
};
