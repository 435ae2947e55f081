import type { Engine } from './loan-engine';

/** The house's loan engine as the loan cases drive it; undefined, and every loan case is unselected. */
export const engine: Engine | undefined = undefined;
