import type { Account, Reply } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { done } from "../wire/answers.ts";
import { textOf } from "../wire/input.ts";
import type { Call } from "../wire/route.ts";
import type { Clock } from "../wire/when.ts";

/** `POST /account/timezone`: how somebody's apps write times. What is not said, or makes no sense, stays as it was. */
export async function setClock({ context, input, need }: Call): Promise<Reply> {
  const { account } = need("any");
  const before = await clockOf(context, account);
  const minutes = /^-?\d{1,4}(\.0+)?$/.test(textOf(input, "minutes")) ? Number(textOf(input, "minutes")) : Number.NaN;
  const [hours, order, separator] = [textOf(input, "format"), textOf(input, "order").toLowerCase(), textOf(input, "separator")];
  const values = [
    Math.abs(minutes) <= 14 * 60 ? minutes : (before.minutes ?? null),
    hours === "24" || hours === "12" ? Number(hours) : before.hours,
    /^(ymd|mdy|dmy)$/.test(order) ? order : before.order,
    /^[-/.]$/.test(separator) ? separator : before.separator,
  ];
  await keep(context, account.id, values);
  return done();
}

async function keep({ tables }: Own, accountId: string, values: readonly (string | number | null)[]): Promise<void> {
  await tables.run("DELETE FROM p_client_api_clocks WHERE account_id = ?", [accountId]);
  const sql =
    "INSERT INTO p_client_api_clocks (account_id, blog_id, minutes, hours, day_order, date_mark) VALUES (?, '', ?, ?, ?, ?)";
  // Two devices at once: one of them is right.
  await tables.run(sql, [accountId, ...values]).catch(() => 0);
}

/** How somebody wants times written: as their app said, else by the zone of their account. */
export async function clockOf({ tables }: Pick<Own, "tables">, account: Account | null): Promise<Clock> {
  const usual: Clock = { zone: account?.timeZone || "UTC", minutes: null, hours: 12, order: "ymd", separator: "-" };
  if (!account) return usual;
  const [row] = await tables.query("SELECT minutes, hours, day_order, date_mark FROM p_client_api_clocks WHERE account_id = ?", [
    account.id,
  ]);
  if (!row) return usual;
  const { minutes, hours, day_order: order, date_mark: separator } = row;
  return {
    zone: usual.zone,
    minutes: minutes === null ? null : Number(minutes),
    hours: Number(hours) === 24 ? 24 : 12,
    order: order as Clock["order"],
    separator: String(separator),
  };
}
