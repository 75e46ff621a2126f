import { prefix, rowCount } from "./sent-values.ts";

/** A form after a button of one of its lists: what was typed, with the entry added, removed or moved. */
export type Changed = { readonly sent: URLSearchParams; readonly focus: string };

/**
 * Does what the button of a list asks (`intent` is `list:add:links`, `list:remove:links:0`, `list:up:links:1`,
 * `list:down:links:0`): works without script, stores nothing. Null when the form was sent by another button.
 */
export function listButton(sent: URLSearchParams): Changed | null {
  const match = /^list:(add|remove|up|down):([a-zA-Z][\w]{0,39})(?::(\d{1,2}))?$/.exec(sent.get("intent") ?? "");
  if (!match) return null;
  const [, act, key, index] = match as unknown as [string, "add" | "remove" | "up" | "down", string, string | undefined];
  const name = prefix + key;
  const at = Number(index ?? 0);
  const order = Array.from({ length: rowCount(sent, name) }, (_, row) => row);
  if (act === "add") order.push(order.length);
  else if (act === "remove") order.splice(at, 1);
  else {
    const to = act === "up" ? at - 1 : at + 1;
    if (order[at] !== undefined && order[to] !== undefined) [order[at], order[to]] = [order[to], order[at]];
  }
  return { sent: reordered(sent, name, order.slice(0, 50)), focus: focusOf(name, act, at, order.length) };
}

function reordered(sent: URLSearchParams, name: string, order: readonly number[]): URLSearchParams {
  const next = new URLSearchParams([...sent].filter(([one]) => one !== "intent" && !one.startsWith(`${name}.`)));
  next.set(`${name}.rows`, String(order.length));
  for (const [to, from] of order.entries())
    for (const [one, text] of sent) {
      const start = `${name}.${from}.`;
      if (one.startsWith(start)) next.append(`${name}.${to}.${one.slice(start.length)}`, text);
    }
  return next;
}

// Where somebody goes on: the new entry, the moved one, or the one that took the place of the removed.
function focusOf(name: string, act: string, at: number, rows: number): string {
  const row = act === "add" ? rows - 1 : act === "up" ? at - 1 : act === "down" ? at + 1 : Math.min(at, rows - 1);
  return `${name}.${Math.max(0, row)}`;
}
