import type { CaseFigures, Figures, MessageFigures } from './figures';

/** What was done about arrears, and what borrowers were told. */
export interface CollectionsSummary {
  /** Borrowers who ever were in arrears. */
  readonly cases: number;
  readonly open: number;
  readonly withAgencies: number;
  readonly contacts: number;
  readonly promises: { readonly made: number; readonly kept: number; readonly broken: number };
  readonly reliefGranted: number;
  /** By channel, in the order of their names. */
  readonly messages: readonly { readonly channel: string; readonly sent: number; readonly other: number }[];
}

const countOf = <Item>(items: readonly Item[], counts: (item: Item) => boolean): number => items.filter(counts).length;

const byWay = (messages: readonly MessageFigures[]): CollectionsSummary['messages'] =>
  [...new Set(messages.map(({ channel }) => channel))].sort().map((channel) => {
    const of = messages.filter((message) => message.channel === channel);
    const sent = countOf(of, ({ status }) => status === 'sent');
    return { channel, sent, other: of.length - sent };
  });

const isOpen = ({ status }: CaseFigures): boolean => status === 'open';

export const collected = ({ cases, messages }: Pick<Figures, 'cases' | 'messages'>): CollectionsSummary => {
  const promises = cases.flatMap((each) => each.promises);
  const plans = cases.flatMap((each) => each.plans);
  return {
    cases: cases.length,
    open: countOf(cases, isOpen),
    withAgencies: countOf(cases, (each) => isOpen(each) && each.stage === 'agency'),
    contacts: cases.reduce((sum, { contacts }) => sum + contacts.length, 0),
    promises: {
      made: promises.length,
      kept: countOf(promises, ({ status }) => status === 'kept'),
      broken: countOf(promises, ({ status }) => status === 'broken'),
    },
    reliefGranted: countOf(plans, ({ status }) => status === 'granted'),
    messages: byWay(messages),
  };
};
