import type { Offering } from '../domain/product';
import type { HouseProjection } from './house-projection';

export interface ProductDoc {
  readonly id: string;
  readonly status: 'drafted' | 'published' | 'retired';
  readonly version: number;
  readonly offering: Offering;
  readonly cap?: string;
  readonly dearestAllInRate?: string;
}

/** What is, was or will be on offer. */
export const products: HouseProjection<ProductDoc> = {
  name: 'products',
  version: 1,
  categories: ['product'],
  indexes: { byStatus: ({ status, offering }) => [status, offering.name] },
  keys: ({ stream }) => [stream],
  fold: (doc, event, key) => {
    switch (event.type) {
      case 'ProductDrafted':
        // A new draft of a product on offer changes nothing for those who look at the offer.
        return doc?.status === 'published' ? doc : { id: key, status: 'drafted', ...event.data };
      case 'ProductPublished': {
        const { version, offering, cap, dearestAllInRate } = event.data;
        return { id: key, status: 'published', version, offering, cap, dearestAllInRate };
      }
      case 'ProductRetired':
        return doc ? { ...doc, status: 'retired' } : undefined;
      default:
        return doc;
    }
  },
};
