import { type Refusal, refuse } from '../kernel';
import type { PeriodCommand } from './commands';
import type { PeriodEvent } from './events';
import type { PeriodState } from './state';

/** Closes the books through a date; what is closed already stays so. A date that is not over is still booked on. */
export const decide = ({ data, businessDate }: PeriodCommand, state: PeriodState): readonly PeriodEvent[] | Refusal => {
  const { through } = data;
  if (through >= businessDate) return refuse('PERIOD_NOT_OVER', `${through} is not over: today is ${businessDate}`);
  if (state.status === 'open') return [{ type: 'PeriodClosed', data: { through, closedOn: businessDate } }];
  if (through <= state.through) return [];
  return [{ type: 'PeriodClosed', data: { after: state.through, through, closedOn: businessDate } }];
};
