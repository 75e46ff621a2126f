import { logLines } from "../log.ts";
import { desk, personOf, type Request } from "./request.ts";

/** Who did what, when and why. */
export async function logPage(request: Request) {
  const { at, context, query } = request;
  const lines = await logLines(context, query.get("before") ?? undefined);
  const rows = [];
  for (const { id, at: moment, byId, action, subject, reason } of lines)
    rows.push({
      id,
      at: moment,
      by: await personOf(request, byId),
      action: context.t(`log.${action}`),
      subject,
      label: readable(subject),
      isLink: /^https?:/.test(subject),
      reason,
    });
  const older = lines.length === 50 ? `${at(`${desk}/log`)}?before=${lines.at(-1)!.id}` : null;
  return { template: "log", data: { rows, older, back: at(desk) } };
}

// Words in an address as people wrote them.
function readable(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
