import { z } from 'zod';
import type { Source } from './source';

/** What a device looks like from outside: marks, no lists of what is on it. */
export const deviceAnswerSchema = z.strictObject({
  /** Risk of the device, 0 to 100. */
  risk: z.int().min(0).max(100),
  emulated: z.boolean(),
  tampered: z.boolean(),
  /** Days since it was first seen anywhere. */
  firstSeenDays: z.int().min(0).max(36_500),
  reference: z.string().min(1).max(100),
});
export type DeviceAnswer = Readonly<z.infer<typeof deviceAnswerSchema>>;

export interface DeviceQuestion {
  /** The opaque name that the app gave the device, revealed for this one call. */
  readonly deviceId: string;
}

export type DeviceIntelligence = Source<DeviceQuestion, DeviceAnswer>;
