import { z } from 'zod';

const MASK = '•••';

/**
 * A value that identifies a person. It prints as a mask wherever it ends up (logs, JSON, errors, a debugger); only
 * `reveal` gives the clear text, and gives nothing once the person's data key has been destroyed.
 */
export class Personal {
  readonly #reveal: () => Promise<string | undefined>;

  private constructor(reveal: () => Promise<string | undefined>) {
    this.#reveal = reveal;
  }

  /** Wraps a clear value that has just come in. */
  static of(clear: string): Personal {
    return new Personal(() => Promise.resolve(clear));
  }

  /** Wraps a stored value that the given function can open, or cannot any more. */
  static sealed(open: () => Promise<string | undefined>): Personal {
    return new Personal(open);
  }

  /** The clear value, or undefined when the person has been erased. */
  reveal(): Promise<string | undefined> {
    return this.#reveal();
  }

  toJSON(): string {
    return MASK;
  }

  toString(): string {
    return MASK;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}

/** A field of an event or command that holds personal data. The codec finds fields by this schema and encrypts them. */
export const personalSchema = z.custom<Personal>((value) => value instanceof Personal, 'a personal value');

/** The top-level fields of an event's data that hold personal data. */
export const personalFields = (data: z.ZodType): readonly string[] =>
  data instanceof z.ZodObject
    ? Object.entries(data.shape)
        .filter(
          ([, field]) =>
            field === personalSchema || (field instanceof z.ZodOptional && field.unwrap() === personalSchema),
        )
        .map(([name]) => name)
    : [];
