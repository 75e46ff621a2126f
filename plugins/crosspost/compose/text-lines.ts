/** Puts a text together from pieces and breaks: white space folded, lines of quotes marked. */
export class TextLines {
  text = "";
  quoteDepth = 0;
  /** Inside `pre`: white space stays. */
  isLiteral = false;
  #newlines = 0;
  #hasMark = false;

  get isAtLineStart(): boolean {
    return this.text === "" || this.#newlines > 0 || this.#hasMark;
  }

  /** Where the next letter will stand, after breaks that are still to be written. */
  get nextLetter(): number {
    return this.isAtLineStart && !this.#hasMark ? this.#written().length : this.text.length;
  }

  add(piece: string): void {
    if (this.isLiteral) {
      for (const [at, line] of piece.replace(/\n$/, "").split("\n").entries()) {
        if (at > 0) this.lineBreak();
        this.#append(line);
      }
      return;
    }
    const folded = piece.replace(/[\s\u00a0]+/g, " ");
    const isStart = this.isAtLineStart || this.text.endsWith(" ");
    this.#append(isStart ? folded.trimStart() : folded);
  }

  /** What stands before an entry of a list. */
  mark(mark: string): void {
    this.#append(mark);
    this.#hasMark = true;
  }

  /** Another line, also after an empty one. */
  lineBreak(): void {
    if (this.text === "") return;
    this.#newlines = Math.min(this.#newlines + 1, 2);
    this.#hasMark = false;
  }

  /** The next text begins a line. */
  line(): void {
    if (this.text !== "" && !this.#hasMark) this.#newlines = Math.max(this.#newlines, 1);
  }

  /** The next text begins a paragraph. */
  paragraph(): void {
    if (this.text !== "" && !this.#hasMark) this.#newlines = 2;
  }

  #append(piece: string): void {
    if (piece === "") return;
    if (!this.#hasMark) this.text = this.#written();
    this.text += piece;
    this.#newlines = 0;
    this.#hasMark = false;
  }

  // The text with the breaks and quote marks that are due before the next letter.
  #written(): string {
    const isStart = this.text === "" || this.#newlines > 0;
    if (!isStart) return this.text;
    const before = this.#newlines > 0 ? this.text.trimEnd() + "\n".repeat(this.#newlines) : this.text;
    return before + "> ".repeat(this.quoteDepth);
  }
}
