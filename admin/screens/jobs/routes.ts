import { PublicError } from "../../../core/errors.ts";
import type { JobState } from "../../../core/jobs/job.ts";
import { cancelJob, countJobs, listJobs, retryJob } from "../../../core/jobs/list-jobs.ts";
import { audit } from "../../../core/people/audit.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";

/** The queue: what waits, runs and failed. */
export const jobScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/admin/jobs", access: "admin", run: list },
  { method: "POST", path: "/admin/jobs/:id/retry", access: "admin", run: retry },
  { method: "POST", path: "/admin/jobs/:id/cancel", access: "admin", run: cancel },
];

const states = ["waiting", "running", "dead", "parked"] as const satisfies readonly JobState[];

async function list(request: AdminRequest) {
  const { storage } = request.house;
  const asked = request.query.get("state") as JobState | null;
  const state: JobState = asked && states.includes(asked) ? asked : "waiting";
  const after = request.query.get("after");
  const { jobs, next } = await listJobs(storage, { state, limit: 30, ...(after ? { after } : {}) });
  const counts = await countJobs(storage);
  const items = states.map((name) => ({
    href: `/admin/jobs?state=${name}`,
    label: `${request.t(`jobs.${name}`)} (${counts[name] > 1000 ? "1,000+" : counts[name]})`,
    isCurrent: name === state,
  }));
  const older = next && `/admin/jobs?state=${state}&after=${encodeURIComponent(next)}`;
  return request.html("screens/jobs/list", request.t("jobs.title"), { jobs, items, state, older });
}

async function retry(request: AdminRequest) {
  const { id = "" } = request.params;
  if (!(await retryJob(request.house.storage, id, request.scope.clock.now()))) throw gone(request);
  await note(request, "job.retried");
  return request.redirect(await backTo(request), request.t("jobs.retried"));
}

async function cancel(request: AdminRequest) {
  const { id = "" } = request.params;
  if (!(await cancelJob(request.house.storage, id))) throw gone(request);
  await note(request, "job.cancelled");
  return request.redirect(await backTo(request), request.t("jobs.cancelled"));
}

async function backTo(request: AdminRequest): Promise<string> {
  const wanted = (await request.form()).fields.get("state");
  const state = states.find((one) => one === wanted);
  return state ? `/admin/jobs?state=${state}` : "/admin/jobs";
}

const gone = ({ t }: AdminRequest) => new PublicError("job.gone", t("jobs.gone"), 404);

async function note({ house, account, params, scope }: AdminRequest, action: string): Promise<void> {
  const entry = { action, subject: params.id ?? "", accountId: account!.id, via: "web", address: scope.address };
  await house.storage.write((db) => audit(db, entry, scope.clock.now()));
}
