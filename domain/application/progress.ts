import { unreachable } from '../kernel';
import type { SubmittedApplication } from './state';

/** How far an application has come, in the words a borrower is shown. What follows a signature is the loan's to say. */
export const PROGRESS = [
  'under_review',
  'offered',
  'awaiting_signature',
  'disbursing',
  'rejected',
  'expired',
  'withdrawn',
] as const;
export type Progress = (typeof PROGRESS)[number];

/** The borrower's word for a status of the house. */
export const progressOf = ({ status }: Pick<SubmittedApplication, 'status'>): Progress => {
  switch (status) {
    case 'submitted':
    case 'deciding':
    case 'referred':
      return 'under_review';
    case 'approved':
      return 'offered';
    case 'accepted':
    case 'signature-requested':
      return 'awaiting_signature';
    case 'signed':
      return 'disbursing';
    case 'rejected':
    case 'expired':
    case 'withdrawn':
      return status;
    default:
      return unreachable(status);
  }
};
