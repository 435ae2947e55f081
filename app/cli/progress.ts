import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  to(done: number, total: number, what: string): void;
  stop(): void;
}

/** A bar on a terminal; elsewhere nothing, so that logs stay readable. */
export const progressBar = (): Progress => {
  const bar = new SingleBar(
    { format: '{bar} {percentage}% {what}', hideCursor: true, clearOnComplete: true, etaBuffer: 50 },
    Presets.shades_classic,
  );
  let begun = false;
  return {
    to: (done, total, what) => {
      if (!begun) {
        bar.start(total, 0, { what });
        begun = true;
      }
      bar.setTotal(total);
      bar.update(done, { what });
    },
    stop: () => {
      if (begun) bar.stop();
    },
  };
};
