import type { BehaviourName } from '../../gateways/sandbox';

/** What a partner may answer, or not, to an instruction that it carries out all the same. */
export const DONE_ALL_THE_SAME = [
  'slow',
  'timeout-after-doing',
  'reset',
  'garbage',
  'unsigned',
  'badly-signed',
  'settle-late',
  'callback',
] as const satisfies readonly BehaviourName[];
