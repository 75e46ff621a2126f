import type { Context, HealthCheck } from "rookery/plugin";

/** One line for the self-check: how many subscribers there are, and how many cannot be reached. */
export async function healthOf(context: Context): Promise<HealthCheck[]> {
  const [row] = await context.tables.query(
    `SELECT COUNT(*) AS everybody, SUM(CASE WHEN failures >= 3 THEN 1 ELSE 0 END) AS silent
     FROM p_websub_subscriptions WHERE expires_at > ?`,
    [context.clock.now().toISOString()],
  );
  const [subscribers, silent] = [Number(row?.everybody ?? 0), Number(row?.silent ?? 0)];
  const isWorrying = silent > 0 && silent * 2 >= subscribers;
  return [
    {
      id: "websub",
      label: context.t("health.label"),
      status: isWorrying ? "advice" : "good",
      detail: context.t(isWorrying ? "health.silent" : "health.good", { subscribers, silent }),
    },
  ];
}
