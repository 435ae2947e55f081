/** What kind of "no" a refusal is; the HTTP edge maps each kind to one status. */
export type RefusalKind = 'not-found' | 'forbidden' | 'conflict' | 'rule';

interface RefusalEntry {
  readonly kind: RefusalKind;
  /** What it means, in one sentence. */
  readonly meaning: string;
  /** What the caller should do. */
  readonly remedy: string;
}

/**
 * Every way in which the house says no. The set is closed: a code that is not here cannot be built, and a code that is
 * here is documented in the API's error catalogue from this table.
 */
export const REFUSALS = {
  // Any command
  NOT_FOUND: { kind: 'not-found', meaning: 'There is no such thing, or it is not yours.', remedy: 'Check the id.' },
  ALREADY_EXISTS: {
    kind: 'conflict',
    meaning: 'The thing to be created is there already, created by another command.',
    remedy: 'Read it instead of creating it again.',
  },
  NOT_ALLOWED: {
    kind: 'forbidden',
    meaning: 'This role may not give this command.',
    remedy: 'Use a token of a role that may.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    kind: 'rule',
    meaning: 'This idempotency key was used before with another request.',
    remedy: 'Use a new key for a new request; repeat the same request with the same key.',
  },
  BUSY: {
    kind: 'conflict',
    meaning: 'Others kept changing the same thing at the same moment.',
    remedy: 'Send the same request again with the same key.',
  },
  // Facts
  FACT_UNKNOWN: {
    kind: 'rule',
    meaning: 'The loan has no such fact or due date.',
    remedy: 'Read the account of the loan for the id or the day of what is meant.',
  },
  // Borrower
  IDENTITY_TAKEN: {
    kind: 'conflict',
    meaning: 'A borrower with this identity document is registered already.',
    remedy: 'Find the existing borrower; one person is registered once.',
  },
  BORROWER_ERASED: {
    kind: 'conflict',
    meaning: 'The borrower has been erased.',
    remedy: 'Nothing can be done for this borrower any more.',
  },
  BORROWER_FROZEN: {
    kind: 'conflict',
    meaning: 'The borrower is frozen.',
    remedy: 'Ask an operator; the reason is on the borrower.',
  },
  BORROWER_NOT_VERIFIED: {
    kind: 'conflict',
    meaning: 'The identity of the borrower has not been verified.',
    remedy: 'Grant the consent for identity verification and wait for its result.',
  },
  BORROWER_HAS_DEBT: {
    kind: 'conflict',
    meaning: 'The borrower has an application or a loan in progress.',
    remedy: 'Wait until it has ended.',
  },
  CONSENT_NOT_IN_FORCE: {
    kind: 'conflict',
    meaning: 'A consent that this needs is not in force.',
    remedy: 'Ask the borrower for the consent named in the detail.',
  },
  CARD_UNKNOWN: {
    kind: 'rule',
    meaning: 'The bank card is not bound to this borrower.',
    remedy: 'Bind the card first.',
  },
  CARD_ALREADY_BOUND: { kind: 'conflict', meaning: 'The card is bound already.', remedy: 'Use the bound card.' },
  // Product
  PRODUCT_NOT_ON_OFFER: {
    kind: 'conflict',
    meaning: 'The product is not published, or has been retired.',
    remedy: 'Choose a product from the list of products on offer.',
  },
  PRODUCT_NOT_DRAFTED: {
    kind: 'conflict',
    meaning: 'There is no draft to publish.',
    remedy: 'Draft the product first.',
  },
  OFFERING_INVALID: {
    kind: 'rule',
    meaning: 'The offering contradicts itself: its bounds, or terms that fit no loan within them.',
    remedy: 'Correct the field named in the detail.',
  },
  CAP_EXCEEDED: {
    kind: 'rule',
    meaning: 'The all-in annual rate would exceed the legal cap.',
    remedy: 'Lower the rate or the fee, or raise the shortest term.',
  },
  AMOUNT_OUTSIDE_BOUNDS: {
    kind: 'rule',
    meaning: 'The amount is outside what the product offers, or in another currency.',
    remedy: 'Choose an amount within the bounds in the detail.',
  },
  TERM_OUTSIDE_BOUNDS: {
    kind: 'rule',
    meaning: 'The term is outside what the product offers.',
    remedy: 'Choose a term within the bounds in the detail.',
  },
  // Credit line
  CREDIT_LINE_INSUFFICIENT: {
    kind: 'conflict',
    meaning: 'What is free in the credit line does not cover the amount.',
    remedy: 'Ask for less, or repay first.',
  },
  CREDIT_LINE_FROZEN: { kind: 'conflict', meaning: 'The credit line is frozen.', remedy: 'Ask an operator.' },
  RESERVATION_NOT_FOUND: {
    kind: 'conflict',
    meaning: 'Nothing is reserved for this application.',
    remedy: 'Nothing: the reservation was released or drawn before.',
  },
  // Application
  WRONG_STATUS: {
    kind: 'conflict',
    meaning: 'This cannot be done in the present status.',
    remedy: 'Read the status; it names what can be done next.',
  },
  OFFER_EXPIRED: { kind: 'conflict', meaning: 'The offer has expired.', remedy: 'Apply again.' },
  QUOTE_MISMATCH: {
    kind: 'rule',
    meaning: 'What was accepted is not what was offered.',
    remedy: 'Read the offer again and accept its quote hash.',
  },
  DOCUMENT_MISMATCH: {
    kind: 'rule',
    meaning: 'The document that was signed is not the contract.',
    remedy: 'Sign the contract whose hash is on the application.',
  },
  // Loan, payout, repayment
  TRANCHE_NOT_AVAILABLE: {
    kind: 'rule',
    meaning: 'The loan has no such amount to draw now.',
    remedy: 'Draw no more than the detail names, or pay first what is overdue.',
  },
  PLAN_IMPOSSIBLE: {
    kind: 'rule',
    meaning: 'The loan cannot be planned like that.',
    remedy: 'Choose other dates or amounts.',
  },
  PLANNED_BY_PERIODS: {
    kind: 'conflict',
    meaning: 'The loan is planned period by period: it has no plan as a whole that could be made anew.',
    remedy: 'Extend its term, grant grace or move a due date instead.',
  },
  LOAN_MATURED: {
    kind: 'conflict',
    meaning: 'Every installment of the loan has fallen due: none is left to take what is overdue.',
    remedy: 'Re-age the loan: that gives it new installments.',
  },
  AMOUNT_NOT_POSITIVE: { kind: 'rule', meaning: 'The amount must be above zero.', remedy: 'Correct the amount.' },
  CURRENCY_MISMATCH: {
    kind: 'rule',
    meaning: 'The amount is in another currency than the loan or the statement.',
    remedy: 'Use the currency named in the detail.',
  },
  AMOUNT_MISMATCH: {
    kind: 'rule',
    meaning: 'The amount is not the one that was agreed.',
    remedy: 'Use the agreed amount in the detail.',
  },
  LOAN_NOT_ACTIVE: {
    kind: 'conflict',
    meaning: 'The loan is not active: not yet disbursed, or closed.',
    remedy: 'Read the loan; it says how it stands.',
  },
  VALUE_DATE_INVALID: {
    kind: 'rule',
    meaning: 'The value date lies before the disbursement or in the future.',
    remedy: 'Correct the value date.',
  },
  OUTCOME_UNKNOWN: {
    kind: 'conflict',
    meaning: 'The outcome of an earlier attempt is not known yet; a second one could pay twice.',
    remedy: 'Wait: the channel is being asked. An operator is called when it stays silent.',
  },
  EFFECT_MISMATCH: {
    kind: 'rule',
    meaning: 'The answer belongs to another instruction than the one in flight.',
    remedy: 'Nothing: the answer was not used.',
  },
  OUTCOME_CONTRADICTED: {
    kind: 'conflict',
    meaning: 'The channel now says something else of an instruction whose outcome is recorded already.',
    remedy: 'Nothing was changed; compare with the statement of the channel, which has the last word.',
  },
  // Payment channel
  CHANNEL_TERMS_INVALID: {
    kind: 'rule',
    meaning: 'The terms of the channel contradict each other.',
    remedy: 'Correct the field named in the detail.',
  },
  CHANNEL_RETIRED: {
    kind: 'conflict',
    meaning: 'The channel has been retired; that is for good.',
    remedy: 'Enrol it under a new name if it is to be used again.',
  },
  CHANNEL_NOT_RANKED: {
    kind: 'conflict',
    meaning: 'The channel is not among those that can take the movement.',
    remedy: 'Choose the channel by the router.',
  },
  NO_CHANNEL: {
    kind: 'conflict',
    meaning: 'No payment channel can take the movement now.',
    remedy: 'Try again later; the reasons are in the detail.',
  },
  // Custody
  ACCOUNT_NOT_OPEN: {
    kind: 'conflict',
    meaning: 'There is no such custody account in use: it was never opened, or it is frozen.',
    remedy: 'Look at the account; open it or have it unfrozen first.',
  },
  // Risk policy
  POLICY_BROKEN: {
    kind: 'rule',
    meaning: 'The policy would not decide as it says: the places are named in the detail.',
    remedy: 'Correct what is named and draft the next version.',
  },
  POLICY_IN_USE: {
    kind: 'conflict',
    meaning: 'The version decides now; without it nothing would.',
    remedy: 'Activate another version: this one is then retired by itself.',
  },
  POLICY_SHADOWS_FULL: {
    kind: 'conflict',
    meaning: 'As many versions as can be decide in the shadow.',
    remedy: 'Retire one of them first.',
  },
  REQUIREMENTS_MISSING: {
    kind: 'rule',
    meaning: 'The application lacks something that the policy asks of this borrower.',
    remedy: 'See GET /v1/applications/requirements, and supply what is named.',
  },
  REVIEW_CLAIMED: {
    kind: 'conflict',
    meaning: 'Another reviewer looks at the application.',
    remedy: 'Wait until they are done, or their claim is over; take another one from the queue.',
  },
  HUMAN_REVIEW_NOT_OPEN: {
    kind: 'conflict',
    meaning: 'Only what the engine alone has rejected is looked at again.',
    remedy: 'Apply again, with what has changed.',
  },
  FOUR_EYES: {
    kind: 'forbidden',
    meaning: 'This takes somebody else than the one who has begun it.',
    remedy: 'Ask a colleague.',
  },
  // Collections
  CONTACT_LIMIT_REACHED: {
    kind: 'rule',
    meaning: 'The debtor has been contacted as often as the law or the house allows.',
    remedy: 'Try again when the window named in the detail is over, or by other means.',
  },
  CONTACT_QUIET_HOURS: {
    kind: 'rule',
    meaning: 'Debtors are left alone at this hour.',
    remedy: 'Try again within the hours in the detail.',
  },
  CONTACT_ON_HOLIDAY: {
    kind: 'rule',
    meaning: 'Debtors are left alone on public holidays.',
    remedy: 'Try again on the next day that is none.',
  },
  CONTACT_THIRD_PARTY: {
    kind: 'rule',
    meaning: 'Nobody but the debtor may be asked to pay.',
    remedy: 'Contact the debtor; relatives, employers and others are not asked.',
  },
  CASE_CLAIMED: {
    kind: 'conflict',
    meaning: 'Another collector works on the case.',
    remedy: 'Take another case from the worklist, or ask its owner or an operator to release it.',
  },
  PROMISE_PENDING: {
    kind: 'conflict',
    meaning: 'A payment has been promised for this loan, and its day has not passed.',
    remedy: 'Wait for that day.',
  },
  PROMISE_UNFIT: {
    kind: 'rule',
    meaning: 'This is no promise that can be waited for: its day or amount is out of bounds.',
    remedy: 'Agree on an amount above zero up to what is owed, on a day within the bounds in the detail.',
  },
  HARDSHIP_PENDING: {
    kind: 'conflict',
    meaning: 'A hardship plan for this loan is about to be granted.',
    remedy: 'Read the case in a moment: it says what became of the plan.',
  },
  // Mandate
  MANDATE_TERMS_INVALID: {
    kind: 'rule',
    meaning: 'The terms of the mandate contradict each other.',
    remedy: 'Correct the field named in the detail.',
  },
  MANDATE_NOT_LIVE: {
    kind: 'conflict',
    meaning: 'The mandate has been revoked, has expired, or is not honoured by the bank: nothing is debited under it.',
    remedy: 'Ask the borrower for another mandate, or to pay by themselves.',
  },
  DEBIT_NOT_ORDERED: {
    kind: 'conflict',
    meaning: 'The mandate has no such debit ordered, or it is over.',
    remedy: 'Nothing: a debit is made only after it has been ordered under a live mandate.',
  },
  // Receipt
  RECEIPT_EXCEEDED: {
    kind: 'rule',
    meaning: 'More is asked of a receipt than it holds in suspense.',
    remedy: 'Match or pay back no more than the detail names.',
  },
  // Notices
  MESSAGE_BEGUN: {
    kind: 'conflict',
    meaning: 'This message has been begun before; nothing goes out twice.',
    remedy: 'Nothing: what became of it is on record, or will be.',
  },
  NOTICE_REQUIRED: {
    kind: 'rule',
    meaning: 'A borrower has to be reached by some way that they have an address for.',
    remedy: 'Name at least one channel, and the address that it needs.',
  },
  // Ledger and reconciliation
  ENTRY_UNBALANCED: {
    kind: 'rule',
    meaning: 'Debits and credits differ in a currency.',
    remedy: 'Correct the posting rule: this is a bug in the house.',
  },
  OUTSIDE_CUSTODY: {
    kind: 'rule',
    meaning: 'The entry moves money between borrowers and the house without passing a custody account.',
    remedy: 'Book it through custody cash: what is owed to or by a borrower is paid there and nowhere else.',
  },
  PERIOD_CLOSED: {
    kind: 'conflict',
    meaning: 'The accounting period of that business date is closed: nothing is booked in it any more.',
    remedy: 'Book it in the open period; the day that it counts for is kept as its value date.',
  },
  PERIOD_NOT_OVER: {
    kind: 'rule',
    meaning: 'A period ends with a business date that is over.',
    remedy: 'Close it through an earlier date, or tomorrow.',
  },
  RECONCILIATION_UNSOUND: {
    kind: 'rule',
    meaning: 'The breaks of a matching do not account for the difference of the totals.',
    remedy: 'Correct the matching: this is a bug in the house.',
  },
  BREAK_WITHOUT_OWNER: {
    kind: 'conflict',
    meaning: 'Nobody answers for this break yet.',
    remedy: 'Assign the break to somebody first.',
  },
  RULES_VERSION_TAKEN: {
    kind: 'conflict',
    meaning: 'There is a version of these rules with this number or a higher one.',
    remedy: 'Give the rule set the next number: a version is never changed, only followed.',
  },
  RULES_UNTRIED: {
    kind: 'conflict',
    meaning: 'These rules have not been tried on a past statement of their own.',
    remedy: 'Try the version on a statement first, and look at what it finds.',
  },
  CORRECTION_UNFIT: {
    kind: 'rule',
    meaning: 'This correction does not fit the break: there is nothing to book, or it would give up what is not ours.',
    remedy: 'Choose another correction; the break suggests one.',
  },
  LEDGER_OFF: {
    kind: 'conflict',
    meaning: 'The books are off: a settled movement is not in them, or they do not balance.',
    remedy: 'Let bookkeeping catch up; what stays off is shown by verification.',
  },
  DAY_UNFINISHED: {
    kind: 'conflict',
    meaning: 'Something is still to be done that is due on this business date.',
    remedy: 'Let the sagas catch up; what holds them up is among the parked events.',
  },
  BREAK_UNKNOWN: {
    kind: 'not-found',
    meaning: 'There is no such open break in this reconciliation.',
    remedy: 'Check the id of the break.',
  },
} as const satisfies Record<string, RefusalEntry>;

export type RefusalCode = keyof typeof REFUSALS;
