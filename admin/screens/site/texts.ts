import { changePolicy, policyNames, policyText } from "../../../core/installation/facts.ts";
import type { AdminRequest } from "../../request.ts";
import { saveFormPart, showForm, type FormPart } from "./section.ts";

/** The texts that everybody can read: terms, and what becomes of people's data. */
export function showTexts(request: AdminRequest) {
  return showForm(request, texts(request));
}

/** Keeps them. */
export function saveTexts(request: AdminRequest) {
  return saveFormPart(request, texts(request));
}

function texts({ house, t, scope }: AdminRequest): FormPart {
  return {
    part: "texts",
    fields: {
      terms: { type: "markdown", label: t("site.terms"), help: t("site.terms-hint") },
      privacy: { type: "markdown", label: t("site.privacy"), help: t("site.privacy-hint") },
    },
    stored: async () => {
      const all = policyNames.map(async (name) => [name, await policyText(house.storage, name)] as const);
      return Object.fromEntries(await Promise.all(all));
    },
    keep: async (db, values) => {
      for (const name of policyNames) await changePolicy(db, name, String(values[name] ?? ""), scope.clock.now());
    },
  };
}
