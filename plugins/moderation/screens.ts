import type { PluginScreen } from "rookery/plugin";
import { applyForm, noteForm, undoForm } from "./screens/act.ts";
import { appealForm, appealPage, ownDecisionsPage } from "./screens/appeal.ts";
import { answerForm, appealsPage, oneAppealPage } from "./screens/appeals.ts";
import { aboutPage, casePage } from "./screens/case.ts";
import { decidedForm, decidedPage } from "./screens/decided.ts";
import { domainsFile, domainsForm, domainsPage } from "./screens/domains.ts";
import { guidelinesPage } from "./screens/guidelines.ts";
import { heldForm, heldPage } from "./screens/held.ts";
import { newcomersForm, newcomersPage } from "./screens/newcomers.ts";
import { bulkForm, queuePage } from "./screens/queue.ts";
import { reportForm, reportPage, thanksPage } from "./screens/report.ts";
import type { Settings } from "./settings.ts";

const open = { on: "hub", access: "public" } as const;
const desk = { on: "hub", access: "moderator" } as const;
const post = { method: "POST" } as const;
const [report, guidelines, appeal, queue] = [
  "Report",
  "Community guidelines",
  "A decision of the moderators",
  "Moderation",
] as const;

/** What everybody sees of moderation, and the moderators' desk. */
export const screens: readonly PluginScreen<Settings>[] = [
  { ...open, path: "/report", title: report, example: { handle: "kim" }, run: (request) => reportPage(request) },
  { ...open, ...post, path: "/report", title: report, run: reportForm },
  { ...open, path: "/report/thanks", title: "Thank you", run: thanksPage },
  { ...open, path: "/guidelines", title: guidelines, menu: "you", run: guidelinesPage },
  { on: "hub", access: "member", path: "/appeal", title: "What moderators decided about you", run: ownDecisionsPage },
  { ...open, path: "/appeal/:id", title: appeal, run: (request) => appealPage(request) },
  { ...open, ...post, path: "/appeal/:id", title: appeal, run: appealForm },
  { ...desk, path: "/admin/moderation", title: queue, menu: "installation", run: (request) => queuePage(request) },
  { ...desk, ...post, path: "/admin/moderation", title: queue, run: bulkForm },
  { ...desk, path: "/admin/moderation/case/:id", title: "A case", run: casePage },
  { ...desk, path: "/admin/moderation/about", title: "Moderate", example: { handle: "lee" }, run: aboutPage },
  { ...desk, ...post, path: "/admin/moderation/apply", title: "Moderate", run: applyForm },
  { ...desk, ...post, path: "/admin/moderation/undo", title: "Moderate", run: undoForm },
  { ...desk, ...post, path: "/admin/moderation/note", title: "Moderate", run: noteForm },
  { ...desk, path: "/admin/moderation/new", title: "New sign-ups", run: (request) => newcomersPage(request) },
  { ...desk, ...post, path: "/admin/moderation/new", title: "New sign-ups", run: newcomersForm },
  { ...desk, path: "/admin/moderation/held", title: "Held posts and replies", run: (request) => heldPage(request) },
  { ...desk, ...post, path: "/admin/moderation/held", title: "Held posts and replies", run: heldForm },
  { ...desk, path: "/admin/moderation/appeals", title: "Appeals", run: appealsPage },
  { ...desk, path: "/admin/moderation/appeals/:id", title: "An appeal", run: (request) => oneAppealPage(request) },
  { ...desk, ...post, path: "/admin/moderation/appeals/:id", title: "An appeal", run: answerForm },
  { ...desk, path: "/admin/moderation/decided", title: "Decided", run: (request) => decidedPage(request) },
  { ...desk, ...post, path: "/admin/moderation/decided", title: "Decided", run: decidedForm },
  { ...desk, path: "/admin/moderation/domains", title: "Blocked domains", run: (request) => domainsPage(request) },
  { ...desk, ...post, path: "/admin/moderation/domains", title: "Blocked domains", run: domainsForm },
  { ...desk, path: "/admin/moderation/domains/:file", title: "Blocked domains", run: domainsFile },
];
