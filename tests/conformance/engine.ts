import * as cumulative from '../../domain/schedule/cumulative';
import type { LoanTerms } from '../../domain/schedule/loan-terms';
import * as progressive from '../../domain/schedule/progressive';
import { installmentModel } from './installment-model';
import type { Engine } from './loan-engine';
import { postingsOf } from './loan-postings';

const plannedBy = ({ planning }: LoanTerms): Pick<Engine, 'plan' | 'replay' | 'payoff'> =>
  planning === 'progressive' ? progressive : cumulative;

/** The house's loan engine as the loan cases drive it. */
export const engine: Engine = {
  plan: (terms, ...given) => plannedBy(terms).plan(terms, ...given),
  replay: (terms, ...given) => plannedBy(terms).replay(terms, ...given),
  payoff: (terms, ...given) => plannedBy(terms).payoff(terms, ...given),
  postings: postingsOf,
  model: installmentModel,
};
