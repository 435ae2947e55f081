import { chance, int, pick, seededRandom } from '../simulation/random';
import { type DataDictionary, dictionarySchema, parseCsv, type Table, tableOf } from './data-set';
import { sigmoid } from './numerics';

/** Made-up applicants: an income and a standing that matter, a shop that matters a little, noise, and a sex. */
export const applicantsDictionary: DataDictionary = dictionarySchema.parse({
  name: 'made-up',
  title: 'Made-up applicants',
  source: 'drawn by a seed',
  licence: 'none',
  id: 'id',
  target: { column: 'outcome', bad: 'lost', good: 'paid' },
  populationBadRate: 0.1,
  folds: { count: 4, repeats: 1 },
  columns: [
    { name: 'income', title: 'Income', kind: 'numeric', use: 'input', trend: 'falling' },
    {
      name: 'standing',
      title: 'Standing',
      kind: 'ordinal',
      use: 'input',
      trend: 'either',
      levels: ['none', '< 1 year', '1 <= … < 5 & more', '>= 5 years'],
      reason: 'STANDING_SHORT',
    },
    {
      name: 'shop',
      title: 'Shop',
      kind: 'nominal',
      use: 'input',
      levels: ['north', 'south, "old town"', 'east\\west', 'closed'],
    },
    { name: 'noise', title: 'Noise', kind: 'numeric', use: 'input', trend: 'free' },
    {
      name: 'sex',
      title: 'Sex',
      kind: 'nominal',
      use: 'protected',
      why: 'sex',
      levels: ['f', 'm'],
      labels: { f: 'female', m: 'male' },
    },
    { name: 'age', title: 'Age', kind: 'numeric', use: 'protected', why: 'age', trend: 'free', bands: [30] },
  ],
});

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A file of applicants: one income in ten is missing, and nobody ever came to the closed shop. */
export const applicantsCsv = (rows: number, seed: string): string => {
  const random = seededRandom(seed);
  const lines = Array.from({ length: rows }, (_, index) => {
    const income = int(random, 10, 90);
    const standing = int(random, 0, 3);
    const shop = pick(random, ['north', 'south, "old town"', 'east\\west']);
    const margin = 2.4 - income / 15 - standing / 2 + (shop === 'north' ? 0.5 : 0);
    const outcome = chance(random, sigmoid(margin)) ? 'lost' : 'paid';
    const level = ['none', '< 1 year', '1 <= … < 5 & more', '>= 5 years'][standing] ?? '';
    const told = chance(random, 0.1) ? '' : String(income);
    const [noise, sex, age] = [int(random, 0, 999), pick(random, ['f', 'm']), int(random, 18, 70)];
    return [`a${index}`, told, quoted(level), quoted(shop), noise, sex, age, outcome].join(',');
  });
  return `id,income,standing,shop,noise,sex,age,outcome\n${lines.join('\n')}\n`;
};

export const applicants = (rows: number, seed = 'applicants'): Table =>
  tableOf(parseCsv(applicantsCsv(rows, seed), 'applicants'), applicantsDictionary);
