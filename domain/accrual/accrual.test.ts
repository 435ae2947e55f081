import { specificationFor } from '../../tests/support/decider-specification';
import { cny } from '../../tests/support/example-loan';
import { accrualId, businessDate, productId } from '../kernel';
import { type AccrualEvent, accrualDecider } from '.';

const PRODUCT = productId('cash');
const TODAY = '2026-03-02';
const { given } = specificationFor(accrualDecider, TODAY);

const level = (accrued: string, suspended = '0.00') => ({ accrued: cny(accrued), suspended: cny(suspended) });
const registered = (day: string, accrued: string, suspended = '0.00', restated = '0.00') => ({
  productId: PRODUCT,
  currency: 'CNY' as const,
  valueDate: businessDate(day),
  loans: 2,
  accrued: level(accrued, suspended),
  restated: level(restated),
  through: '7',
});
const accrue = (...figures: Parameters<typeof registered>) =>
  ({ type: 'AccrueInterest', data: { accrualId: accrualId(PRODUCT, 'CNY'), ...registered(...figures) } }) as const;
const accrued = (change: ReturnType<typeof level>, ...figures: Parameters<typeof registered>): AccrualEvent => ({
  type: 'InterestAccrued',
  data: { ...registered(...figures), change },
});

const first = accrued(level('10.00'), '2026-02-27', '10.00');

describe('A register of accrued interest', () => {
  test('says what has been earned by the end of a date, and what is other than before', () => {
    given([]).when(accrue('2026-02-27', '10.00')).then([first]);
    given([first])
      .when(accrue('2026-03-01', '12.50', '2.00'))
      .then([accrued(level('2.50', '2.00'), '2026-03-01', '12.50', '2.00')]);
    given([first])
      .when(accrue('2026-03-01', '4.00'))
      .then([accrued(level('-6.00'), '2026-03-01', '4.00')]);
  });

  test('holds a date once; a date that was passed over is in the next one', () => {
    given([first]).when(accrue('2026-02-27', '99.00')).thenNothing();
    given([first]).when(accrue('2026-02-20', '99.00')).thenNothing();
  });

  test('holds no date that has not come, and none in which nothing is earned', () => {
    given([]).when(accrue('2026-03-03', '10.00')).thenRefused('VALUE_DATE_INVALID');
    given([]).when(accrue('2026-03-01', '0.00')).thenNothing();
    const ended = accrued(level('-10.00'), '2026-02-28', '0.00');
    given([first]).when(accrue('2026-02-28', '0.00')).then([ended]);
    given([first, ended]).when(accrue('2026-03-01', '0.00')).thenNothing();
  });
});
