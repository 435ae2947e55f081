import type { ChannelCommand } from './commands';

/** What goes wrong with a channel one time after the other. */
export interface ChannelHealth {
  readonly failuresInARow: number;
  /** Instructions that had no answer at first. */
  readonly silencesInARow: number;
}

type Anomaly = Pick<Extract<ChannelCommand, { readonly type: 'DegradeChannel' }>['data'], 'anomaly' | 'detail'>;

/** A refusal may be the payee's fault; silence never is. */
const FAILURES_MOST = 8;
const SILENCES_MOST = 3;

/** Whether what goes wrong is more than chance, so that the channel should take no more for a while. */
export const anomalyIn = ({ failuresInARow, silencesInARow }: ChannelHealth): Anomaly | undefined => {
  if (silencesInARow >= SILENCES_MOST) {
    return { anomaly: 'silence', detail: `${silencesInARow} instructions in a row had no answer` };
  }
  return failuresInARow >= FAILURES_MOST
    ? { anomaly: 'failures', detail: `${failuresInARow} instructions in a row failed` }
    : undefined;
};
