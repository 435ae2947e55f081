/**
 * Freezes plain data with everything in it. What many facts share is told again by its identity: nobody has to look
 * through it a second time, as it cannot have changed.
 */
export const deepFrozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) deepFrozen(member);
  return Object.freeze(value);
};

/** Whether all of it is frozen: as `deepFrozen` leaves it. */
export const isDeepFrozen = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isDeepFrozen));
