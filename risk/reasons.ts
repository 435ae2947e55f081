import type { DecisionReason } from '../domain/application';

/** Each reason in plain words, for the borrower's notice. */
export const REASON_TEXTS: Readonly<Record<DecisionReason, { readonly en: string; readonly zh: string }>> = {
  AGE_OUTSIDE_RANGE: { en: 'Your age is outside the range we may lend to.', zh: '您的年龄不在可申请范围内。' },
  REGION_NOT_SERVED: { en: 'We do not lend in your region.', zh: '您所在的地区暂不提供服务。' },
  BLACKLISTED: { en: 'A record in the credit information rules out a loan.', zh: '征信信息中存在不予受理的记录。' },
  IDENTITY_NOT_VERIFIED: { en: 'Your identity could not be verified.', zh: '您的身份未能通过核验。' },
  CONSENT_MISSING: { en: 'A consent that we need was not given.', zh: '缺少必要的授权。' },
  CREDIT_LINE_INSUFFICIENT: {
    en: 'The amount is more than what is free in your credit line.',
    zh: '申请金额超过您的可用额度。',
  },
  INSTALLMENT_ABOVE_MEANS: {
    en: 'The installment is too high for the income that is left after other debts.',
    zh: '每期还款额相对您的可支配收入过高。',
  },
  SCORE_BELOW_CUTOFF: { en: 'The overall assessment is below what we need.', zh: '综合评分未达到要求。' },
  SCORE_NEEDS_REVIEW: { en: 'A person will look at your application.', zh: '您的申请需要人工审核。' },
  CREDIT_HISTORY_POOR: { en: 'Earlier credits were not repaid as agreed.', zh: '过往信用记录不理想。' },
  CHECKING_ACCOUNT_WEAK: { en: 'Your current account shows little balance.', zh: '您的活期账户余额较低。' },
  SAVINGS_LOW: { en: 'Your savings are low.', zh: '您的储蓄较少。' },
  EMPLOYMENT_SHORT: { en: 'You have not been in your job for long.', zh: '您的在职时间较短。' },
  DURATION_LONG: { en: 'The term is long.', zh: '申请期限较长。' },
  AMOUNT_HIGH: { en: 'The amount is high.', zh: '申请金额较高。' },
  OTHER_INSTALLMENT_PLANS: { en: 'You have other installment plans.', zh: '您有其他分期计划。' },
  OFFER_ABOVE_CAP: {
    en: 'The loan would cost more than the law allows today.',
    zh: '该笔贷款的综合年化成本将超过当前法定上限。',
  },
  FRAUD_SUSPECTED: {
    en: 'Signs of fraud were found in connection with the application.',
    zh: '申请中存在疑似欺诈的风险信号。',
  },
  RECENTLY_REJECTED: {
    en: 'An application was rejected a short time ago.',
    zh: '您近期的申请未获批准，请过几天再试。',
  },
  TOO_MANY_APPLICATIONS: { en: 'There were many applications in a short time.', zh: '短时间内申请次数过多。' },
  EARLIER_LOANS_LATE: { en: 'Earlier loans with us were repaid late.', zh: '您在本机构的历史借款存在逾期。' },
  DEBTS_UNDER_ENFORCEMENT: { en: 'There are debts under enforcement by a court.', zh: '存在被法院强制执行的债务。' },
  PURPOSE_RISKY: { en: 'Loans for this purpose are repaid less often.', zh: '该借款用途的还款表现相对较差。' },
  PROPERTY_LITTLE: { en: 'Little property was declared.', zh: '您申报的资产较少。' },
  HOUSING_UNSETTLED: {
    en: 'The housing situation counts against the application.',
    zh: '您的居住情况对评分有不利影响。',
  },
  SOURCE_UNAVAILABLE: { en: 'Information that we need was not available.', zh: '暂时无法获取所需的信息。' },
  RULES_INCONCLUSIVE: {
    en: 'The rules came to no conclusion; a person decides.',
    zh: '规则未得出结论，将由人工审核。',
  },
  BUREAU_UNAVAILABLE: { en: 'The credit information was not available.', zh: '暂时无法获取征信信息。' },
  REVIEWER_JUDGEMENT: { en: 'The reviewer decided against the application.', zh: '经人工审核未予通过。' },
};
