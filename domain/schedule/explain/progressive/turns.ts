import type { Installment } from '../../progressive/life/installment';
import type { HistoryEntry, PortionTexts } from '../explanation';
import type { Pen } from '../pen';
import type { Turn, Witnessed } from './witness';

/** The facts that moved a portion of an installment beside what its period says of it. */
export const factsMoving = (
  { turnsOf }: Witnessed,
  installment: Installment,
  portion: 'principal' | 'interest',
): string[] =>
  factsOf(
    turnsOf(installment).filter((turn) => (portion === 'principal' ? turn.movedPrincipal : turn.movedInterest) !== 0n),
  );

/** The facts that changed what an installment asks for, once it had been planned. */
export const factsSincePlanned = ({ turnsOf }: Witnessed, installment: Installment): string[] =>
  factsOf(
    turnsOf(installment)
      .slice(1)
      .filter(({ fact }) => fact?.kind !== 'disbursement'),
  );

const factsOf = (turns: readonly Turn[]): string[] => [
  ...new Set(turns.flatMap(({ fact }) => (fact === undefined ? [] : [fact.id]))),
];

/** What an installment came to owe, fact by fact. */
export const historyOf = ({ turnsOf }: Witnessed, installment: Installment, pen: Pen): HistoryEntry[] => {
  const told: HistoryEntry[] = [];
  for (const { fact, on, owed } of turnsOf(installment)) {
    const texts: PortionTexts = {
      principal: pen.money(owed.principal),
      interest: pen.money(owed.interest),
      fee: pen.money(owed.fee),
      penalty: pen.money(owed.penalty),
    };
    told.push({ ...(fact !== undefined && { fact: fact.id }), on: pen.date(on), owed: texts });
  }
  return told;
};
