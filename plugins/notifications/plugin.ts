import { definePlugin, type Interaction } from "rookery/plugin";
import type { NotificationStore } from "./api.ts";
import { accountExport } from "./export.ts";
import { hasUnread, markRead, noticesOf } from "./reading/notices.ts";
import { oneClick } from "./one-click.ts";
import type { Own } from "./settings.ts";
import { screens } from "./screens.ts";
import { tables } from "./tables.ts";
import { sendDigests } from "./telling/digest.ts";
import { followInteraction } from "./telling/interactions.ts";
import { mailNotice } from "./telling/mail.ts";
import { dropNotices, takeNotice } from "./telling/take.ts";
import { eraseAccount, upkeep } from "./upkeep.ts";

const followed = {
  durable: true,
  run: ({ interaction }: { interaction: Interaction }, context: Own) => followInteraction(context, interaction),
} as const;

/** Telling people what concerns them: a list in the dashboard, and mail for who wants it. Quiet unless told otherwise. */
export default definePlugin({
  id: "notifications",
  name: "Notifications",
  description:
    "Tells people who answered or mentioned them and what was decided: a quiet list in the dashboard, and mail or a digest for who wants it.",
  version: "1.0.0",
  api: 1,
  category: "Social",
  scope: "network",
  sets: ["community"],
  capabilities: ["posts:read", "interactions:read", "accounts:read", "mail:send"],
  tables,
  services: {
    "account.export": (context) => accountExport(context),
    "notifications.store": (context): NotificationStore => ({
      list: (accountId, page) => noticesOf(context(), accountId, page),
      hasUnread: (accountId) => hasUnread(context(), accountId),
      markRead: (accountId, which) => markRead(context(), accountId, which),
    }),
  },
  hooks: {
    "account.notice": { durable: true, run: ({ accountId, notice }, context) => takeNotice(context, accountId, notice) },
    "account.noticeGone": { durable: true, run: (gone, context) => dropNotices(context, gone) },
    "account.erased": { durable: true, run: ({ accountId }, context) => eraseAccount(context, accountId) },
    "interaction.received": followed,
    "interaction.decided": followed,
    "interaction.removed": followed,
  },
  screens,
  routes: [oneClick],
  jobs: {
    mail: { run: (data, context) => mailNotice(data, context) },
    digests: { run: (_, context) => sendDigests(context), every: { hours: 1 }, timeout: { minutes: 10 } },
    upkeep: { run: (_, context) => upkeep(context), every: { hours: 24 }, timeout: { minutes: 10 } },
  },
});
