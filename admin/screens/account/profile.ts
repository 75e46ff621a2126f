import { readFile } from "node:fs/promises";
import { PublicError } from "../../../core/errors.ts";
import { storeMedia } from "../../../core/media/library.ts";
import { waitingEmail, wantEmail } from "../../../core/people/change-email.ts";
import { changeProfile, tellProfile } from "../../../core/people/profile.ts";
import { one } from "../../fields.ts";
import { onHost } from "../../on-blog.ts";
import { proofsOf, proveAgain } from "../../require-fresh.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { addressee, inAudited } from "./audited.ts";
import { accountPage, linksOf } from "./page.ts";

const fieldOf: Readonly<Record<string, string>> = {
  "account.language": "language",
  "account.time-zone": "timeZone",
  "account.email": "email",
  "account.email-often": "email",
  "profile.photo": "photo",
  "profile.photo-blog": "photo-file",
  "profile.link": "link-url-1",
};

/** Saves what others see, and the address; another address wants the password, and to be confirmed by mail. */
export async function saveProfile(request: AdminRequest) {
  const { fields } = await request.form();
  const person = await addressee(request);
  const back = (errors: Record<string, string>) => accountPage(request, { errors, sent: fields }, 422);
  const { storage, clock } = { ...request.house, clock: request.scope.clock };
  const before = (await waitingEmail(storage, person.id, clock.now())) ?? person.email ?? "";
  const email = one(fields, "email");
  const isOther = fields.has("email") && email.toLowerCase() !== before;
  if (isOther) {
    const wrong = await provePassword(request);
    if (wrong !== null) return back({ "email-password": wrong });
  }
  try {
    const change = { ...changeIn(fields), ...(await photoIn(request, person.photo)) };
    await inAudited(request, "account.profile", async (db, now) => {
      await changeProfile(db, person.id, change, now);
      await tellProfile(request.scope, db, person);
      if (isOther) await wantEmail(request.house, db, person, email);
      // Name, photo and words stand on the pages of the person's blogs.
      for (const { blog } of await request.blogs()) await request.scope.touch(db, blog.id);
    });
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return back({
      [fieldOf[error.key] ?? (error.key.startsWith("media.") ? "photo-file" : "name")]: sentenceFor(request, error),
    });
  }
  return request.redirect(
    "/account",
    isOther && email !== "" ? request.t("account.email-sent", { email }) : request.t("account.saved"),
  );
}

// One signs in with the address and gets new passwords by it, so it wants the password itself, however fresh the session is.
async function provePassword(request: AdminRequest): Promise<string | null> {
  const { fields } = await request.form();
  if (!(fields.get("email-password") ?? "") && (await proofsOf(request)).hasPassword) return request.t("account.password-needed");
  const problem = await proveAgain(request, "email-password");
  return problem === "" ? request.t("account.confirm-first") : problem;
}

function changeIn(fields: URLSearchParams) {
  const links = linksOf(fields, []);
  const bad = links.findIndex(({ url }) => !/^https?:\/\/\S+$/i.test(url) || !URL.canParse(url));
  if (bad >= 0)
    throw new PublicError("profile.link", "A link needs an address that begins with https://.", 422, { number: bad + 1 });
  return {
    name: one(fields, "name"),
    bio: one(fields, "bio"),
    language: one(fields, "language"),
    timeZone: one(fields, "timeZone"),
    ...(fields.has("link-url") ? { links: links.map(({ label, url }) => ({ label: label || new URL(url).host, url })) } : {}),
  };
}

// A photo lies in the library of a blog, as all pictures do; without one there is an address.
async function photoIn(request: AdminRequest, before: string) {
  const { fields, files } = await request.form();
  const alt = one(fields, "photo-alt").slice(0, 500);
  const file = files.find(({ field }) => field === "photo-file");
  if (file) {
    const blog = await request.usualBlog();
    if (!blog)
      throw new PublicError(
        "profile.photo-blog",
        "A photo can be uploaded once you have a blog; until then, give its address.",
        422,
      );
    const place = await onHost(request, blog.host, "media.upload");
    const media = await storeMedia(place.scope, request.house.media, { bytes: await readFile(file.path), name: file.name, alt });
    return { photo: media.url, preferences: { photoAlt: alt } };
  }
  if (!fields.has("photo") && !fields.has("photo-remove")) return {};
  const photo = fields.has("photo-remove") ? "" : one(fields, "photo");
  if (photo !== "" && photo !== before && !(/^https?:\/\//i.test(photo) && URL.canParse(photo)))
    throw new PublicError("profile.photo", "The photo’s address begins with https://.", 422);
  return { photo, preferences: { photoAlt: photo === "" ? "" : alt } };
}
