import type { ApplicationState } from '../../domain/application';
import type { ApplicationId } from '../../domain/kernel';
import type { CutOff, FeatureValues } from '../../risk/features';

/** An application as the house's own knowledge is asked about it. */
export type KnownBy = { readonly applicationId: ApplicationId } & Pick<
  Extract<ApplicationState, { readonly status: 'submitted' | 'deciding' }>,
  'borrowerId' | 'amount' | 'deviceIndex' | 'networkIndex' | 'subnetIndex' | 'phoneIndex' | 'cardIndex'
>;

/** What a source of the house says; undefined when it does not come to know everything up to the cut-off in time. */
type Said = Promise<Partial<FeatureValues> | undefined>;

/** What the house knows itself, as it stood at a position of the log. */
export interface HouseKnowledge {
  readonly counters: (of: KnownBy, cutOff: CutOff) => Said;
  readonly associations: (of: KnownBy, cutOff: CutOff) => Said;
  readonly history: (of: KnownBy, cutOff: CutOff) => Said;
}
