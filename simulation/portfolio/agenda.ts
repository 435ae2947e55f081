import type { BusinessDate } from '../../domain/kernel';

/** What is to be done on which day, in the order in which it was put down. */
export class Agenda<Item> {
  readonly #days = new Map<BusinessDate, Item[]>();

  put(on: BusinessDate, item: Item): void {
    const day = this.#days.get(on);
    if (day) day.push(item);
    else this.#days.set(on, [item]);
  }

  /** Takes what is down for a day off the agenda. */
  take(on: BusinessDate): readonly Item[] {
    const items = this.#days.get(on) ?? [];
    this.#days.delete(on);
    return items;
  }
}
