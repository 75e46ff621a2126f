/** A fact that plugins were told. */
export type ToldFact = { readonly name: string; readonly value: unknown; readonly blogId: string | null };
