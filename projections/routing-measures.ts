import { amountBand, type ChannelFacts, type Measured, type RoutedMovement } from '../domain/channel';
import { addDays } from '../domain/kernel';
import { type ChannelDoc, cellKey, MEASURED_DAYS } from './channels';
import { nought } from './house-projection';

/** Days that have ended: what today brings counts tomorrow, so that all of a day's movements are judged alike. */
interface Ended {
  readonly from: string;
  readonly before: string;
}

/** Adds up the cells of the days that count for which the key is wanted. */
const measuredIn = ({ days }: ChannelDoc, { from, before }: Ended, wanted: (key: string) => boolean): Measured => {
  const sum = { attempts: 0, settled: 0, seconds: 0 };
  for (const [date, { cells }] of Object.entries(days)) {
    if (date < from || date >= before) continue;
    for (const [key, cell] of Object.entries(cells)) {
      if (!wanted(key)) continue;
      sum.attempts += cell.settled + cell.failed;
      sum.settled += cell.settled;
      sum.seconds += cell.seconds;
    }
  }
  return sum;
};

/** How a channel did up to yesterday with movements like this one, and how much of today is used. */
export const routingMeasures = (
  doc: ChannelDoc,
  { kind, amount, bank, businessDate }: RoutedMovement,
): Pick<ChannelFacts, 'usedToday' | 'measured'> => {
  const direction = kind === 'payout' ? 'out' : 'in';
  const ended = { from: addDays(businessDate, 1 - MEASURED_DAYS), before: businessDate };
  const band = amountBand(amount);
  const exactly = cellKey(direction, band, bank);
  return {
    usedToday: doc.days[businessDate]?.used[direction] ?? nought(doc.terms.currency),
    measured: {
      bandAndBank: measuredIn(doc, ended, (key) => key === exactly),
      band: measuredIn(doc, ended, (key) => key.startsWith(cellKey(direction, band, ''))),
      channel: measuredIn(doc, ended, (key) => key.startsWith(`${direction} `)),
    },
  };
};
