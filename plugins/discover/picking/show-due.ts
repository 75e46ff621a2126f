import type { Context } from "rookery/plugin";
import { Looker } from "../reading/looker.ts";
import { hideChanged } from "./hide-changed.ts";
import { pickColumns, pickFrom, type Pick, type PickRow } from "./picks.ts";

/**
 * Shows every pick whose time has come: gives it its number, files it under its topics, tells the author. Safe to run twice and to be
 * cut off anywhere: the state is written last.
 */
export async function showDue(context: Context): Promise<void> {
  const { tables, clock } = context;
  const looker = new Looker(context);
  for (;;) {
    const rows = await tables.query<PickRow>(
      `SELECT ${pickColumns} FROM p_discover_picks p WHERE p.state = 'due' AND p.show_at <= ? ORDER BY p.show_at, p.id LIMIT 50`,
      [clock.now().toISOString()],
    );
    for (const pick of rows.map(pickFrom)) await show(context, looker, pick);
    if (rows.length < 50) return;
  }
}

/** Makes sure that somebody looks when a pick's time has come. */
export async function showLater(context: Context, showAt: string): Promise<void> {
  const milliseconds = Math.max(0, Date.parse(showAt) - context.clock.now().getTime());
  await context.enqueue("show", {}, { key: `show ${showAt}`, in: { milliseconds } });
}

async function show(context: Context, looker: Looker, pick: Pick): Promise<void> {
  const { tables, numbers } = context;
  // Nobody looked at what it says now.
  if ((await looker.behind(pick)) === "changed") return hideChanged(context, pick);
  const number = pick.number || (await numbers.of([pick.id])).get(pick.id)!;
  await file(context, pick, number);
  if (pick.number === 0)
    await context.notify(pick.authorId, {
      kind: "discover",
      key: "notice.picked",
      url: `/c/${pick.item}`,
      subject: pick.id,
    });
  await tables.run("UPDATE p_discover_picks SET state = 'shown', number = ? WHERE id = ? AND state = 'due'", [number, pick.id]);
}

async function file({ tables }: Context, { id, topics, blogId, language }: Pick, number: number): Promise<void> {
  const wanted = ["", ...topics];
  const filed = await tables.query<{ topic_id: string }>("SELECT topic_id FROM p_discover_filed WHERE pick_id = ?", [id]);
  const known = new Set(filed.map(({ topic_id: topic }) => topic));
  for (const topic of known)
    if (!wanted.includes(topic)) await tables.run("DELETE FROM p_discover_filed WHERE pick_id = ? AND topic_id = ?", [id, topic]);
  for (const topic of wanted.filter((one) => !known.has(one))) {
    const insert = "INSERT INTO p_discover_filed (pick_id, topic_id, blog_id, number, language) VALUES (?, ?, ?, ?, ?)";
    // Two at once file the same.
    await tables.run(insert, [id, topic, blogId, number, language]).catch(async (error: unknown) => {
      const sql = "SELECT number FROM p_discover_filed WHERE pick_id = ? AND topic_id = ?";
      if ((await tables.query(sql, [id, topic])).length === 0) throw error;
    });
  }
  await tables.run("UPDATE p_discover_filed SET number = ?, language = ? WHERE pick_id = ?", [number, language, id]);
}
