/** A set of texts in the order of their code units. */
export class SortedTexts {
  readonly #texts: string[] = [];

  add(text: string): void {
    const at = this.#firstFrom(text);
    if (this.#texts[at] !== text) this.#texts.splice(at, 0, text);
  }

  delete(text: string): void {
    const at = this.#firstFrom(text);
    if (this.#texts[at] === text) this.#texts.splice(at, 1);
  }

  /** At most `limit` of the texts t with from <= t < below: the first ones, or the last ones backwards. */
  range(from: string, below: string, limit: number, backwards: boolean): readonly string[] {
    const start = this.#firstFrom(from);
    const end = this.#firstFrom(below);
    return backwards
      ? this.#texts.slice(Math.max(start, end - limit), end).reverse()
      : this.#texts.slice(start, Math.min(end, start + limit));
  }

  #firstFrom(text: string): number {
    let low = 0;
    let high = this.#texts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#texts[middle] ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
