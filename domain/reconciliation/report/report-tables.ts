import { ACTIVITIES, type ChannelReport } from './channel-report';

type Kind = 'text' | 'amount' | 'count' | 'date';

/** One block of a report as rows: for a file of comma-separated values, or a sheet of a workbook. */
export interface ReportTable {
  readonly name: string;
  readonly columns: readonly { readonly title: string; readonly kind: Kind }[];
  readonly rows: readonly (readonly (string | number | undefined)[])[];
}

const columns = (...titles: readonly (readonly [title: string, kind: Kind])[]): ReportTable['columns'] =>
  titles.map(([title, kind]) => ({ title, kind }));

/** The blocks of a report, each a table of its own. Amounts are decimal texts; the currency has its column. */
export const reportTables = ({ balance, settlement, disputes, ...report }: ChannelReport): readonly ReportTable[] => {
  const { currency, from, through } = report;
  return [
    {
      name: 'Balance',
      columns: columns(
        ['date', 'date'],
        ['entry', 'text'],
        ['items', 'count'],
        ['amount', 'amount'],
        ['currency', 'text'],
      ),
      rows: [
        [from, 'opening', undefined, balance.opening.amount, currency],
        ...ACTIVITIES.map((activity) => {
          const { items, amount } = balance.activity[activity];
          return [through, activity, items, amount.amount, currency];
        }),
        [through, 'closing', undefined, balance.closing.amount, currency],
        [through, 'not yet settled', settlement.notYetSettled.items, settlement.notYetSettled.amount.amount, currency],
        [through, 'breaks not booked', disputes.open.length, disputes.unbooked.amount, currency],
        [through, 'stated by them', undefined, report.statedByThem.amount, currency],
      ],
    },
    {
      name: 'Settled',
      columns: columns(['statement of', 'date'], ['items', 'count'], ['amount', 'amount'], ['currency', 'text']),
      rows: settlement.settled.map(({ statementOf, items, amount }) => [statementOf, items, amount.amount, currency]),
    },
    {
      name: 'Not yet settled',
      columns: columns(
        ['reference', 'text'],
        ['stream', 'text'],
        ['direction', 'text'],
        ['amount', 'amount'],
        ['currency', 'text'],
        ['value date', 'date'],
        ['age in days', 'count'],
      ),
      rows: settlement.waiting.map(({ reference, stream, direction, amount, valueDate, ageInDays }) => [
        ...[reference, stream, direction, amount.amount, currency, valueDate, ageInDays],
      ]),
    },
    {
      name: 'Breaks',
      columns: columns(
        ['break', 'text'],
        ['type', 'text'],
        ['reference', 'text'],
        ['difference', 'amount'],
        ['currency', 'text'],
        ['priority', 'text'],
        ['suggestion', 'text'],
        ['opened on', 'date'],
        ['age in days', 'count'],
        ['owner', 'text'],
      ),
      rows: disputes.open.map(({ breakId, type, reference, difference, priority, suggestion, ...rest }) => [
        ...[breakId, type, reference, difference.amount, difference.currency, priority, suggestion],
        ...[rest.openedOn, rest.ageInDays, rest.owner],
      ]),
    },
  ];
};
