/** Training data or a request that cannot be used, in one sentence for whoever asked. Not a bug: they can mend it. */
export class UnusableTrainingData extends Error {}
