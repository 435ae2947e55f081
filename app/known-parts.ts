import { z } from 'zod';
import { isDeepFrozen } from '../domain/kernel';

type Shape = Readonly<Record<string, z.core.$ZodType>>;

/**
 * Checks data as a schema says. A member that is frozen through and was found right once is so again, and is not looked
 * through a second time: many facts hold the same terms, and terms are long.
 * @param checked what is made of data that is right
 */
export const parserOf = <Data extends object>(
  schema: z.ZodType,
  checked: (parsed: unknown) => Data,
): ((data: unknown) => Data) => {
  const parseAll = (data: unknown): Data => checked(schema.parse(data));
  // Of an object that takes other members too, a part cannot be checked by itself.
  if (!(schema instanceof z.ZodObject) || !(schema.def.catchall instanceof z.ZodNever)) return parseAll;
  const known = new Map<string, WeakSet<object>>();
  const restWithout = restsOf(schema.shape);
  return (data) => {
    if (typeof data !== 'object' || data === null) return parseAll(data);
    const members = Object.entries(data);
    const same = members.filter(([field, value]) => isFrozenObject(value) && known.get(field)?.has(value));
    if (same.length === 0) {
      const parsed = parseAll(data);
      for (const [field, value] of members) {
        if (isFrozenObject(value) && isDeepFrozen(value)) {
          known.set(field, (known.get(field) ?? new WeakSet()).add(value));
        }
      }
      return parsed;
    }
    const fields = same.map(([field]) => field);
    const others = Object.fromEntries(members.filter(([field]) => !fields.includes(field)));
    return { ...checked(restWithout(fields).parse(others)), ...Object.fromEntries(same) };
  };
};

const isFrozenObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.isFrozen(value);

/** The schema of all members but some, made once for each choice of them. */
const restsOf = (shape: Shape): ((fields: readonly string[]) => z.ZodType) => {
  const rests = new Map<string, z.ZodType>();
  return (fields) => {
    const key = fields.join();
    const known = rests.get(key);
    if (known !== undefined) return known;
    const rest = z.strictObject(Object.fromEntries(Object.entries(shape).filter(([field]) => !fields.includes(field))));
    rests.set(key, rest);
    return rest;
  };
};
