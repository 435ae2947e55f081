import { type ChannelCell, type ChannelDoc, type Direction, readCellKey } from './channels';
import { plus } from './house-projection';

/** What a channel did over all the days that are kept, by direction, amount band and bank. */
export interface ChannelMeasure extends ChannelCell {
  readonly direction: Direction;
  readonly band: string;
  readonly bank: string;
}

const together = (a: ChannelCell, b: ChannelCell): ChannelCell => ({
  settled: a.settled + b.settled,
  failed: a.failed + b.failed,
  seconds: a.seconds + b.seconds,
  volume: plus(a.volume, b.volume),
  cost: plus(a.cost, b.cost),
});

/** In the order of direction, band and bank. */
export const channelMeasures = ({ days }: ChannelDoc): readonly ChannelMeasure[] => {
  const sums = new Map<string, ChannelCell>();
  for (const { cells } of Object.values(days)) {
    for (const [key, cell] of Object.entries(cells)) {
      const sum = sums.get(key);
      sums.set(key, sum ? together(sum, cell) : cell);
    }
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, cell]) => ({ ...readCellKey(key), ...cell }));
};
