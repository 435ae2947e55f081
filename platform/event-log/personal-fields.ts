import type { StreamName } from '../event-store';
import { openText, SubjectErasedError, type SubjectKeys, sealingKeyOf, sealText } from '../keys';
import { canonicalJson } from './canonical-json';
import type { EventData, LoggedType, PersonalValues } from './event-types';

/** The event whose field it is. A sealed text opens in no other event and in no other field. */
interface Place {
  readonly stream: StreamName;
  readonly id: string;
}

const boundTo = ({ stream, id }: Place, field: string, keyId: string): string =>
  canonicalJson([stream, id, field, keyId]);

export interface PersonalFields {
  /**
   * The data with its personal fields as sealed texts. Throws `SubjectErasedError` when there is nobody to seal for.
   */
  sealed(place: Place, type: LoggedType, data: EventData): Promise<EventData>;
  /** Puts personal values in the place of sealed texts, in the object itself. */
  unseal(place: Place, fields: readonly string[], data: Record<string, unknown>): void;
}

export const personalFieldsWith = (keys: SubjectKeys, personal: PersonalValues): PersonalFields => {
  const open = async (place: Place, field: string, sealed: string): Promise<string | undefined> => {
    const keyId = sealingKeyOf(sealed);
    const key = await keys.byId(keyId);
    return key && openText(key, sealed, boundTo(place, field, keyId)).toString('utf8');
  };
  return {
    sealed: async (place, type, data) => {
      const subject = type.subjectOf(place.stream, data);
      const key = await keys.current(subject);
      const sealed: Record<string, unknown> = { ...data };
      for (const field of type.personalFields) {
        if (data[field] === undefined) continue;
        const clear = await personal.reveal(data[field]);
        // A value taken from a fact whose person has been erased since then.
        if (clear === undefined) throw new SubjectErasedError(subject);
        sealed[field] = sealText(key, clear, boundTo(place, field, key.id));
      }
      return sealed;
    },
    unseal: (place, fields, data) => {
      for (const field of fields) {
        const text = data[field];
        if (text === undefined) continue;
        if (typeof text !== 'string') throw new TypeError(`the personal field "${field}" is not a sealed text`);
        data[field] = personal.seal(() => open(place, field, text));
      }
    },
  };
};
