import type { PluginScreenRequest } from "rookery/plugin";
import { choicesOf, digests, saveChoices } from "../choices.ts";
import { kinds, mailWays, type Kind, type KindChoice } from "../kinds.ts";

type Request = PluginScreenRequest<{}>;

/** What somebody wants to hear of, and how. */
export async function settingsPage({ context, account, at }: Request) {
  const { kinds: chosen, digest } = await choicesOf(context, account!.id);
  const { t } = context;
  return {
    template: "settings",
    data: {
      rows: kinds.map((kind) => ({ kind, ...chosen[kind], label: t(`kind.${kind}`), help: t(`kind.${kind}-help`) })),
      ways: mailWays.map((value) => ({ value, label: t(`way.${value}`) })),
      digest,
      digests: digests.map((value) => ({ value, label: t(`digest.${value}`) })),
      action: at("/notifications/settings"),
      back: at("/notifications"),
    },
  };
}

/** Keeps it. What a form leaves out is not ticked; a way there is none of counts as off. */
export async function settingsForm(request: Request) {
  const { context, account, at } = request;
  const { fields } = await request.form();
  const chosen = kinds.map((kind): readonly [Kind, KindChoice] => {
    const mail = mailWays.find((way) => way === fields.get(`mail-${kind}`)) ?? "off";
    return [kind, { isListed: fields.get(`list-${kind}`) !== null, mail }];
  });
  const digest = digests.find((one) => one === fields.get("digest")) ?? "off";
  await saveChoices(context, account!, { kinds: Object.fromEntries(chosen) as Record<Kind, KindChoice>, digest });
  return request.redirect(at("/notifications/settings"), context.t("saved"));
}
