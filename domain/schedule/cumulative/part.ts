/** An exact part of something: of a year, or a number of periods. Small whole numbers. */
export interface Part {
  readonly numerator: number;
  readonly denominator: number;
}
