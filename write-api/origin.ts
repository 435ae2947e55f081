import { z } from 'zod';
import { formSessionSchema } from '../domain/application';
import { type BorrowerState, mobileNumberSchema, originationChannelSchema } from '../domain/borrower';
import { type BlindIndex, blindIndexSchema, Personal } from '../domain/kernel';
import { networkIndexer, plainAddress } from './network-index';
import type { IndexPurpose, WriteContext } from './write-context';

/** IMEI (14 to 16 digits, 17 with a check digit), IMSI and SIM numbers, however they are grouped. */
const HARDWARE_NUMBER = /^(?:[ ./-]?\d){14,20}[ ./-]?$/;
const HARDWARE_ADDRESS = /^(?:[0-9a-f]{2}[:.-]?){5}[0-9a-f]{2}$/i;

/** An opaque name that the app gave the device. A number of its hardware is none: it is refused, and never stored. */
export const deviceIdSchema = z
  .string()
  .min(8)
  .max(128)
  .refine((id) => !HARDWARE_NUMBER.test(id) && !HARDWARE_ADDRESS.test(id), {
    error: 'an opaque id is wanted, not a number or an address of the hardware',
  });

/**
 * What an application may bring of where it comes from. Nothing else: lists of apps, calls, messages or contacts and
 * raw click streams fit nowhere in it.
 */
export const originBody = {
  deviceId: deviceIdSchema.optional(),
  /** Through what somebody applies; policies may decide by it. */
  channel: originationChannelSchema.optional(),
  session: formSessionSchema.optional(),
  /** Where the borrower lives: compared, never kept. */
  homeAddress: z.string().trim().min(4).max(200).optional(),
  /** Phones of people who can be asked: compared, never kept. */
  contactPhones: z.array(mobileNumberSchema).max(5).optional(),
};

type OriginBody = Readonly<z.infer<z.ZodObject<typeof originBody>>>;

/** One way to write an address: full-width as half-width, no spaces or punctuation, no capitals. */
const normalized = (address: string): string =>
  address
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '');

/** Turns what an application brings into what may be kept of it: keyed hashes, and what is asked about only sealed. */
export const originReader = (blindIndex: WriteContext['blindIndex']) => {
  const networkIndexesOf = networkIndexer(blindIndex);
  const index = (purpose: IndexPurpose, value: string): BlindIndex =>
    blindIndexSchema.parse(blindIndex(purpose, value));

  return (body: OriginBody & { readonly cardId: string }, ip: string, borrower: BorrowerState) => {
    const { deviceId, channel, session, homeAddress, contactPhones, cardId } = body;
    const known = 'cards' in borrower ? borrower : undefined;
    const card = known?.cards.find((bound) => bound.cardId === cardId);
    const mayBeAsked = known?.consents.some(({ scope }) => scope === 'device-data') ?? false;
    return {
      ...networkIndexesOf(ip),
      networkAddress: Personal.of(plainAddress(ip)),
      ...(known && { phoneIndex: known.phoneIndex }),
      ...(card && { cardIndex: card.cardIndex }),
      ...(deviceId !== undefined && { deviceIndex: index('device', deviceId) }),
      // Nobody is asked about the device without a consent, so its name is not kept without one either.
      ...(deviceId !== undefined && mayBeAsked && { deviceId: Personal.of(deviceId) }),
      ...(channel && { channel }),
      ...(session && { session }),
      ...(homeAddress !== undefined && { addressIndex: index('address', normalized(homeAddress)) }),
      ...(contactPhones && { contactIndexes: contactPhones.map((phone) => index('phone', phone)) }),
    };
  };
};
