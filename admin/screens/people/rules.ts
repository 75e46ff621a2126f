import { countFrom, setSignUpRules, signUpModes } from "../../../core/residents/joining/sign-up-rules.ts";
import { one } from "../../fields.ts";
import type { AdminRequest } from "../../request.ts";
import { noteAct } from "./audited.ts";
import { listPeople } from "./list.ts";

/** Stores how people join. */
export async function saveRules(request: AdminRequest) {
  const { house, t, scope } = request;
  const { fields } = await request.form();
  const mode = signUpModes.find((name) => name === one(fields, "mode"));
  const [invitationsEach, blogsEach] = [countFrom(one(fields, "invitationsEach")), countFrom(one(fields, "blogsEach"))];
  const errors: Record<string, string> = {};
  if (!mode) errors.mode = t("people.mode-wrong");
  if (invitationsEach === null) errors.invitationsEach = t("people.number-wrong");
  if (blogsEach === null) errors.blogsEach = t("people.number-wrong");
  if (!mode || invitationsEach === null || blogsEach === null) return listPeople(request, { errors, sent: fields });
  const rules = { mode, invitationsEach, blogsEach };
  await house.storage.write(async (db) => {
    await setSignUpRules(db, rules, scope.clock.now());
    await noteAct(request, db, { action: "sign-up.rules", subject: mode, detail: rules });
  });
  return request.redirect("/admin/people#rules", t("people.rules-saved"));
}
