import type { Invariant } from './invariant';

/** What the log alone does not show. Who can look further looks: see `app/verification`. */
export const checkedElsewhere: readonly Invariant[] = [
  {
    id: 'I-26',
    statement: 'Everything that was acknowledged is in the log, after any crash',
    check: 'acknowledgements',
  },
  {
    id: 'I-28',
    statement: 'Whoever moves money for us has each instruction on record once at most, and every one that settled',
    check: 'partners',
  },
  {
    id: 'I-30',
    statement: 'Every read model is what folding the log from its beginning makes of it',
    check: 'rebuilds',
  },
  {
    id: 'I-31',
    statement: 'Every read model has taken in each event once: its documents and its position are of one moment',
    check: 'rebuilds',
  },
  {
    id: 'I-32',
    statement: 'Every reader of the log comes to its head, and none is ahead of it',
    check: 'readers',
  },
  {
    id: 'I-36',
    statement: 'Every event’s hash follows from its content and the hash before it',
    check: 'chains',
  },
];
