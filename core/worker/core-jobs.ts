import { backupJob, makeBackup } from "../backup/kept-backups.ts";
import { checkDomains, domainsJob } from "../blogs/domains/check-all.ts";
import type { LookParts } from "../blogs/domains/look-at-domain.ts";
import { revokeOfBlog } from "../host/connections/revoke-all.ts";
import { keepersOf } from "../host/exports/keepers.ts";
import type { PluginHost } from "../host/plugin-host.ts";
import { fetchImportMedia, type FetchParts } from "../host/imports/fetch-media.ts";
import { mediaJob } from "../host/imports/media-job.ts";
import { importFolder, removeOldUploads, removeUpload } from "../host/imports/uploads.ts";
import { runImport } from "../host/imports/run-import.ts";
import { importJob } from "../host/imports/start-import.ts";
import { followRules } from "../host/targets/follow-rules.ts";
import { runCopy } from "../host/targets/run-copy.ts";
import type { Json } from "../hooks/values.ts";
import { filterJob, runFilter } from "../posts/filters/apply-filter.ts";
import { catchUpJob, catchUpMedia } from "../posts/media-catch-up.ts";
import { foreignFolder, sweepForeign } from "../media/foreign/kept-pictures.ts";
import { sweepUploads } from "../media/resumable.ts";
import { makeVariantsOf, variantJob } from "../media/variant-job.ts";
import { mailFolder, openMailTransport, type MailSettings, type MailTransport } from "../net/mail-transport.ts";
import { exportFolder, runExport, sweepExports } from "../residents/export/run-export.ts";
import { exportJob } from "../residents/export/exports.ts";
import { linkJob, mailLink, type WantedLink } from "../people/mailed-sign-in.ts";
import { sweepMailFolder } from "../people/mail/mail-folder.ts";
import { mailJob, type MailParts } from "../people/mail/mail-later.ts";
import { sendMail } from "../people/mail/send-mail.ts";
import { eraseAccountJob } from "../residents/standing/account-standing.ts";
import { eraseBlogJob } from "../residents/standing/blog-standing.ts";
import { eraseAccount } from "../residents/standing/erase-account.ts";
import { eraseBlog } from "../residents/standing/erase-blog.ts";
import { isOffAir } from "../residents/standing/off-air.ts";
import type { Settings } from "../settings/settings.ts";
import { publishScheduled } from "../posts/remove.ts";
import { copyJob, followJob } from "../posts/targets/follow-post.ts";
import { keepHouse } from "./housekeeping.ts";
import type { CoreJobs } from "./run-job.ts";

/** The core's own work that comes round by itself. */
export const coreSchedules: Readonly<Record<string, Temporal.DurationLike>> = {
  housekeeping: { hours: 6 },
  [domainsJob]: { hours: 24 },
};

/** What the core's jobs need of the house. */
export type CoreJobParts = {
  readonly settings: MailSettings & Settings;
  readonly secrets: MailParts["secrets"];
  readonly clock: MailParts["clock"];
  readonly media: FetchParts["media"];
  readonly fetch: FetchParts["fetch"];
  readonly records: LookParts["records"];
  readonly host: PluginHost;
};

/** The core's own durable work, by name. */
export function coreJobs(house: CoreJobParts): CoreJobs {
  const uploads = importFolder(house.settings.dataFolder);
  const exports = exportFolder(house.settings.dataFolder);
  let transport: MailTransport | undefined;
  const post = () => (transport ??= openMailTransport(house.settings));
  return {
    housekeeping: async (scope) => {
      await keepHouse(scope);
      await removeOldUploads(uploads, scope.clock.now());
      await sweepUploads(house.settings.dataFolder, scope.clock.now());
      await sweepForeign(foreignFolder(house.settings.dataFolder), scope.clock.now());
      await sweepExports(scope, exports);
      await sweepMailFolder(mailFolder(house.settings.dataFolder), scope.clock.now());
    },
    [importJob]: async (scope, data, signal) => {
      const id = textOf(data, "importId");
      await runImport(scope, id, { signal });
      await removeUpload(scope, id, uploads);
    },
    [mediaJob]: (scope, data, signal) => fetchImportMedia(scope, data, { media: house.media, fetch: house.fetch }, signal),
    [domainsJob]: (scope, _data, signal) =>
      checkDomains(scope, { records: house.records, fetch: house.fetch, hub: scope.site }, signal),
    [filterJob]: (scope, data, signal) => runFilter(scope, textOf(data, "runId"), signal),
    [catchUpJob]: (scope, data) => catchUpMedia(scope, data),
    [variantJob]: (scope, data) => makeVariantsOf(scope, house.media, textOf(data, "mediaId")),
    [exportJob]: (scope, data, signal) =>
      runExport(
        scope,
        { media: house.media, folder: exports, mail: house, keepers: keepersOf },
        textOf(data, "exportId"),
        signal,
      ),
    [eraseBlogJob]: (scope, data) =>
      eraseBlog(scope, house.media, Number((data as { tries?: number }).tries ?? 0), () => revokeOfBlog(house.host, scope)),
    [eraseAccountJob]: (scope, data) => eraseAccount(scope, house.media, textOf(data, "accountId")),
    [mailJob]: (scope, data) => sendMail(scope, { secrets: house.secrets, transport: post() }, textOf(data, "mailId")),
    [linkJob]: (scope, data) => mailLink(scope, house, data as unknown as WantedLink),
    [backupJob]: (scope) => makeBackup(scope, house.settings),
    [copyJob]: (scope, data) => runCopy(scope, data),
    [followJob]: (scope, data) => followRules(scope, data),
    // Late ones are listed with “Publish now” once the blog is back.
    "publish-scheduled": async (scope, data) => {
      if (!(await isOffAir(scope))) await publishScheduled(scope, textOf(data, "postId"));
    },
  };
}

function textOf(data: Json, name: string): string {
  const value = (data as Record<string, Json>)[name];
  if (typeof value !== "string") throw Object.assign(new Error(`The job carries no ${name}`), { permanent: true });
  return value;
}
