import type { Charge } from '../../../domain/schedule/loan-terms';
import type { LoanFact } from '../../../domain/schedule/replay';
import { type Catalogue, chargeDefinitionSchema } from './case-steps';
import type { ProductCharge } from './case-terms';
import catalogueFile from './charge-catalogue.json';
import { day } from './figures';
import { calculationOf, chargeOf } from './terms-of-case';

/** The charges of a catalogue that are of a kind that we know; cases that name another miss it. */
export const catalogueOf = (definitions: Readonly<Record<string, unknown>>): Catalogue =>
  Object.fromEntries(
    Object.entries(definitions).flatMap(([name, definition]) => {
      const known = chargeDefinitionSchema.safeParse(definition);
      return known.success ? [[name, known.data]] : [];
    }),
  );

/** The charges that case files name without defining them. */
export const CATALOGUE: Catalogue = catalogueOf(catalogueFile.charges);

type ChargeFact = Extract<LoanFact, { kind: 'charge' }>;

/** The charge that is added to a loan: its definition, with the amount or percentage given for this loan. */
export const chargeFactOf = (
  definition: Omit<ProductCharge, 'charge'>,
  given: { amount?: string | undefined; percent?: string | undefined; dueDate?: string | undefined },
  decimals: number,
): Pick<ChargeFact, 'kind' | 'charge' | 'calculation' | 'dueOn'> => {
  const value = given.percent ?? given.amount ?? definition.percent ?? definition.amount;
  const calculation: Charge['calculation'] = calculationOf(
    { calculation: definition.calculation, amount: value, percent: value },
    decimals,
  );
  return {
    kind: 'charge',
    charge: definition.penalty ? 'penalty' : 'fee',
    calculation,
    ...(given.dueDate !== undefined && { dueOn: day(given.dueDate) }),
  };
};

/** True of charges that are paid out of payouts. */
export const isWithPayout = ({ time }: Pick<ProductCharge, 'time'>): boolean =>
  time === 'DISBURSEMENT' || time === 'TRANCHE';

/** The same as a charge that the loan's terms provide for. */
export const agreedChargeOf = (
  name: string,
  definition: Omit<ProductCharge, 'charge'>,
  given: { amount?: string | undefined; percent?: string | undefined },
  decimals: number,
): Charge => {
  const value = given.percent ?? given.amount ?? definition.percent ?? definition.amount;
  return chargeOf({ ...definition, charge: name, amount: value, percent: value }, decimals);
};
