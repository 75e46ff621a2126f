import { definePlugin, type Context } from "rookery/plugin";
import { finishAppeal, tellAppeal } from "./appeals/appeals.ts";
import { appealLinks } from "./appeals/at-sign-in.ts";
import { cards } from "./card.ts";
import { carryOut } from "./decisions/carry-out.ts";
import { moderationDesk } from "./desk.ts";
import { noFollowing } from "./domains/no-following.ts";
import { accountExport } from "./export.ts";
import { folded, keepHidden, keepReplyHidden, mayItSpread, menuOf, moderate } from "./guards.ts";
import { tellModerators, tellReporters } from "./reports/tell.ts";
import { followUpJob } from "./review/follow-up.ts";
import { tellHeld } from "./review/held.ts";
import { noteNewcomer } from "./review/people.ts";
import { screens } from "./screens.ts";
import { sensitiveNote } from "./sensitive-note.ts";
import { settings, type Own } from "./settings.ts";
import { tables } from "./tables.ts";
import { endWhatIsOver, forgetPerson, forgetTheOld, letIn } from "./upkeep.ts";

const own = (context: unknown) => context as Own;
const timeout = { minutes: 5 };
const idIn = (data: unknown, name: string): string => String((data as Record<string, unknown>)[name]);

/** What keeps a community civil: reports, a queue, decisions that can be appealed and taken back, a look at new accounts. */
export default definePlugin({
  id: "moderation",
  name: "Moderation",
  description:
    "Reports by members and visitors, a queue for moderators, decisions with a reason that can be appealed and taken back, and a look at new accounts.",
  version: "1.0.0",
  api: 1,
  category: "Social",
  scope: "network",
  sets: ["community"],
  requires: { plugins: { timeline: "^1.0.0" } },
  capabilities: ["posts:write", "interactions:write", "accounts:read", "mail:send", "moderate"],
  networkSettings: settings,
  tables,
  services: {
    "account.export": (context) => accountExport(context as () => Own),
    "moderation.desk": (context) => moderationDesk(context as () => Own),
    "timeline.source": (context) => noFollowing(context as () => Own),
  },
  hooks: {
    "timeline.spread": { stage: 100, run: (value, context) => mayItSpread(own(context), value) },
    "timeline.actions": (wish, context) => menuOf(own(context), wish),
    "interaction.moderate": { stage: -100, run: (interaction, context) => moderate(own(context), interaction) },
    "interaction.decided": { durable: true, run: ({ interaction }, context) => keepReplyHidden(own(context), interaction) },
    "interaction.received": { durable: true, run: ({ interaction }, context) => keepReplyHidden(own(context), interaction) },
    "post.validate": (post, context) => keepHidden(own(context), post),
    "content.html": { stage: 100, run: (html, context) => folded(own(context), html, context.post) },
    "account.created": ({ account }, context) => noteNewcomer(own(context), account),
    "account.restored": { durable: true, run: ({ account }, context) => letIn(own(context), account.id) },
    "account.shutOut": (who, context) => appealLinks(own(context), who),
    "account.deleted": {
      durable: true,
      run: ({ account }, context) =>
        context.enqueue("forget", { accountId: account.id }, { key: `forget ${account.id}`, in: { hours: 31 * 24 } }),
    },
    "account.erased": { durable: true, run: ({ accountId }, context) => forgetPerson(own(context), accountId) },
    "admin.cards": ({ account }, context) => cards(own(context), account),
  },
  slots: { "after-content": ({ post }, context: Context) => sensitiveNote(own(context), post) },
  styles: ["moderation.css"],
  screens,
  jobs: {
    "carry-out": { timeout, run: async (data, context) => void (await carryOut(own(context), idIn(data, "decisionId"))) },
    "tell-moderators": { timeout, run: (data, context) => tellModerators(data, own(context)) },
    "tell-reporters": { timeout, run: (data, context) => tellReporters(data, own(context)) },
    "tell-held": { timeout, run: (data, context) => tellHeld(own(context), idIn(data, "accountId")) },
    "follow-up": { timeout, run: (data, context) => followUpJob(data, own(context)) },
    "tell-appeal": { timeout, run: (data, context) => tellAppeal(own(context), idIn(data, "decisionId")) },
    "finish-appeal": { timeout, run: (data, context) => finishAppeal(own(context), idIn(data, "decisionId")) },
    forget: { timeout, run: (data, context) => forgetPerson(own(context), idIn(data, "accountId")) },
    "end-what-is-over": { timeout, every: { minutes: 10 }, run: (_, context) => endWhatIsOver(own(context)) },
    "forget-the-old": { timeout, every: { hours: 24 }, run: (_, context) => forgetTheOld(own(context)) },
  },
});
