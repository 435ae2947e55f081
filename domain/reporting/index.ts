export { Ageing, ROLLS, RollRates } from './delinquency';
export { Income } from './income';
export {
  type CourseMonth,
  EARNINGS,
  type Earned,
  type Earning,
  type LoanCourse,
  lastDayOf,
  monthOf,
  monthsFrom,
} from './loan-course';
export { LOAN_CATEGORIES, Provisions, provisionRatesOn } from './provision';
export { Vintages } from './vintage';
