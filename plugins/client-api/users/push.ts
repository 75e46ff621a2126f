import { createHash } from "node:crypto";
import type { Reply } from "rookery/plugin";
import { answer, done, invalid } from "../wire/answers.ts";
import { textOf } from "../wire/input.ts";
import type { Call } from "../wire/route.ts";

const mostDevices = 20;

type Device = { readonly token: string; readonly env: string; readonly app: string; readonly hash: string };

/** `POST /users/push/register`: a device that wants to be told. The oldest of many makes room. */
export async function register({ context, input, need }: Call): Promise<Reply> {
  const { account } = need("any");
  const device = deviceIn(input);
  const { tables, clock } = context;
  await tables.run("DELETE FROM p_client_api_devices WHERE account_id = ? AND device_hash = ?", [account.id, device.hash]);
  await tables
    .run(
      `INSERT INTO p_client_api_devices (account_id, device_hash, blog_id, device_token, push_env, app_name, created_at)
       VALUES (?, ?, '', ?, ?, ?, ?)`,
      [account.id, device.hash, device.token, device.env, device.app, clock.now().toISOString()],
    )
    // The same device twice at once is there all the same.
    .catch(() => undefined);
  const all = await tables.query<{ device_hash: string }>(
    "SELECT device_hash FROM p_client_api_devices WHERE account_id = ? ORDER BY created_at DESC, device_hash",
    [account.id],
  );
  for (const { device_hash: hash } of all.slice(mostDevices))
    await tables.run("DELETE FROM p_client_api_devices WHERE account_id = ? AND device_hash = ?", [account.id, hash]);
  return answer({ status: "success" });
}

/** `POST /users/push/unregister`; also of one that was not there. */
export async function unregister({ context, input, need }: Call): Promise<Reply> {
  const { account } = need("any");
  const { hash } = deviceIn(input);
  await context.tables.run("DELETE FROM p_client_api_devices WHERE account_id = ? AND device_hash = ?", [account.id, hash]);
  return done();
}

/** `GET /users/push/info`: the caller's devices. */
export async function devices({ context, need }: Call): Promise<Reply> {
  const { account } = need("any");
  const rows = await context.tables.query(
    "SELECT device_token, push_env, app_name FROM p_client_api_devices WHERE account_id = ? ORDER BY created_at DESC, device_hash",
    [account.id],
  );
  return answer(
    rows.map((row) => ({
      device_token: String(row.device_token),
      push_env: String(row.push_env),
      app_name: String(row.app_name),
    })),
  );
}

function deviceIn(input: URLSearchParams): Device {
  const [token, env, app] = [textOf(input, "device_token"), textOf(input, "push_env").toLowerCase(), textOf(input, "app_name")];
  if (!/^[\x21-\x7e]{1,500}$/.test(token)) throw invalid("device_token is missing, or is none.");
  const surroundings = env.startsWith("dev") ? "dev" : "prod";
  const hash = createHash("sha256").update(`${surroundings} ${token}`).digest("hex");
  return { token, env: /^(dev|prod|production)$/.test(env) ? env : surroundings, app: app.slice(0, 100), hash };
}
