import type { Position } from '../event-store';

interface Piece {
  readonly through: Position;
  finished: boolean;
}

/** How far work has come that finishes out of order: up to the first piece that has not. */
export class Progress {
  private pieces: Piece[] = [];
  private next = 0;

  /** @param place everything up to here was finished before */
  constructor(private place: Position) {}

  /** Everything up to here is finished. */
  get checkpoint(): Position {
    return this.place;
  }

  /** Begins the next piece of work, in order of the feed; it reaches up to a position. Returns what finishes it. */
  begin(through: Position): () => void {
    const piece: Piece = { through, finished: false };
    this.pieces.push(piece);
    return () => {
      piece.finished = true;
      this.advance();
    };
  }

  /** There is nothing to do up to a position. */
  pass(through: Position): void {
    this.begin(through)();
  }

  private advance(): void {
    for (let piece = this.pieces[this.next]; piece?.finished; piece = this.pieces[this.next]) {
      // Feeds of a consumer group may hand out events that lie further back.
      if (piece.through > this.place) this.place = piece.through;
      this.next += 1;
    }
    if (this.next >= 1_024 || this.next === this.pieces.length) {
      this.pieces = this.pieces.slice(this.next);
      this.next = 0;
    }
  }
}
