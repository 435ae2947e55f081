import { Script } from 'node:vm';
import { readSpecifications, type Specification } from './specifications';

/**
 * A test runner for Stryker that reads sources and specifications once and then tries mutant after mutant in the same
 * process. Jest reads everything anew for each mutant (seconds of CPU; here it is some hundredths), which ten thousand
 * mutants have no time for. It can be done because the schedules are pure: specifications are plain calls that leave
 * nothing behind. That is not believed but seen: what failed with a mutant has to hold again without it.
 *
 * A mutant meets the specification that caught the last one first, then the others that cover it, quickest first,
 * until one fails. It runs out of time by its own work only, never because the machine was busy: by how often it was
 * come by (Stryker's hit limit), or by CPU time.
 */
class WarmRunner {
  private specifications: ReadonlyMap<string, Timed> | undefined;
  private lastToFail = '';

  capabilities() {
    return { reloadEnvironment: true };
  }

  dryRun(): Promise<DryRunResult> {
    const specifications = readSpecifications();
    const failures = new Map<string, string>();
    for (const { id, hold } of specifications) {
      stryker.currentTestId = id;
      const failure = failureOf(hold);
      if (failure !== undefined) failures.set(id, failure);
    }
    stryker.currentTestId = undefined;
    const { mutantCoverage } = stryker;
    const tests = [...this.warm().values()].map(({ hold, ...told }) => {
      const failureMessage = failures.get(told.id);
      return failureMessage === undefined ? { ...told, status: 0 } : { ...told, status: 1, failureMessage };
    });
    return Promise.resolve({ status: 'complete', tests, ...(mutantCoverage !== undefined && { mutantCoverage }) });
  }

  mutantRun({
    activeMutant: { id },
    testFilter = [],
    hitLimit,
    reloadEnvironment,
  }: MutantRun): Promise<MutantRunResult> {
    const warm = this.specifications ?? this.warm();
    const covering = testFilter.flatMap((test) => warm.get(test) ?? []);
    const inOrder = covering.toSorted((a, b) => this.order(a) - this.order(b));
    const result = this.firstFailure(inOrder, id, hitLimit);
    const isDone = result.status !== 'survived' || reloadEnvironment !== true;
    return Promise.resolve(isDone ? result : this.firstFailure(this.readWith(id, inOrder), id, hitLimit));
  }

  /** The same specifications, read again with the mutant: some of what they look at is worked out as they are read. */
  private readWith(mutant: string, specifications: readonly Timed[]): readonly Timed[] {
    let read: readonly Specification[] = [];
    const hold = (): void => {
      read = withoutCounting(readSpecifications);
    };
    stryker.activeMutant = mutant;
    stryker.hitCount = 0;
    const failure = failureWithin({ id: '', name: '', fileName: '', hold, timeSpentMs: 200 });
    stryker.activeMutant = undefined;
    const fails = (): never => {
      throw new Error(`cannot be read: ${failure}`);
    };
    const holds = new Map(read.map(({ id, hold }) => [id, hold]));
    return specifications.map((each) => ({ ...each, hold: holds.get(each.id) ?? fails }));
  }

  private order({ id, timeSpentMs }: Timed): number {
    return id === this.lastToFail ? -1 : timeSpentMs;
  }

