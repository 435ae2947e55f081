import { custodyBankContract } from '../custody-bank.contract';
import { inProcessCustodyBank } from './in-process-custody-bank';

custodyBankContract('a bank in this process', async () => ({
  bank: inProcessCustodyBank({ clock: { now: () => Date.parse('2026-11-22T02:00:00.000Z') } }),
  close: async () => undefined,
}));
