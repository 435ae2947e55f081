import { addDays, type BusinessDate } from '../../domain/kernel';
import { chance, int, type SeededRandom, seededRandom } from '../random';
import { Agenda } from './agenda';
import { acknowledgementSchema, type Case, worklistSchema } from './answers';
import { Caller, done, type Line, type Reply } from './caller';
import type { Places } from './places';

/** Cases that the collectors come to in a day. */
const CASES_A_DAY = 4;
/** How often debtors are reached, promise something, and keep to it. */
const REACHED = 0.55;
const PROMISES = 0.5;
const KEEPS = 0.5;
/** How often the staff agree on a pause of interest, and give up on their own means. */
const IN_HARDSHIP = 0.06;
const HANDED_OVER = 0.3;

/** Money that somebody means to pay as they have promised. */
interface Intended {
  readonly borrowerId: string;
  readonly loanId: string;
  readonly amount: { readonly amount: string; readonly currency: string };
}

/** What a refusal only says that it cannot be done now: too often, a holiday, a colleague was faster, it is paid. */
const mayBeRefused = <Body>(reply: Reply<Body>): Body | undefined => (reply.kind === 'done' ? reply.body : undefined);

/** Those who turn to borrowers in arrears, and what these have promised. */
export class Collecting {
  readonly #line: Line;
  readonly #collector: Caller;
  readonly #operator: Caller;
  readonly #intended = new Agenda<Intended>();

  private constructor(line: Line, collector: Caller, operator: Caller) {
    this.#line = line;
    this.#collector = collector;
    this.#operator = operator;
  }

  static async by(line: Line, operator: Caller): Promise<Collecting> {
    return new Collecting(line, await Caller.as(line, 'collector', 'collector-1', 'collector'), operator);
  }

  /** A morning of theirs: the worklist from its top, as far as they come; and who has promised to pay today pays. */
  async work(places: Places, date: BusinessDate): Promise<void> {
    const path = `/v1/cases?dueBy=${date}&limit=${CASES_A_DAY}`;
    const { items } = done(await places.take(() => this.#collector.get(path, worklistSchema)), 'worklist');
    await Promise.all([
      places.each(items, (each) => this.#turnTo(each, date)),
      places.each(this.#intended.take(date), (promised) => this.#pay(promised, date)),
    ]);
  }

  async #turnTo(of: Case, date: BusinessDate): Promise<void> {
    const random = seededRandom(this.#line.seed).fork('collecting').fork(`${of.id} ${date}`);
    if (of.stage === 'final' && chance(random, HANDED_OVER)) {
      const agency = { agency: 'Clearwater Recoveries' };
      const path = `/v1/cases/${of.id}/hand-over`;
      done(await this.#operator.post(path, agency, `hand over ${of.id} ${date}`, acknowledgementSchema), 'hand over');
      return;
    }
    if (of.owner === undefined) {
      const path = `/v1/cases/${of.id}/claim`;
      done(await this.#collector.post(path, {}, `claim ${of.id} ${date}`, acknowledgementSchema), 'claim');
    }
    await this.#contact(of, date, random);
  }

  async #contact(of: Case, date: BusinessDate, random: SeededRandom): Promise<void> {
    const means = of.next?.means ?? 'call';
    const path = `/v1/cases/${of.id}/contacts`;
    const contact = { means, party: 'debtor' };
    const asked = await this.#collector.post(path, contact, `contact ${of.id} ${date}`, acknowledgementSchema);
    const allowed = mayBeRefused(asked);
    if (allowed === undefined) return;
    const spoken = means === 'call' || means === 'visit';
    const reached = chance(random, REACHED);
    const result = spoken ? { result: reached ? 'reached' : 'not-reached' } : { result: 'delivered' };
    const told = `${path}/${allowed.id}/result`;
    done(await this.#collector.post(told, result, `result ${allowed.id}`, acknowledgementSchema), 'result');
    if (!spoken || !reached) return;
    if (of.stage !== 'early' && chance(random, IN_HARDSHIP)) await this.#relieve(of, date);
    else if (chance(random, PROMISES)) await this.#promise(of, date, random);
  }

  async #promise({ id, loans, borrowerId }: Case, date: BusinessDate, random: SeededRandom): Promise<void> {
    const [loan] = loans;
    if (loan === undefined) return;
    const { loanId, overdue: amount } = loan;
    const by = addDays(date, int(random, 2, 9));
    const path = `/v1/cases/${id}/promises`;
    const promise = { loanId, amount, by };
    const made = await this.#collector.post(path, promise, `promise ${id} ${date}`, acknowledgementSchema);
    if (mayBeRefused(made) === undefined || !chance(random, KEEPS)) return;
    this.#intended.put(by, { borrowerId, loanId, amount });
  }

  async #relieve({ id, loans }: Case, date: BusinessDate): Promise<void> {
    const [loan] = loans;
    if (loan === undefined) return;
    const plan = { loanId: loan.loanId, relief: { kind: 'interest-pause', through: addDays(date, 30) } };
    const path = `/v1/cases/${id}/hardship-plans`;
    mayBeRefused(await this.#operator.post(path, plan, `hardship ${id} ${date}`, acknowledgementSchema));
  }

  /** Somebody keeps to their word; what has been paid otherwise meanwhile is refused. */
  async #pay({ borrowerId, loanId, amount }: Intended, date: BusinessDate): Promise<void> {
    const caller = await Caller.as(this.#line, 'borrower', borrowerId, `promise of ${borrowerId}`);
    const payment = { kind: 'voluntary', loanId, amount };
    mayBeRefused(await caller.post('/v1/repayments', payment, `kept ${loanId} ${date}`, acknowledgementSchema));
  }
}
