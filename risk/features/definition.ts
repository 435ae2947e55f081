import { z } from 'zod';
import type { SourceName } from './source-terms';

/** A feature as a decision sees it. Money is never one of these: what is weighed is whole units or shares. */
export type FeatureValue = string | number | boolean;

/** What values a feature can have. What a source says outside of it counts as not said. */
export type FeatureType =
  | { readonly kind: 'category'; readonly values: readonly string[] }
  | { readonly kind: 'flag' }
  /** A whole number, both ends included. */
  | { readonly kind: 'whole'; readonly least: number; readonly most: number }
  /** A ratio that is not negative, to four decimals. */
  | { readonly kind: 'share' }
  | { readonly kind: 'text'; readonly pattern: RegExp };

export type ValueOf<Type extends FeatureType> = Type extends { readonly values: readonly (infer Value)[] }
  ? Value
  : Type extends { readonly kind: 'flag' }
    ? boolean
    : Type extends { readonly kind: 'text' }
      ? string
      : number;

export type FeatureUnit =
  | 'none'
  | 'years'
  | 'months'
  | 'days'
  | 'minutes'
  | 'times'
  | 'persons'
  | 'points'
  | 'steps'
  | 'currency-units';

/** What a feature may be used for. */
export type FeatureUse =
  /** In a model, and in rules. */
  | 'model'
  /** In rules only: facts that rule something out, and signals that would leak into a model. */
  | 'rule'
  /** A protected attribute: to test for what the law demands of it (age), and for nothing else. Never in a model. */
  | 'eligibility';

/** What it means that a feature has no value. */
export type MissingRule =
  /** It is always there; without it there is nothing to decide. */
  | 'never'
  /** Its source did not say. The policy says what that leads to; it is never taken for good news. */
  | 'unknown'
  /** There has been no such thing: no earlier rejection, no way to anybody bad. Good news, if anything. */
  | 'nothing-happened';

export interface DeclaredFeature<Type extends FeatureType = FeatureType> {
  readonly means: string;
  readonly type: Type;
  readonly unit: FeatureUnit;
  readonly source: SourceName;
  readonly use: FeatureUse;
  readonly missing: MissingRule;
}

/** The shape that a value of this type must have. */
export const valueSchema = (type: FeatureType): z.ZodType<FeatureValue> => {
  switch (type.kind) {
    case 'category':
      return z.enum(type.values);
    case 'flag':
      return z.boolean();
    case 'whole':
      return z.int().min(type.least).max(type.most);
    case 'share':
      return z.number().min(0);
    case 'text':
      return z.string().regex(type.pattern);
  }
};

export const flag = { kind: 'flag' } as const;
export const share = { kind: 'share' } as const;
export const category = <const Values extends readonly string[]>(...values: Values) =>
  ({ kind: 'category', values }) as const;
/** Whole numbers from nought on. */
export const upTo = (most: number) => ({ kind: 'whole', least: 0, most }) as const;
