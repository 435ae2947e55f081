import { type BusinessDate, businessDate, type RateText } from '../kernel';

const changes = {
  '2019-08-20': '0.0425',
  '2019-09-20': '0.042',
  '2019-11-20': '0.0415',
  '2020-02-20': '0.0405',
  '2020-04-20': '0.0385',
  '2021-12-20': '0.038',
  '2022-01-20': '0.037',
  '2022-08-22': '0.0365',
  '2023-06-20': '0.0355',
  '2023-08-21': '0.0345',
  '2024-07-22': '0.0335',
  '2024-10-21': '0.031',
  '2025-05-20': '0.03',
} as const satisfies Record<string, RateText>;

/**
 * The one-year loan prime rate of the People's Republic of China by the publications that changed it (National
 * Interbank Funding Center, authorised by the People's Bank of China; published on the 20th or the next working day).
 * A rate holds from its publication day until the next. A later change must be added here on its day.
 */
export const ONE_YEAR_LPR: readonly { readonly from: BusinessDate; readonly rate: RateText }[] = Object.entries(
  changes,
).map(([from, rate]) => ({ from: businessDate(from), rate }));
