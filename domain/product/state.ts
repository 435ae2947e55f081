import { deepFrozen, unreachable } from '../kernel';
import type { Offering, ProductEvent } from './events';

/** What is on offer right now under a product id, and under which version. */
export interface OfferingInForce {
  readonly version: number;
  readonly offering: Offering;
}

/** A product: drafted, on offer (perhaps with a next version drafted beside it), or no longer on offer. */
export type ProductState =
  | { readonly status: 'none' }
  | ({ readonly status: 'drafted' } & OfferingInForce)
  | ({ readonly status: 'published'; readonly draft?: OfferingInForce } & OfferingInForce)
  | ({ readonly status: 'retired' } & OfferingInForce);

export const initial: ProductState = { status: 'none' };

/** What is offered is frozen: every application of a version holds the same terms. */
export const evolve = (state: ProductState, event: ProductEvent): ProductState => {
  switch (event.type) {
    case 'ProductDrafted': {
      const { version } = event.data;
      const offering = deepFrozen(event.data.offering);
      return state.status === 'published'
        ? { ...state, draft: { version, offering } }
        : { status: 'drafted', version, offering };
    }
    case 'ProductPublished': {
      const { version } = event.data;
      const offering = deepFrozen(event.data.offering);
      return { status: 'published', version, offering };
    }
    case 'ProductRetired':
      return state.status === 'none' ? state : { status: 'retired', version: state.version, offering: state.offering };
    default:
      return unreachable(event);
  }
};

/** What can be applied for under this product right now, if anything. */
export const offeringInForce = (state: ProductState): OfferingInForce | undefined =>
  state.status === 'published' ? { version: state.version, offering: state.offering } : undefined;