  private firstFailure(
    specifications: readonly Timed[],
    mutant: string,
    hitLimit: number | undefined,
  ): MutantRunResult {
    Object.assign(stryker, { hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    for (const [index, specification] of specifications.entries()) {
      stryker.activeMutant = mutant;
      const failure = failureWithin(specification);
      stryker.activeMutant = undefined;
      if (failure === OUT_OF_TIME || (stryker.hitCount ?? 0) > (hitLimit ?? 0)) {
        return { status: 'timeout', reason: `${specification.name}: ${failure}` };
      }
      if (failure === undefined) continue;
      this.lastToFail = specification.id;
      return this.held(specification)
        ? { status: 'killed', killedBy: [specification.id], failureMessage: failure, nrOfTests: index + 1 }
        : { status: 'error', errorMessage: `${specification.name} fails without the mutant too: ${failure}` };
    }
    return { status: 'survived', nrOfTests: specifications.length };
  }

  private held({ id }: Specification): boolean {
    Object.assign(stryker, { hitLimit: undefined, hitCount: undefined });
    const hold = this.specifications?.get(id)?.hold;
    return hold !== undefined && failureOf(hold) === undefined;
  }

  /** Reads everything again without the counting of what covers what, and takes the time of each specification. */
  private warm(): ReadonlyMap<string, Timed> {
    const specifications = withoutCounting(readSpecifications);
    const times = specifications.map((each) => {
      failureOf(each.hold);
      const before = process.cpuUsage();
      failureOf(each.hold);
      return { ...each, timeSpentMs: cpuSince(before) };
    });
    this.specifications = new Map(times.map((each) => [each.id, each]));
    return this.specifications;
  }
}

export const warmRunner = () => new WarmRunner();

interface Timed extends Specification {
  readonly timeSpentMs: number;
}

/** Stryker's contract, as much of it as is used here (`@stryker-mutator/api/test-runner`). */
interface MutantRun {
  readonly activeMutant: { readonly id: string };
  readonly testFilter?: readonly string[];
  readonly hitLimit?: number;
  /** It was come by as the specifications were read, too. */
  readonly reloadEnvironment?: boolean;
}
type MutantRunResult =
  | { status: 'killed'; killedBy: string[]; failureMessage: string; nrOfTests: number }
  | { status: 'survived'; nrOfTests: number }
  | { status: 'timeout'; reason: string }
  | { status: 'error'; errorMessage: string };
interface DryRunResult {
  status: 'complete';
  tests: readonly object[];
  mutantCoverage?: unknown;
}

/** What the mutants look at, and where they count (`INSTRUMENTER_CONSTANTS`). */
interface Stryker {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: unknown;
}
const stryker: Stryker = {};
Object.assign(globalThis, { __stryker__: stryker });

const failureOf = (hold: () => void): string | undefined => {
  try {
    hold();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const OUT_OF_TIME = 'out of time';
const cpuSince = (before: NodeJS.CpuUsage): number => process.cpuUsage(before).user / 1000;

/** As above, but a specification that takes much CPU, and many times what it takes without a mutant, is ended. */
const failureWithin = ({ hold, timeSpentMs }: Timed): string | undefined => {
  const limit = 500 + 10 * timeSpentMs;
  Object.assign(globalThis, { within: hold });
  for (let patience = 1; ; ) {
    const before = process.cpuUsage();
    try {
      WITHIN.runInThisContext({ timeout: Math.ceil(limit * patience) });
      return undefined;
    } catch (error) {
      const ended = error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
      if (!ended) return error instanceof Error ? error.message : String(error);
      const used = cpuSince(before);
      if (used >= limit) return OUT_OF_TIME;
      // The machine was busy: as much longer as it let us wait, and a little more.
      patience *= Math.min(16, Math.max(1.5, (1.2 * limit) / Math.max(used, 1)));
    }
  }
};
const WITHIN = new Script('within()');

/** Mutants are marked with what counts how often each is come by, which takes more time than all the rest. */
const withoutCounting = <Result>(read: () => Result): Result => {
  const loader = require.extensions['.ts'];
  require.extensions['.ts'] = (module, path) => {
    const compile: (code: string, path: string) => unknown = Reflect.get(module, '_compile');
    const uncounted = (code: string) => code.replaceAll(/stryCov_9fa48\(("\d+"(, )?)+\)/g, '0');
    Object.assign(module, { _compile: (code: string, at: string) => compile.call(module, uncounted(code), at) });
    loader?.(module, path);
  };
  try {
    return read();
  } finally {
    require.extensions['.ts'] = loader;
  }
};
