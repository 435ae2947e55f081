/** A point in time after which an answer counts as none. */
export interface Deadline {
  /** Aborted once it has passed. */
  readonly signal: AbortSignal;
  /** It is not needed any more. */
  cancel(): void;
}

/**
 * Passes after so many milliseconds, but not before everything has been looked at that had come in by then: a process
 * that was busy for a while finds timers and answers due at the same moment, and timers are served first. Its partners
 * are not to blame for that.
 */
export const deadlineIn = (milliseconds: number): Deadline => {
  const controller = new AbortController();
  const timer = setTimeout(() => setImmediate(() => setImmediate(() => controller.abort())), milliseconds);
  timer.unref();
  return { signal: controller.signal, cancel: () => clearTimeout(timer) };
};
