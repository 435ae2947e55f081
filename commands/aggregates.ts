import { accrualDecider } from '../domain/accrual';
import { applicationDecider } from '../domain/application';
import { borrowerDecider } from '../domain/borrower';
import { channelDecider } from '../domain/channel';
import { caseDecider } from '../domain/collections';
import { creditLineDecider } from '../domain/creditline';
import { custodyDecider } from '../domain/custody';
import { identityDecider } from '../domain/identity';
import { instructionDecider } from '../domain/instruction';
import { ledgerDecider } from '../domain/ledger';
import { loanDecider } from '../domain/loan';
import { mandateDecider } from '../domain/mandate';
import { noticeDecider } from '../domain/notices';
import { payoutDecider } from '../domain/payout';
import { periodDecider } from '../domain/period';
import { policyDecider } from '../domain/policy';
import { productDecider } from '../domain/product';
import { receiptDecider } from '../domain/receipt';
import { reconciliationDecider } from '../domain/reconciliation';
import { repaymentDecider } from '../domain/repayment';
import { rulesDecider } from '../domain/rules';

/** The aggregates of the house by the category of their streams. */
export const aggregates = {
  identity: { category: 'identity', decider: identityDecider },
  borrower: { category: 'borrower', decider: borrowerDecider },
  product: { category: 'product', decider: productDecider },
  creditLine: { category: 'creditline', decider: creditLineDecider },
  application: { category: 'application', decider: applicationDecider },
  loan: { category: 'loan', decider: loanDecider },
  payout: { category: 'payout', decider: payoutDecider },
  repayment: { category: 'repayment', decider: repaymentDecider },
  mandate: { category: 'mandate', decider: mandateDecider },
  receipt: { category: 'receipt', decider: receiptDecider },
  ledger: { category: 'ledger', decider: ledgerDecider },
  reconciliation: { category: 'reconciliation', decider: reconciliationDecider },
  channel: { category: 'channel', decider: channelDecider },
  policy: { category: 'policy', decider: policyDecider },
  rules: { category: 'rules', decider: rulesDecider },
  accrual: { category: 'accrual', decider: accrualDecider },
  period: { category: 'period', decider: periodDecider },
  case: { category: 'case', decider: caseDecider },
  custody: { category: 'custody', decider: custodyDecider },
  instruction: { category: 'instruction', decider: instructionDecider },
  notice: { category: 'notice', decider: noticeDecider },
} as const;
