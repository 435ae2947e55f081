import type { MoneyText } from '../../domain/kernel';
import type { ChannelFigures, Figures, PlantedFault } from './figures';

/** What went through one payment channel, and what its statements had wrong. */
export interface ChannelSummary {
  readonly channel: string;
  readonly payouts: { readonly settled: number; readonly volume: MoneyText; readonly successRate: number | undefined };
  readonly debits: { readonly settled: number; readonly volume: MoneyText; readonly successRate: number | undefined };
  readonly cost: { readonly payouts: MoneyText; readonly debits: MoneyText };
  /** Instructions that had no answer at first, and those whose outcome was found out since. */
  readonly unknown: number;
  readonly resolved: number;
  /** Movements that the channel misstated, those that reconciliation found, and those of them that are explained. */
  readonly planted: number;
  readonly found: number;
  readonly explained: number;
}

const rateOf = ({ settled, failed }: { readonly settled: number; readonly failed: number }): number | undefined =>
  settled + failed === 0 ? undefined : settled / (settled + failed);

const breaksOf = (figures: Figures, name: string) =>
  figures.reconciliations.filter(({ channel }) => channel === name).flatMap(({ breaks }) => breaks);

/** The faults planted on a channel's statements up to the last day that was closed. */
const plantedOn = ({ planted, asOf }: Figures, name: string): readonly PlantedFault[] =>
  planted.filter(({ channel, bookedOn }) => channel === name && bookedOn <= asOf);

/** What was planted and no break was opened for. */
export const unfound = (figures: Figures): readonly PlantedFault[] =>
  figures.channels.flatMap(({ channel }) => {
    const found = new Set(breaksOf(figures, channel).map(({ reference }) => reference));
    return plantedOn(figures, channel).filter(({ reference }) => !found.has(reference));
  });

const summaryOf = (figures: Figures, { channel, totals }: ChannelFigures): ChannelSummary => {
  const breaks = breaksOf(figures, channel);
  const open = new Set(breaks.filter(({ explanation }) => explanation === undefined).map(({ reference }) => reference));
  const found = new Set(breaks.map(({ reference }) => reference));
  const { out, in: back } = totals;
  return {
    channel,
    payouts: { settled: out.settled, volume: out.volume, successRate: rateOf(out) },
    debits: { settled: back.settled, volume: back.volume, successRate: rateOf(back) },
    cost: { payouts: out.cost, debits: back.cost },
    unknown: out.unanswered + back.unanswered,
    resolved: out.foundOut + back.foundOut,
    planted: plantedOn(figures, channel).length,
    found: found.size,
    explained: [...found].filter((reference) => !open.has(reference)).length,
  };
};

/** Channel by channel, by name. */
export const byChannel = (figures: Figures): readonly ChannelSummary[] =>
  figures.channels.toSorted((a, b) => (a.channel < b.channel ? -1 : 1)).map((channel) => summaryOf(figures, channel));
