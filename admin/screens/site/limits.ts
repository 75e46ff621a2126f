import { changeFacts, factRanges, installationFacts } from "../../../core/installation/facts.ts";
import { setSignUpRules, signUpRules } from "../../../core/residents/joining/sign-up-rules.ts";
import type { AdminRequest } from "../../request.ts";
import { saveFormPart, showForm, type FormPart } from "./section.ts";

/** How much of everything: photos of a post, sizes of files, blogs of a member. */
export function showLimits(request: AdminRequest) {
  return showForm(request, limits(request));
}

/** Keeps it. */
export function saveLimits(request: AdminRequest) {
  return saveFormPart(request, limits(request));
}

function limits({ house, t, scope }: AdminRequest): FormPart {
  const number = (name: keyof typeof factRanges, label: string, help?: string) => {
    const [min, max] = factRanges[name];
    return { type: "number", label, min, max, step: 1, required: true, ...(help !== undefined && { help }) } as const;
  };
  return {
    part: "limits",
    fields: {
      photosPerPost: number("photosPerPost", t("site.photos"), t("site.photos-hint")),
      imageMegabytes: number("imageMegabytes", t("site.images"), t("site.most", { n: factRanges.imageMegabytes[1] })),
      audioMegabytes: number("audioMegabytes", t("site.audio"), t("site.most", { n: factRanges.audioMegabytes[1] })),
      videoMegabytes: number("videoMegabytes", t("site.video"), t("site.most", { n: factRanges.videoMegabytes[1] })),
      blogsEach: {
        type: "number",
        label: t("site.blogs-each"),
        help: t("site.blogs-each-hint"),
        min: 0,
        max: 100,
        step: 1,
        required: true,
      },
    },
    stored: async () => ({
      ...(await installationFacts(house.storage)),
      blogsEach: (await signUpRules(house.storage)).blogsEach,
    }),
    keep: async (db, { blogsEach, ...facts }) => {
      const whole = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, Math.round(Number(value))]));
      await changeFacts(db, whole, scope.clock.now());
      const rules = await signUpRules(db);
      await setSignUpRules(db, { ...rules, blogsEach: Math.round(Number(blogsEach)) }, scope.clock.now());
    },
  };
}
