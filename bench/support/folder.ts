import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for a run, on the disk of the temporary files. */
export const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'bench-'));

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });
