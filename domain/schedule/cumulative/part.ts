/** An exact part of something: of a year, or a number of periods. Small whole numbers. */
export interface Part {
  readonly numerator: number;
  readonly denominator: number;
}

/** So many units of which a year has so many (each carried), or an exact part of a year. */
export type CountedPart =
  | { readonly kind: 'units'; readonly part: Part; readonly perYear: bigint }
  | { readonly kind: 'years'; readonly part: Part };
