import { Presets, SingleBar } from 'cli-progress';

export interface ProgressLine {
  to(done: number, what: string): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere a line whenever another tenth is done. Always on the error stream. */
export const progressLine = (total: number): ProgressLine => {
  if (!process.stderr.isTTY) {
    let told = 0;
    return {
      to: (done, what) => {
        const tenth = Math.floor((10 * done) / total);
        if (tenth > told) process.stderr.write(`${10 * tenth} % (${what})\n`);
        told = tenth;
      },
      stop: () => undefined,
    };
  }
  const bar = new SingleBar(
    { format: '{bar} {percentage}% {what}', hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  bar.start(total, 0, { what: 'reading' });
  return { to: (done, what) => bar.update(done, { what }), stop: () => bar.stop() };
};
