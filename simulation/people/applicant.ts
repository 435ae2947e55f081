import { createHash } from 'node:crypto';
import type { Declaration } from '../../domain/application';
import type { MoneyText } from '../../domain/kernel';
import type { Temperament } from './temperament';

/** Who somebody is. Made up, every value of it; the checks of the real ones hold. */
export interface Person {
  readonly name: string;
  /** Resident ID number, 18 characters: province, birth date, check character. */
  readonly idNumber: string;
  readonly phone: string;
  readonly cardNumber: string;
  readonly bank: string;
}

/** What the credit bureau has on file; the words are those of the house's own bureau gateway. */
export interface BureauFile {
  readonly checkingStatus: 'none' | 'negative' | 'below-200' | '200-and-more';
  readonly creditHistory: 'delayed' | 'critical' | 'none-or-paid' | 'paid-duly' | 'all-paid-here';
  readonly savings: 'unknown-or-none' | 'below-100' | '100-to-500' | '500-to-1000' | '1000-and-more';
  /** Credits at this bank, the one applied for included. */
  readonly existingCredits: '1' | '2-3' | '4-5' | '6-and-more';
  readonly otherInstallmentPlans: 'none' | 'bank' | 'stores';
  readonly existingMonthlyDebt: MoneyText;
  readonly blacklisted: boolean;
}

/**
 * A person as the bureau's sandbox is told of them: known by SHA-256 digests (hex), so that nothing identifying lies
 * about in its files.
 */
export interface BureauPerson {
  readonly idNumber: string;
  readonly identity: { readonly name: string; readonly phone: string };
  readonly file: BureauFile;
}

/** Somebody who comes to the house one day and wants money. */
export interface Applicant {
  /** Short, unique among the applicants, says nothing of the person: "a0001". */
  readonly key: string;
  readonly person: Person;
  readonly declaration: Declaration;
  readonly bureauFile: BureauFile;
  readonly wants: { readonly amount: MoneyText; readonly termMonths: number };
  /** The business day they come on, counted from 0. */
  readonly arrivesOn: number;
  readonly temperament: Temperament;
}

const digestOf = (clear: string): string => createHash('sha256').update(clear).digest('hex');

export const asTheBureauKnows = ({ person, bureauFile }: Applicant): BureauPerson => ({
  idNumber: digestOf(person.idNumber),
  identity: { name: digestOf(person.name), phone: digestOf(person.phone) },
  file: bureauFile,
});
