import type { Decider } from '../kernel';
import type { ProductCommand } from './commands';
import { decide } from './decide';
import type { ProductEvent } from './events';
import { evolve, initial, type ProductState } from './state';

export { type ProductCommand, productCommands } from './commands';
export { dearestAllInRate } from './dearest';
export { type Offering, offeringSchema, type ProductEvent, productEvents } from './events';
export { capInForce, legalCapOn } from './legal-cap';
export { type OfferingInForce, offeringInForce, type ProductState } from './state';

/** A product: terms on offer, within the law. */
export const productDecider: Decider<ProductState, ProductCommand, ProductEvent> = { initial, decide, evolve };
