import type { DependencyContainer } from 'tsyringe';
import type { BusinessDate } from '../domain/kernel';
import type { Closing, StepTaken } from '../sagas';
import { TOKENS, the } from './tokens';

/** The lease under which business dates are closed: by one process at a time, whoever asks for it. */
const LEASE = 'close-of-day';

export interface ClosingsOptions {
  /** Ends the work after the step at hand. */
  readonly signal?: AbortSignal;
  readonly taken?: (step: StepTaken) => void;
  /** Another process is at it: this one waits until that has ended. */
  readonly onWaiting?: () => void;
}

/**
 * Closes every business date up to and with one that is still open, while no other process does: what that has closed
 * meanwhile is not open any more. @throws the reason why it was asked to end
 */
export const closeDaysThrough = async (
  container: DependencyContainer,
  date: BusinessDate,
  { signal, taken, onWaiting }: ClosingsOptions = {},
): Promise<readonly Closing[]> => {
  let closings: readonly Closing[] | undefined;
  const close = async (held: AbortSignal): Promise<void> => {
    const options = { signal: held, ...(taken ? { taken } : {}) };
    closings = await the(container, TOKENS.closeOfDay).closeThrough(date, options);
  };
  const waiting = { ...(signal ? { signal } : {}), ...(onWaiting ? { onWaiting } : {}) };
  await the(container, TOKENS.leases).hold(LEASE, (lease) => close(lease.signal), waiting);
  signal?.throwIfAborted();
  return closings ?? [];
};
