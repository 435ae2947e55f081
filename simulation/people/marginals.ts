import type { Profile } from './profile';
import type { Risk } from './temperament';

/**
 * How the 1,000 applicants of the South German Credit data are distributed (U. Grömping 2019, UCI Machine Learning
 * Repository, CC BY 4.0; counted from that file): per attribute the number of credits that went well or badly, for
 * numbers the minimum, every twentieth and the maximum.
 */

export const RISKS: Readonly<Record<Risk, number>> = { good: 700, bad: 300 };

type Quantity = 'age' | 'amount' | 'termMonths';

export const TWENTIETHS: Readonly<Record<Quantity, Readonly<Record<Risk, readonly number[]>>>> = {
  age: {
    good: [19, 23, 24, 25, 26, 27, 29, 30, 31, 33, 34, 35, 36, 38, 40, 42, 45, 48, 52, 60, 75],
    bad: [19, 22, 23, 24, 24, 25, 26, 27, 28, 29, 31, 32, 33, 35, 37, 40, 42, 46, 51, 58, 74],
  },
  amount: {
    good: [
      250, 701, 936, 1158, 1264, 1376, 1474, 1577, 1860, 2028, 2247, 2427, 2743, 3001, 3380, 3632, 4020, 5150, 6314,
      7814, 15857,
    ],
    bad: [
      433, 741, 931, 1188, 1246, 1355, 1530, 1842, 1987, 2292, 2579, 2969, 3384, 3966, 4455, 5129, 6416, 7408, 8978,
      11938, 18424,
    ],
  },
  termMonths: {
    good: [4, 6, 6, 9, 10, 12, 12, 12, 12, 15, 18, 18, 20, 24, 24, 24, 24, 30, 36, 42, 60],
    bad: [6, 9, 12, 12, 12, 12, 18, 18, 18, 21, 24, 24, 24, 24, 30, 36, 36, 36, 48, 48, 72],
  },
};

type Word = Exclude<keyof Profile, Quantity | 'risk'>;

type Counts<Name extends Word> = Readonly<Partial<Record<Profile[Name], readonly [good: number, bad: number]>>>;

export const COUNTS: { readonly [Name in Word]: Counts<Name> } = {
  checkingStatus: {
    none: [139, 135],
    negative: [164, 105],
    'below-200': [49, 14],
    '200-and-more': [348, 46],
  },
  creditHistory: {
    delayed: [15, 25],
    critical: [21, 28],
    'none-or-paid': [361, 169],
    'paid-duly': [60, 28],
    'all-paid-here': [243, 50],
  },
  purpose: {
    'new-car': [86, 17],
    'used-car': [123, 58],
    furniture: [218, 62],
    electronics: [8, 4],
    appliances: [14, 8],
    repairs: [28, 22],
    vacation: [8, 1],
    retraining: [63, 34],
    business: [7, 5],
    other: [145, 89],
  },
  savings: {
    'unknown-or-none': [386, 217],
    'below-100': [69, 34],
    '100-to-500': [52, 11],
    '500-to-1000': [42, 6],
    '1000-and-more': [151, 32],
  },
  employment: {
    unemployed: [39, 23],
    'under-1-year': [102, 70],
    '1-to-4-years': [235, 104],
    '4-to-7-years': [135, 39],
    '7-years-and-more': [189, 64],
  },
  installmentShare: {
    'under-20': [317, 159],
    '20-to-25': [112, 45],
    '25-to-35': [169, 62],
    '35-and-more': [102, 34],
  },
  residence: {
    'under-1-year': [94, 36],
    '1-to-4-years': [211, 97],
    '4-to-7-years': [106, 43],
    '7-years-and-more': [289, 124],
  },
  property: {
    none: [222, 60],
    'car-or-other': [161, 71],
    'life-insurance': [230, 102],
    'real-estate': [87, 67],
  },
  otherInstallmentPlans: {
    none: [590, 224],
    bank: [82, 57],
    stores: [28, 19],
  },
  housing: {
    free: [109, 70],
    rent: [528, 186],
    own: [63, 44],
  },
  existingCredits: {
    '1': [433, 200],
    '2-3': [241, 92],
    '4-5': [22, 6],
    '6-and-more': [4, 2],
  },
  job: {
    'unskilled-non-resident': [15, 7],
    unskilled: [144, 56],
    skilled: [444, 186],
    management: [97, 51],
  },
  dependants: {
    '0-to-2': [591, 254],
    '3-or-more': [109, 46],
  },
};
