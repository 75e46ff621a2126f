import { siteSettingsOf, slotsFrom, withDesign } from "../../../core/blogs/site-settings.ts";
import type { Json, Properties } from "../../../core/hooks/values.ts";
import { PublicError } from "../../../core/errors.ts";
import { holdChoices, holdRepliesOf } from "../../../core/interactions/hold.ts";
import { undoSeconds } from "../../../core/posts/undo-window.ts";
import { photoLimit } from "../compose/photos.ts";
import { refusalOf } from "../../by.ts";
import { one } from "../../fields.ts";
import type { OnBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { keepSettings } from "./keep.ts";
import { problemAt, sectionAt, sectionPage, settingsOf } from "./section.ts";

type Values = {
  defaultVisibility: string;
  scheduleSlots: string;
  postsPerPage: string;
  undoSeconds: string;
  photosPerPost: string;
  holdReplies: string;
};
const visibilities = ["public", "unlisted", "private"] as const;

/** What a new post is when its author says nothing, and how many stand on a page. */
export async function showWriting(request: AdminRequest) {
  const place = await settingsOf(request);
  const { defaultVisibility, scheduleSlots } = siteSettingsOf(place.blog);
  const postsPerPage = perPageOf(place.blog.settings);
  return page(request, place, {
    defaultVisibility,
    scheduleSlots: scheduleSlots.join(", "),
    postsPerPage,
    undoSeconds: String(undoSeconds(place.blog)),
    photosPerPost: String(photoLimit(place.blog)),
    holdReplies: holdRepliesOf(place.blog),
  });
}

/** Keeps it. */
export async function saveWriting(request: AdminRequest) {
  const place = await settingsOf(request);
  const { fields } = await request.form();
  const typed = {
    defaultVisibility: one(fields, "defaultVisibility"),
    scheduleSlots: one(fields, "scheduleSlots"),
    postsPerPage: one(fields, "postsPerPage"),
    undoSeconds: one(fields, "undoSeconds"),
    photosPerPost: one(fields, "photosPerPost"),
    holdReplies: one(fields, "holdReplies"),
  };
  const refused = await refusalOf(async () => {
    const change = changeFrom(typed);
    await keepSettings(place, "writing", change, typed);
  });
  const names = {
    "settings.undo": "undoSeconds",
    "settings.photos": "photosPerPost",
    "settings.per-page": "postsPerPage",
    "settings.visibility": "defaultVisibility",
    "settings.hold": "holdReplies",
  };
  if (refused) return page(request, place, typed, problemAt(request, refused, names, "scheduleSlots"));
  return request.redirect(sectionAt(place, "writing"), request.t("settings.saved"));
}

function changeFrom(typed: Values): (settings: Properties) => Properties {
  const visibility = visibilities.find((one) => one === typed.defaultVisibility);
  if (!visibility) throw new PublicError("settings.visibility", "Choose who sees a new post.", 422);
  const perPage = typed.postsPerPage === "" ? null : Number(typed.postsPerPage);
  if (perPage !== null && !(Number.isInteger(perPage) && perPage >= 1 && perPage <= 100))
    throw new PublicError("settings.per-page", "A page shows 1 to 100 posts.", 422);
  const scheduleSlots = slotsFrom(typed.scheduleSlots);
  const holdReplies = holdChoices.find((one) => one === typed.holdReplies);
  if (!holdReplies && typed.holdReplies !== "") throw new PublicError("settings.hold", "Choose whose replies wait.", 422);
  // What the form did not ask stays as it is.
  const more = {
    ...(typed.undoSeconds === "" ? {} : { undoSeconds: wholeNumber(typed.undoSeconds, undoRange) }),
    ...(holdReplies && { holdReplies }),
    ...(typed.photosPerPost === "" ? {} : { photosPerPost: wholeNumber(typed.photosPerPost, photoRange) }),
  };
  return (settings) => ({
    ...withDesign(settings, { postsPerPage: perPage }),
    ...more,
    defaultVisibility: visibility,
    scheduleSlots,
  });
}

const undoRange = { key: "settings.undo", min: 0, max: 600, sentence: "Undo can wait 0 to 600 seconds." };
const photoRange = { key: "settings.photos", min: 1, max: 50, sentence: "A post takes 1 to 50 photos." };

function wholeNumber(text: string, { key, min, max, sentence }: typeof undoRange): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < min || number > max) throw new PublicError(key, sentence, 422);
  return number;
}

function perPageOf(settings: Properties): string {
  const design = settings.design as { readonly [key: string]: Json } | undefined;
  const count = Number(design?.postsPerPage);
  return Number.isInteger(count) && count >= 1 && count <= 100 ? String(count) : "";
}

function page(request: AdminRequest, place: OnBlog, values: Values, errors?: Record<string, string>) {
  const choices = visibilities.map((value) => ({
    value,
    label: request.t(`settings.visibility-${value}`),
    hint: request.t(`settings.visibility-${value}-hint`),
  }));
  const holds = holdChoices.map((value) => ({
    value,
    label: request.t(`settings.hold-${value}`),
    hint: request.t(`settings.hold-${value}-hint`),
  }));
  return sectionPage(request, place, {
    section: "writing",
    data: { values, visibilities: choices, holds },
    ...(errors && { errors }),
  });
}
