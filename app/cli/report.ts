import { type Command, Option } from 'commander';
import type { BusinessDate } from '../../domain/kernel';
import type { CommonOptions } from './environment';
import { askedOfHouse } from './finance-query';
import { day } from './moments';

interface ReportOptions extends CommonOptions {
  readonly date?: BusinessDate;
  readonly from?: BusinessDate;
  readonly account?: string;
  readonly channel?: string;
  readonly block?: string;
  readonly json?: boolean;
  readonly xlsx?: string;
  readonly url?: string;
  readonly token?: string;
}

type Query = Readonly<Record<string, string | undefined>>;

interface Report {
  readonly path: (options: ReportOptions) => string;
  readonly query: (options: ReportOptions) => Query;
}

const monthOf = (date: BusinessDate | undefined): string | undefined => date?.slice(0, 7);
const byMonth = ({ date }: ReportOptions): Query => ({ month: monthOf(date) });
const overMonths = ({ from, date }: ReportOptions): Query => ({ from: monthOf(from ?? date), to: monthOf(date) });
const at = (path: string) => () => `/v1/finance/${path}`;

const needed = (value: string | undefined, option: string): string => {
  if (value === undefined) throw new Error(`this report needs ${option}`);
  return encodeURIComponent(value);
};

const REPORTS: Readonly<Record<string, Report>> = {
  'trial-balance': { path: at('trial-balance'), query: ({ date }) => ({ on: date }) },
  'general-ledger': {
    path: ({ account }) => `/v1/finance/general-ledger/${needed(account, '--account')}`,
    query: ({ from, date }) => ({ from: from ?? date, to: date }),
  },
  'cash-position': { path: at('cash-position'), query: ({ date }) => ({ on: date }) },
  channel: {
    path: ({ channel }) => `/v1/finance/channels/${needed(channel, '--channel')}/report`,
    query: ({ from, date, block }) => ({ from: from ?? date, through: date, block }),
  },
  'channel-costs': { path: at('channel-costs'), query: overMonths },
  ageing: { path: at('ageing'), query: byMonth },
  'roll-rates': { path: at('roll-rates'), query: overMonths },
  vintages: { path: at('vintages'), query: byMonth },
  income: { path: at('income'), query: overMonths },
  provision: { path: at('provision'), query: byMonth },
};

/** Adds `report <name>`: a report for finance people, as a table, JSON or a workbook. */
export const addReport = (program: Command): void => {
  program
    .command('report')
    .argument('<name>', `one of ${Object.keys(REPORTS).join(', ')}`)
    .description('print a report for finance people')
    .option('--date <date>', 'the end of this business date, or of its month (default: today)', day)
    .option('--from <date>', 'from this business date, or from its month (default: --date)', day)
    .option('--account <code>', 'of the general ledger')
    .option('--channel <name>', 'a payment channel, or custody')
    .option('--block <name>', 'of a report with several tables: which one (CSV)')
    .option('--json', 'print JSON')
    .addOption(new Option('--csv', 'print CSV (the default)').conflicts(['json', 'xlsx']))
    .option('--xlsx <file>', 'write a workbook')
    .option('--url <url>', 'a running house, asked with --token; without it, the stopped one in the data folder')
    .option('--token <token>', 'of finance; see `usance token`')
    .option('--data <folder>', 'data folder (USANCE_DATA)')
    .action(async (name: string, options: ReportOptions) => {
      const report = REPORTS[name];
      if (report === undefined) throw new Error(`no report "${name}": one of ${Object.keys(REPORTS).join(', ')}`);
      const format = options.xlsx === undefined ? (options.json ? 'json' : 'csv') : 'xlsx';
      const query = Object.entries({ ...report.query(options), format }).filter(([, value]) => value !== undefined);
      const path = `${report.path(options)}?${new URLSearchParams(query as [string, string][])}`;
      await askedOfHouse(options, path, ['projections', 'read-api'], options.xlsx);
    });
};
