import { z } from 'zod';
import { unreachable } from '../kernel';
import { civilOf, type Day } from './day';
import type { BusinessCalendar } from './holidays';

/**
 * Where a date goes that is no business day. 'following': to the next one. 'preceding': to the one before.
 * 'modified-following': to the next one, unless that lies in another month, then to the one before.
 */
export const adjustmentSchema = z
  .enum(['none', 'following', 'preceding', 'modified-following'])
  .meta({ id: 'BusinessDayAdjustment' });
export type Adjustment = z.infer<typeof adjustmentSchema>;

/**
 * A date moved to a business day as named. Each due date is moved by itself: the dates that later ones are counted
 * from stay unmoved. Dates closer together than a holiday is long can meet on one business day.
 */
export const adjustDay = (day: Day, calendar: BusinessCalendar, adjustment: Adjustment): Day => {
  switch (adjustment) {
    case 'none':
      return day;
    case 'following':
      return nearestBusinessDay(day, calendar, 1);
    case 'preceding':
      return nearestBusinessDay(day, calendar, -1);
    case 'modified-following': {
      const next = nearestBusinessDay(day, calendar, 1);
      return civilOf(next).month === civilOf(day).month ? next : nearestBusinessDay(day, calendar, -1);
    }
    default:
      return unreachable(adjustment);
  }
};

/** The day itself when it is a business day, or the nearest one in that direction. */
const nearestBusinessDay = (day: Day, calendar: BusinessCalendar, direction: 1 | -1): Day => {
  let at = day;
  while (!calendar.isBusinessDay(at)) at += direction;
  return at;
};
