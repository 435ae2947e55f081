// The compiler leaves behind what it made of files that are no more, and an old `features.js` is found before the
// folder `features/`. Removes every output without a source.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

const OUT = 'dist';
for (const entry of readdirSync(OUT, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  const source = relative(OUT, path).replace(/\.js(?:\.map)?$/, '.ts');
  if (source.endsWith('.ts') && !existsSync(source)) rmSync(path);
}
