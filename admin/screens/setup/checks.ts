import { access, constants, statfs } from "node:fs/promises";
import { formatBytes } from "../../formats.ts";
import type { AdminRequest } from "../../request.ts";

/** One thing the wizard looked at. */
export type Check = { readonly label: string; readonly status: "good" | "warn" | "bad"; readonly detail: string };

/** Looks at what the installation stands on: runtime, database, disk, address as the browser sees it, mail, encryption. */
export async function setupChecks(request: AdminRequest): Promise<readonly Check[]> {
  const { settings, storage } = request.house;
  const disk = await statfs(settings.dataFolder);
  const free = disk.bavail * disk.bsize;
  const isWritable = await access(settings.dataFolder, constants.W_OK).then(
    () => true,
    () => false,
  );
  const seen = request.headers.host ?? "";
  const isSame = seen === new URL(settings.url).host;
  const isSafe = settings.url.startsWith("https:") || /^http:\/\/(localhost|127\.)/.test(settings.url);
  return [
    { label: request.t("check.runtime"), status: "good", detail: `Node ${process.versions.node}` },
    { label: request.t("check.database"), status: "good", detail: storage.dialect === "sqlite" ? "SQLite" : "MySQL/MariaDB" },
    {
      label: request.t("check.storage"),
      status: !isWritable ? "bad" : free < 1_000_000_000 ? "warn" : "good",
      detail: isWritable
        ? request.t("check.free", { size: formatBytes(free) })
        : request.t("check.read-only", { folder: settings.dataFolder }),
    },
    {
      label: request.t("check.address"),
      status: isSame ? "good" : "warn",
      detail: isSame ? settings.url : request.t("check.address-differs", { seen, url: settings.url }),
    },
    {
      label: request.t("check.mail"),
      status: settings.smtpUrl === null ? "warn" : "good",
      detail: settings.smtpUrl === null ? request.t("check.mail-none") : request.t("check.mail-set"),
    },
    {
      label: request.t("check.https"),
      status: isSafe ? "good" : "warn",
      detail: isSafe ? request.t("check.https-good") : request.t("check.https-none"),
    },
  ];
}
