import type { Account } from "../../../core/hooks/values.ts";
import type { Person } from "../../../core/people/person.ts";
import { findPeople, type PeopleFilter } from "../../../core/residents/directory/find-people.ts";
import { openInvitations } from "../../../core/residents/joining/invitations.ts";
import { signUpModes, signUpRules } from "../../../core/residents/joining/sign-up-rules.ts";
import { waitingSignUps } from "../../../core/residents/joining/sign-ups.ts";
import { signedIn, type AdminRequest } from "../../request.ts";

/** The roles of the installation, the highest first. */
export const roles = ["admin", "moderator", "curator", "member"] as const satisfies readonly Account["role"][];

const states = ["active", "suspended", "deleted"] as const satisfies readonly Person["state"][];

/** What a form of the page answers with: errors, what was typed, a link that is shown once. */
export type ListState = {
  readonly errors?: Readonly<Record<string, string>>;
  readonly sent?: URLSearchParams;
  readonly link?: string;
};

/** The list of people with, for admins, who waits, who is invited and how one joins. */
export async function listPeople(request: AdminRequest, state: ListState = {}) {
  const { house, t, query } = request;
  const { storage } = house;
  const filter = filterOf(query);
  const { people, next } = await findPeople(storage, filter);
  const isAdmin = signedIn(request).role === "admin";
  const stored = await signUpRules(storage);
  const data = {
    people,
    filter,
    isFiltered: Boolean(filter.q || filter.role || filter.state || filter.after),
    roles: choices(t("people.any-role"), roles, (role) => t(`people.role-${role}`)),
    states: choices(t("people.any-state"), states, (name) => t(`people.state-${name}`)),
    older: next && `/admin/people?${new URLSearchParams({ ...named(filter), after: next })}`,
    isAdmin,
    waiting: isAdmin ? await waitingSignUps(storage, { limit: 100 }) : [],
    invitations: isAdmin ? await openInvitations(storage, { blogId: null }, request.scope.clock.now()) : [],
    modes: signUpModes.map((mode) => ({ value: mode, label: t(`people.mode-${mode}`), hint: t(`people.mode-${mode}-hint`) })),
    rules: { ...stored, ...Object.fromEntries(state.sent ?? []) },
    canMail: house.settings.smtpUrl !== null,
    errors: state.errors,
    link: state.link,
    email: state.sent?.get("email") ?? "",
  };
  return request.html("screens/people/list", t("people.title"), data, { status: state.errors ? 422 : 200 });
}

function filterOf(query: URLSearchParams): PeopleFilter {
  const [q, after] = [query.get("q")?.trim() ?? "", query.get("after") ?? ""];
  const role = roles.find((one) => one === query.get("role"));
  const state = states.find((one) => one === query.get("state"));
  return { ...(q && { q }), ...(after && { after }), ...(role && { role }), ...(state && { state }) };
}

function named({ after: _after, ...rest }: PeopleFilter): Record<string, string> {
  return rest as Record<string, string>;
}

function choices<T extends string>(any: string, values: readonly T[], label: (value: T) => string) {
  return [{ value: "", label: any }, ...values.map((value) => ({ value, label: label(value) }))];
}
