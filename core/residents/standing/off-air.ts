import { blogOf, type Scope } from "../../hooks/scope.ts";

/** Whether the scope's blog is suspended or deleted: nothing of it may appear anywhere. */
export async function isOffAir(scope: Scope): Promise<boolean> {
  const [row] = await scope.storage.query("SELECT state FROM blogs WHERE id = ?", [blogOf(scope).id]);
  return row?.state !== "active";
}
