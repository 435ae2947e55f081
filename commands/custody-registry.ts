import { aggregates } from './aggregates';
import { handling } from './handling';
import { borrowerStanding } from './look-ups';

const { custody, instruction } = aggregates;

/** Nobody but the house itself: what the bank has done is put on record by the house. */
const HOUSE = [] as const;

/** Who moves the house's own money, and that of others which it holds. */
const TREASURY = ['finance', 'operator'] as const;

/** The commands that money and accounts at the custody bank are dealt with by. */
export const custodyRegistry = {
  RequestCustodyInstruction: handling('RequestCustodyInstruction', instruction, {
    stream: (d) => d.instructionId,
    existence: 'new',
    who: TREASURY,
    lookUp: async (d, _issued, read) => ({
      account: (await read.load(custody, d.order.accountId)).state,
      ...(d.order.kind === 'open' &&
        d.order.owner.kind === 'borrower' && { borrower: await borrowerStanding(read, d.order.owner.borrowerId) }),
      ...(d.order.kind === 'transfer' && { to: (await read.load(custody, d.order.to)).state }),
    }),
  }),
  ApproveCustodyInstruction: handling('ApproveCustodyInstruction', instruction, {
    stream: (d) => d.instructionId,
    existence: 'existing',
    who: TREASURY,
  }),
  CancelCustodyInstruction: handling('CancelCustodyInstruction', instruction, {
    stream: (d) => d.instructionId,
    existence: 'existing',
    who: TREASURY,
  }),
  SubmitCustodyInstruction: handling('SubmitCustodyInstruction', instruction, {
    stream: (d) => d.instructionId,
    existence: 'existing',
    who: HOUSE,
  }),
  RecordCustodyOutcome: handling('RecordCustodyOutcome', instruction, {
    stream: (d) => d.instructionId,
    existence: 'existing',
    who: ['operator'],
  }),
  OpenCustodyAccount: handling('OpenCustodyAccount', custody, {
    stream: (d) => d.accountId,
    existence: 'new',
    who: HOUSE,
  }),
  FreezeCustodyAccount: handling('FreezeCustodyAccount', custody, {
    stream: (d) => d.accountId,
    existence: 'existing',
    who: HOUSE,
  }),
  UnfreezeCustodyAccount: handling('UnfreezeCustodyAccount', custody, {
    stream: (d) => d.accountId,
    existence: 'existing',
    who: HOUSE,
  }),
} as const;
