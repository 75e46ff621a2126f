import type { FieldProblem, RawValues } from "../../../core/hooks/field-values.ts";
import { checkValue } from "../../../core/hooks/field-values.ts";
import type { Fields } from "../../../core/hooks/fields.ts";
import type { Json } from "../../../core/hooks/values.ts";
import type { Transaction } from "../../../core/storage/storage.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { generatedForm } from "../../components/generated-form/controls.ts";
import { problemSummary } from "../../components/generated-form/form-problems.ts";
import { sentValues } from "../../components/generated-form/sent-values.ts";
import type { AdminRequest } from "../../request.ts";
import { noteAct } from "../people/audited.ts";
import { beganFrom, isOvertaken } from "../settings/began-from.ts";

/** The parts of the installation's settings, in the order of the menu. */
export const siteParts = ["general", "registration", "mail", "storage", "limits", "texts", "advanced"] as const;
export type SitePart = (typeof siteParts)[number];

const elsewhere: Partial<Record<SitePart, string>> = {
  general: "/admin/settings",
  registration: "/admin/people#rules",
  mail: "/admin/mail",
};

/** Address of a part. */
export function siteAt(part: SitePart): string {
  return elsewhere[part] ?? `/admin/settings/${part}`;
}

/** Draws a part with the menu of all parts beside it; errors make it a 422. */
export function sitePage(
  request: AdminRequest,
  part: SitePart,
  data: object,
  errors?: Readonly<Record<string, string>>,
): Promise<ScreenReply> {
  const { t } = request;
  const items = siteParts.map((one) => ({ href: siteAt(one), label: t(`site.part-${one}`), isCurrent: one === part }));
  const groups = [{ label: t("site.title"), items }];
  return request.html(
    `screens/site/${part}`,
    t(`site.part-${part}`),
    { ...data, errors, groups, at: siteAt(part) },
    { status: errors ? 422 : 200 },
  );
}

/** A part that is a form of fields: what they are, what is stored, and how it is kept. */
export type FormPart = {
  readonly part: SitePart;
  readonly fields: Fields;
  stored(): Promise<RawValues>;
  keep(db: Transaction, values: Readonly<Record<string, Json>>): Promise<void>;
};

/** A sent form that was not kept. */
type Refused = {
  readonly sent: URLSearchParams;
  readonly problems: Readonly<Record<string, FieldProblem>>;
  readonly isOvertaken?: boolean;
};

const noChoices = async () => ({ list: [] });

/** Shows a form of the installation. */
export function showForm(request: AdminRequest, part: FormPart): Promise<ScreenReply> {
  return page(request, part);
}

/** Checks and keeps a form of the installation; what is refused comes back as it was typed. */
export async function saveFormPart(request: AdminRequest, part: FormPart): Promise<ScreenReply> {
  const { house, t } = request;
  const { fields: sent } = await request.form();
  const { values } = await sentValues(sent, { fields: part.fields, choicesOf: noChoices, timeZone: "UTC" });
  const problems: Record<string, FieldProblem> = {};
  const kept: Record<string, Json> = {};
  for (const [name, value] of Object.entries(values)) {
    const checked = checkValue(part.fields[name]!, value);
    if (checked.ok) kept[name] = checked.value;
    else problems[name] = checked.problem;
  }
  if (Object.keys(problems).length > 0) return page(request, part, { sent, problems });
  if (isOvertaken(sent, await part.stored(), kept)) return page(request, part, { sent, problems, isOvertaken: true });
  await house.storage.write(async (db) => {
    await part.keep(db, kept);
    await noteAct(request, db, { action: `site.${part.part}`, subject: Object.keys(kept).join(", ") });
  });
  return request.redirect(siteAt(part.part), t("site.saved"));
}

async function page(request: AdminRequest, { part, fields, stored }: FormPart, refused?: Refused): Promise<ScreenReply> {
  const now = await stored();
  const form = await generatedForm({ fields, stored: now, choicesOf: noChoices, timeZone: "UTC", ...refused });
  const data = { form, began: beganFrom(now) };
  if (!refused?.isOvertaken) return sitePage(request, part, data, refused && problemSummary(request.t, refused.problems));
  return {
    ...(await sitePage(request, part, data, { [Object.keys(fields)[0]!]: request.t("settings.overtaken") })),
    status: 409,
  };
}
