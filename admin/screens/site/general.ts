import { changeFacts, installationFacts } from "../../../core/installation/facts.ts";
import { isLanguage, isTimeZone } from "../../../core/people/zones.ts";
import { languageChoices, zoneChoices } from "../../choices.ts";
import type { AdminRequest } from "../../request.ts";
import { saveFormPart, showForm, type FormPart } from "./section.ts";

/** How the installation is called, who runs it, and what new blogs begin with. */
export async function showGeneral(request: AdminRequest) {
  return showForm(request, await general(request));
}

/** Keeps it. */
export async function saveGeneral(request: AdminRequest) {
  return saveFormPart(request, await general(request));
}

async function general({ house, t, scope, language }: AdminRequest): Promise<FormPart> {
  const facts = await installationFacts(house.storage);
  return {
    part: "general",
    fields: {
      name: { type: "text", label: t("site.name"), help: t("site.name-hint"), pattern: "[^\\n]{0,100}" },
      contact: { type: "email", label: t("site.contact"), help: t("site.contact-hint") },
      language: {
        type: "select",
        label: t("site.language"),
        help: t("site.language-hint"),
        required: true,
        options: languageChoices(language, isLanguage(facts.language) ? facts.language : undefined),
      },
      timeZone: {
        type: "select",
        label: t("site.zone"),
        required: true,
        options: zoneChoices(isTimeZone(facts.timeZone) ? facts.timeZone : undefined),
      },
    },
    stored: async () => ({ ...facts }),
    keep: (db, values) => changeFacts(db, values, scope.clock.now()),
  };
}
