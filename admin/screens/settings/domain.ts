import { domainToUnicode } from "node:url";
import { checkDomain, checksOf } from "../../../core/blogs/domains/check-domain.ts";
import { isOwnName, ownAddresses, wishFor } from "../../../core/blogs/domains/look-at-domain.ts";
import { hostFromAddress } from "../../../core/blogs/host-names.ts";
import { addDomain, hostsOf, removeDomain, type BlogHost } from "../../../core/blogs/hosts.ts";
import { moveHome } from "../../../core/blogs/domains/move-home.ts";
import { PublicError } from "../../../core/errors.ts";
import { audit } from "../../../core/people/audit.ts";
import { RateLimit } from "../../../core/web/limits.ts";
import { byOf, refusalOf } from "../../by.ts";
import { one } from "../../fields.ts";
import type { OnBlog } from "../../on-blog.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { requireFresh } from "../../require-fresh.ts";
import { sectionAt, sectionPage, settingsOf } from "./section.ts";

const mostDomains = 20;
// Every look asks name servers and a web server of somebody else's.
const looks = new RateLimit({ perMinute: 10, burst: 10 });

/** The names a blog answers to, what is missing for those that wait, and which is its address. */
export async function showDomains(request: AdminRequest) {
  return page(request, await settingsOf(request), "");
}

/** Notes a domain, to be proven. */
export async function addOne(request: AdminRequest) {
  const place = await settingsOf(request);
  const { scope, blog } = place;
  const asked = await requireFresh(request);
  if (asked) return asked;
  const typed = one((await request.form()).fields, "domain");
  let added: BlogHost | undefined;
  const refused = await refusalOf(async () => {
    if ((await hostsOf(scope.storage, blog.id)).length > mostDomains)
      throw new PublicError("domain.too-many", `A blog takes ${mostDomains} domains at most.`, 422, { n: mostDomains });
    added = await scope.storage.write(async (db) => {
      const host = await addDomain(db, blog.id, typed, { hub: scope.site, now: scope.clock.now() });
      await audit(db, { action: "domain.add", subject: host.host, ...byOf(place) }, scope.clock.now());
      return host;
    });
  });
  if (refused) return page(request, place, typed, { domain: sentenceFor(request, refused) });
  return request.redirect(sectionAt(place, "domain"), request.t("settings.domain-added", { domain: inLetters(added!.host) }));
}

/** Looks the records up now. */
export async function checkOne(request: AdminRequest) {
  const place = await settingsOf(request);
  const { scope, blog } = place;
  const host = await hostOf(request, place);
  const wait = looks.take(blog.id, Date.now());
  if (wait > 0)
    throw new PublicError("domain.too-often", `You looked often just now; look again in ${wait} seconds.`, 429, { wait });
  const parts = { records: request.house.records, fetch: request.house.fetch, hub: scope.site };
  const domain = { blogId: blog.id, host: host.host, by: byOf(place) };
  const check = await checkDomain(scope.storage, parts, domain, scope.clock.now());
  const isVerified = host.state === "active" || check.isProven;
  const key = check.isSilent ? "silent" : isVerified ? (check.leadsHere ? "good" : "elsewhere") : "not-proven";
  return request.redirect(sectionAt(place, "domain"), request.t(`settings.domain-${key}`, { domain: inLetters(host.host) }));
}

/** Makes a name the blog's address; the others lead there. */
export async function mainOne(request: AdminRequest) {
  const place = await settingsOf(request);
  const { scope, blog } = place;
  const host = await hostOf(request, place);
  const asked = await requireFresh(request);
  if (asked) return asked;
  const { fields } = await request.form();
  const check = (await checksOf(scope.storage, blog.id)).find((one) => one.host === host.host);
  const isSure = isOwnName(host.host, scope.site) || check?.leadsHere === true || fields.has("anyway");
  if (!isSure) return page(request, place, "", { [`anyway-${host.host}`]: request.t("settings.domain-not-here") });
  await scope.storage.write(async (db) => {
    await moveHome(scope, db, blog, host.host);
    await scope.touch(db, blog.id);
    const entry = { action: "domain.main", subject: host.host, detail: { before: blog.host }, ...byOf(place) };
    await audit(db, entry, scope.clock.now());
  });
  const said = request.t("settings.domain-main", { domain: inLetters(host.host) });
  return request.redirect(`/b/${host.host}/settings/domain`, said);
}

/** Asks before a name goes. */
export async function confirmRemove(request: AdminRequest) {
  const place = await settingsOf(request);
  const host = await hostOf(request, place);
  const data = { host, domain: inLetters(host.host), at: sectionAt(place, "domain") };
  return request.html("screens/settings/remove-domain", request.t("settings.domain-remove-title"), data, { blog: place.blog });
}

/** Lets a name go. */
export async function removeOne(request: AdminRequest) {
  const place = await settingsOf(request);
  const { scope, blog } = place;
  const host = await hostOf(request, place);
  const asked = await requireFresh(request);
  if (asked) return asked;
  if (isOwnName(host.host, scope.site))
    throw new PublicError("domain.own-name", `${host.host} stays with the blog: old links lead there.`, 409, { host: host.host });
  await scope.storage.write(async (db) => {
    await removeDomain(db, blog.id, host.host);
    await audit(db, { action: "domain.remove", subject: host.host, ...byOf(place) }, scope.clock.now());
  });
  return request.redirect(sectionAt(place, "domain"), request.t("settings.domain-removed", { domain: inLetters(host.host) }));
}

async function hostOf(request: AdminRequest, { scope, blog }: OnBlog): Promise<BlogHost> {
  const name = hostFromAddress(request.params.host ?? "");
  const host = (await hostsOf(scope.storage, blog.id)).find((one) => one.host === name);
  if (!host) throw new PublicError("domain.unknown", "This domain is not one of the blog's.", 404);
  return host;
}

async function page(request: AdminRequest, place: OnBlog, typed: string, errors?: Record<string, string>) {
  const { scope, blog } = place;
  const checks = new Map((await checksOf(scope.storage, blog.id)).map((check) => [check.host, check]));
  const stored = await hostsOf(scope.storage, blog.id);
  const hasDomains = stored.some(({ host }) => !isOwnName(host, scope.site));
  const addresses = hasDomains ? await ownAddresses({ records: request.house.records, hub: scope.site }) : [];
  const hosts = stored.map((host) => ({
    ...host,
    isOwn: isOwnName(host.host, scope.site),
    letters: inLetters(host.host),
    check: checks.get(host.host) ?? null,
    wish: wishFor(host, scope.site, addresses),
    error: errors?.[`anyway-${host.host}`],
  }));
  const data = { hosts, typed, zone: blog.timeZone };
  return sectionPage(request, place, { section: "domain", data, ...(errors && { errors }) });
}

const inLetters = (host: string): string => domainToUnicode(host) || host;
