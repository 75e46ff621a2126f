import type { Scope } from "../hooks/scope.ts";
import { giveNumbers, numbersOf, subjectOf } from "../posts/numbers.ts";
import type { Context } from "./context.types.ts";

/** Whole numbers that apps name things by; what has none yet gets its own. */
export function numbersApi(scope: Scope): Context["numbers"] {
  return {
    async of(ids) {
      const known = await numbersOf(scope.storage, ids);
      const missing = [...new Set(ids)].filter((id) => !known.has(id));
      if (missing.length === 0) return known;
      // What belongs to no blog has a number all the same.
      const blogId = scope.blog?.id ?? "";
      const given = await scope.storage.write((db) =>
        giveNumbers(
          db,
          missing.map((id) => ({ id, blogId })),
        ),
      );
      return new Map([...known, ...given]);
    },
    subject: (number) => subjectOf(scope.storage, number),
  };
}
