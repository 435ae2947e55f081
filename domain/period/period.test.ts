import { specificationFor } from '../../tests/support/decider-specification';
import { businessDate, HOUSE_PERIODS } from '../kernel';
import { type PeriodEvent, periodDecider } from '.';

const on = businessDate;
const { given } = specificationFor(periodDecider, '2026-03-02');
const close = (through: string) =>
  ({ type: 'ClosePeriod', data: { periodId: HOUSE_PERIODS, through: on(through) } }) as const;
const closed = (through: string, after?: string): PeriodEvent => ({
  type: 'PeriodClosed',
  data: { ...(after && { after: on(after) }), through: on(through), closedOn: on('2026-03-02') },
});

describe('An accounting period', () => {
  test('is closed through a date that is over', () => {
    given([])
      .when(close('2026-02-28'))
      .then([closed('2026-02-28')]);
    given([closed('2026-01-31')])
      .when(close('2026-02-28'))
      .then([closed('2026-02-28', '2026-01-31')]);
  });

  test('is closed once, and for good', () => {
    given([closed('2026-02-28')])
      .when(close('2026-02-28'))
      .thenNothing();
    given([closed('2026-02-28')])
      .when(close('2026-01-31'))
      .thenNothing();
  });

  test('does not end with today: there is more to come', () => {
    given([]).when(close('2026-03-02')).thenRefused('PERIOD_NOT_OVER');
    given([]).when(close('2026-03-31')).thenRefused('PERIOD_NOT_OVER');
  });
});
