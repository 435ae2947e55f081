import { type DataDictionary, dictionarySchema } from './dictionary';

/** Latest first, as in the file. */
const MONTHS = ['2005_09', '2005_08', '2005_07', '2005_06', '2005_05', '2005_04'];

const monthly = (prefix: string, title: string, trend: 'rising' | 'falling' | 'either' | 'free') =>
  MONTHS.map((month) => ({
    name: `${prefix}_${month}`,
    title: `${title}, ${month.replace('_', '-')}`,
    kind: 'numeric' as const,
    use: 'input' as const,
    trend,
  }));

/**
 * Default of Credit Card Clients (Yeh & Lien 2009): 30,000 card holders, of whom 22 % did not pay in the next month.
 */
export const taiwan: DataDictionary = dictionarySchema.parse({
  name: 'taiwan',
  title: 'Default of Credit Card Clients, Taiwan',
  source: 'I-C. Yeh, Default of Credit Card Clients (2009), UCI Machine Learning Repository',
  licence: 'CC BY 4.0',
  id: 'id',
  target: { column: 'default_next_month', bad: '1', good: '0' },
  populationBadRate: null,
  folds: { count: 5, repeats: 1 },
  columns: [
    { name: 'limit_bal', title: 'Credit limit', kind: 'numeric', use: 'input', trend: 'falling' },
    {
      name: 'sex',
      title: 'Sex',
      kind: 'nominal',
      use: 'protected',
      why: 'sex',
      levels: ['1', '2'],
      labels: { '1': 'male', '2': 'female' },
    },
    {
      name: 'education',
      title: 'Education',
      kind: 'nominal',
      use: 'protected',
      why: 'stands in for origin and age',
      levels: ['0', '1', '2', '3', '4', '5', '6'],
      labels: {
        '0': 'undocumented (0)',
        '1': 'graduate school',
        '2': 'university',
        '3': 'high school',
        '4': 'others',
        '5': 'undocumented (5)',
        '6': 'undocumented (6)',
      },
    },
    {
      name: 'marriage',
      title: 'Marital status',
      kind: 'nominal',
      use: 'protected',
      why: 'marital status',
      levels: ['0', '1', '2', '3'],
      labels: { '0': 'undocumented', '1': 'married', '2': 'single', '3': 'others' },
    },
    { name: 'age', title: 'Age', kind: 'numeric', use: 'protected', why: 'age', trend: 'free', bands: [25, 35, 50] },
    // -2 and -1 are not less late than 0: they are no use, and paid in full.
    ...monthly('pay', 'Months late', 'free'),
    ...monthly('bill_amt', 'Bill', 'free'),
    ...monthly('pay_amt', 'Paid', 'falling'),
  ],
});
