import { PublicError } from "rookery/plugin";
import { candidateOf } from "../picking/candidate.ts";
import { change, confirm, second, undo } from "../picking/change.ts";
import { pick } from "../picking/pick.ts";
import { pickById } from "../picking/picks.ts";
import { skip, unskip } from "../picking/skip.ts";
import { wishFrom } from "../picking/wish.ts";
import { leaveOut } from "../standing/left-out.ts";
import { postPage } from "./post.ts";
import { backOf, numberIn, reasonIn, sentenceOf, type Request } from "./request.ts";

type Act = (request: Request, fields: URLSearchParams) => Promise<string>;

/** What curators do at the desk, by the button; each gives the key of what is said then. */
const acts: Readonly<Record<string, Act>> = {
  async pick(request, fields) {
    const { state, showAt } = await pick(request.context, request.account!, numberIn(fields), wishOf(request, fields));
    if (state === "second") return "desk.second-done";
    return showAt > request.context.clock.now().toISOString() ? "desk.scheduled-done" : "desk.picked-done";
  },
  async change(request, fields) {
    await change(request.context, request.account!, fields.get("id") ?? "", wishOf(request, fields));
    return "desk.changed-done";
  },
  async skip(request, fields) {
    await skip(request.context, request.account!, await postOf(request, fields));
    return "desk.skipped-done";
  },
  async unskip(request, fields) {
    await unskip(request.context, request.account!, await postOf(request, fields));
    return "desk.unskipped-done";
  },
  async "leave-out"(request, fields) {
    const { authorId } = await postOf(request, fields);
    await leaveOut(request.context, request.account!, (await request.context.accounts.byId(authorId))!, reasonIn(fields));
    return "desk.left-out-done";
  },
  async undo(request, fields) {
    await undo(request.context, request.account!, fields.get("id") ?? "", reasonIn(fields));
    return "desk.undone";
  },
  async second(request, fields) {
    await second(request.context, request.account!, fields.get("id") ?? "", fields.get("mark") ?? "");
    return "desk.seconded";
  },
  async confirm(request, fields) {
    await confirm(request.context, request.account!, fields.get("id") ?? "", fields.get("mark") ?? "");
    return "desk.confirmed";
  },
};

/** Does what a button of the desk says. What was typed stands there again when it is refused. */
export async function deskForm(request: Request) {
  const { fields } = await request.form();
  const intent = fields.get("intent") ?? "";
  const act = Object.hasOwn(acts, intent) ? acts[intent] : undefined;
  if (!act) throw new PublicError("no-intent", "This button is not known here.", 400);
  try {
    return request.redirect(backOf(request, fields), request.context.t(await act(request, fields)));
  } catch (error) {
    const isForm = intent === "pick" || intent === "change";
    if (!(error instanceof PublicError) || error.status === 404 || !isForm) throw error;
    const number = intent === "pick" ? numberIn(fields) : (await pickById(request.context, fields.get("id") ?? ""))?.item;
    if (number === undefined) throw error;
    return postPage(request, { sentence: sentenceOf(error, request), fields, number });
  }
}

const wishOf = ({ account }: Request, fields: URLSearchParams) => wishFrom(fields, account!.timeZone || "UTC");

async function postOf({ context }: Request, fields: URLSearchParams) {
  const number = numberIn(fields);
  const { post } = await candidateOf(context, number);
  return { number, url: post.url, authorId: post.authorId };
}
