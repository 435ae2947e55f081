import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ModelShelf, modelShelf } from '../risk/scoring';

/** The folder that the package lies in, wherever below it this file has been compiled to. */
const packageRoot = (from: string): string => {
  if (existsSync(join(from, 'package.json'))) return from;
  const above = dirname(from);
  if (above === from) throw new Error('there is no package.json above the program');
  return packageRoot(above);
};

const MODEL = /^[0-9a-z-]+\/[0-9a-z-]+$/;

/** The text of a model that came with the house; undefined when there is none of that name. */
const readModel = (document: string): string | undefined => {
  if (!MODEL.test(document)) return undefined;
  const path = join(packageRoot(__dirname), 'risk', 'models', `${document}.pmml`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

/** The models that came with the house, read when they are first used. */
export const shippedModels: ModelShelf = modelShelf(readModel, (text) => hash('sha256', text, 'hex'));
