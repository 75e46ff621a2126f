import { diffWordsWithSpace } from "diff";

/** A stretch of a text; `isOnly` says that the other text does not have it. */
export type Piece = { readonly text: string; readonly isOnly: boolean };

/** Both texts in pieces, with what only one of them says marked. Texts that take too long to compare come unmarked. */
export function differences(
  mine: string,
  theirs: string,
): { readonly mine: readonly Piece[]; readonly theirs: readonly Piece[] } {
  const changes = diffWordsWithSpace(theirs, mine, { timeout: 300 });
  if (!changes) return { mine: [{ text: mine, isOnly: false }], theirs: [{ text: theirs, isOnly: false }] };
  return {
    mine: changes.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, isOnly: added })),
    theirs: changes.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, isOnly: removed })),
  };
}
