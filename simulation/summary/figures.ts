import type { BusinessDate, MoneyText } from '../../domain/kernel';
import type { TrialBalance } from '../../domain/ledger';
import type { ArrearsBucket, Portion, PortionsText } from '../../domain/loan';

/** What the summary is made from: documents of the read models as they are (their shapes are those of projections/). */
export interface Figures {
  /** The last day that was closed. */
  readonly asOf: BusinessDate;
  readonly portfolio: PortfolioFigures;
  /** Every product there is. */
  readonly products: readonly ProductFigures[];
  /** Every loan there is. */
  readonly loans: readonly LoanFigures[];
  /** What the loans owe, added up from the loans, per currency. */
  readonly receivables: readonly ReceivablesFigures[];
  /** The books, per currency. */
  readonly trialBalances: readonly TrialBalance[];
  /** Every payment channel that was enrolled. */
  readonly channels: readonly ChannelFigures[];
  /** What the channels' statements got wrong on purpose, where that is known: only a sandbox tells. */
  readonly planted: readonly PlantedFault[];
  /** Every statement that was reconciled. */
  readonly reconciliations: readonly ReconciliationFigures[];
  /** Every payment that came in by itself. */
  readonly receipts: readonly ReceiptFigures[];
  /** Every case of a borrower in arrears. */
  readonly cases: readonly CaseFigures[];
  /** Every message to a borrower. */
  readonly messages: readonly MessageFigures[];
  /** Every application that the engine has decided. */
  readonly decisions: readonly DecidedFigures[];
}

export interface ReceiptFigures {
  readonly amount: MoneyText;
  readonly suspense: MoneyText;
  readonly refunded: MoneyText;
}

export interface CaseFigures {
  readonly status: 'open' | 'closed';
  readonly stage: string;
  readonly contacts: readonly unknown[];
  readonly promises: readonly { readonly status: 'pending' | 'kept' | 'broken' | 'lapsed' }[];
  readonly plans: readonly { readonly status: 'agreed' | 'granted' | 'refused' }[];
}

export interface MessageFigures {
  readonly channel: string;
  readonly status: 'begun' | 'sent' | 'failed' | 'unknown';
}

export interface DecidedFigures {
  readonly version: number;
  readonly segment: string;
  readonly arm: string;
  /** In the end, by the engine or by a person. */
  readonly approved: boolean;
  readonly loan: 'none' | 'good' | 'bad';
}

export interface PortfolioFigures {
  readonly applications: {
    readonly submitted: number;
    readonly approved: number;
    readonly rejected: number;
    readonly referred: number;
  };
  readonly decisions: { readonly count: number; readonly totalMs: number; readonly mostMs: number };
  readonly loans: {
    readonly disbursed: number;
    readonly closed: number;
    readonly writtenOff: number;
    readonly cancelled: number;
  };
  readonly disbursed: MoneyText;
  readonly repaid: MoneyText;
}

export interface ProductFigures {
  readonly id: string;
  readonly offering: { readonly name: string };
}

type PortionTexts = Readonly<Record<Portion, string>>;

export interface LoanFigures {
  readonly productId: string;
  /** All that was paid out. */
  readonly lent: MoneyText;
  readonly repayments: readonly { readonly amount: MoneyText }[];
  /** Decimal texts in the loan's currency. */
  readonly installments: readonly {
    readonly due: string;
    readonly scheduled: PortionTexts;
    readonly paid: PortionTexts;
    readonly remitted: PortionTexts;
  }[];
  readonly status: 'opened' | 'active' | 'closed' | 'settled' | 'written_off' | 'charged_off' | 'cancelled';
  readonly bucket: ArrearsBucket;
  readonly principalOutstanding: MoneyText;
}

export interface ReceivablesFigures {
  readonly currency: string;
  readonly portions: PortionsText;
  /** Held for borrowers. */
  readonly credit: MoneyText;
}

interface ChannelTotals {
  readonly settled: number;
  readonly failed: number;
  readonly unanswered: number;
  readonly foundOut: number;
  readonly volume: MoneyText;
  readonly cost: MoneyText;
}

export interface ChannelFigures {
  readonly channel: string;
  readonly totals: { readonly out: ChannelTotals; readonly in: ChannelTotals };
}

/** A movement that a channel's statement of a day misstates. */
export interface PlantedFault {
  readonly channel: string;
  readonly reference: string;
  readonly bookedOn: string;
}

interface Sums {
  readonly in: MoneyText;
  readonly out: MoneyText;
}

export interface ReconciliationFigures {
  readonly channel: string;
  readonly businessDate: string;
  readonly lines: number;
  readonly matched: number;
  readonly theirs: Sums;
  readonly ours?: Sums;
  readonly breaks: readonly {
    readonly breakId: string;
    readonly reference: string;
    readonly difference: MoneyText;
    readonly explanation?: string;
  }[];
}
