import type { Account, Interaction } from "rookery/plugin";
import { hubOf, type Own } from "../own.ts";
import { rowByUrl } from "../rows/find.ts";
import type { ReplyRow } from "../rows/reply-row.ts";
import { addressedIn } from "../text/names.ts";

type Said = { readonly account: Account; readonly subject: string; readonly number: number };

/** Tells whoever is answered, and people here who are named. The same subject is one notice, however often it is told. */
export async function tellPeople(context: Own, row: ReplyRow, { account, subject, number }: Said): Promise<void> {
  const name = account.name || account.username;
  const from = { name, url: `${hubOf(context)}/people/${account.username}`, avatar: account.photo };
  const tell = (accountId: string, kind: "reply" | "mention") =>
    context.notify(accountId, {
      kind,
      key: `notice.${kind}`,
      values: { name },
      url: `${hubOf(context)}/c/${number}`,
      subject,
      from,
    });
  const answered = row.kind === "reply" ? row.toAccount : "";
  if (answered !== "" && answered !== row.accountId) await tell(answered, "reply");
  for (const id of await addressedIn(context, row.html)) if (id !== row.accountId && id !== answered) await tell(id, "mention");
}

/** The same for one that waited for the owner's yes. */
export async function decided(context: Own, interaction: Interaction, before: Interaction["state"]): Promise<void> {
  if (before !== "held" || interaction.state !== "visible" || interaction.accountId === null) return;
  const hub = await context.as({ blog: null });
  const row = await rowByUrl(hub, interaction.sourceUrl);
  const account = row?.state === "sent" ? await hub.accounts.byId(row.accountId) : null;
  if (row && account) await tellPeople(hub, row, { account, subject: interaction.id, number: row.number });
}
