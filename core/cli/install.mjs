// Runs before `npm start` and `npm test` on whatever Node (20 or newer) the machine has, so: plain JavaScript, no dependency.
// `run` brings what production needs plus the pinned Node; `all` adds what tests need. Does nothing when that is there already.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const projectFolder = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * Installs what `level` ("run" or "all") needs into `root`. Gives null when it is there, or one sentence why it cannot be.
 * @param {string} root
 * @param {"run" | "all"} level
 * @param {{ say?: (line: string) => void }} [options]
 * @returns {string | null}
 */
export function install(root, level, { say = (line) => console.error(line) } = {}) {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n${lock}`).digest("hex");
  const stamp = readStamp(root);
  if (stamp.hash === hash && (stamp.level === "all" || level === "run") && hasRuntime(root)) return null;

  const packages = JSON.parse(lock).packages;
  // Somebody ran `npm ci` by hand: what is there may be all that is needed.
  const there = stamp.hash ? null : levelThere(root, packages);
  if (there && hasRuntime(root) && (there === "all" || level === "run")) {
    writeStamp(root, { hash, level: there });
    return null;
  }

  // Whoever has the test tools keeps them when the lockfile changes.
  const wanted = stamp.level === "all" ? "all" : level;
  const version = packages["node_modules/node"].version;
  say(`Installing what ${wanted === "all" ? "Rookery and its tests need" : "Rookery needs"} (about half a minute, this once) …`);
  rmSync(stampFile(root), { force: true });
  const failure = runNpm(root, argumentsFor(wanted, version)) ?? installRuntime(root, version);
  if (failure) return failure;
  writeStamp(root, { hash, level: wanted });
  return null;
}

function argumentsFor(level, nodeVersion) {
  // Scripts stay off: no package needs one except `node`, whose step follows below. Not `npm ci`: it refuses a lockfile that a
  // registry mirror without other systems' binaries has made; without saving, `install` takes the locked versions just the same.
  const common = [
    "install",
    "--no-save",
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=2000",
    "--ignore-scripts",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  if (level === "all") return [...common, "--include=dev"];
  // `node` is a development dependency; named here as a production one, unsaved, it survives --omit=dev in the locked version.
  return [...common, "--save-prod", "--omit=dev", `node@${nodeVersion}`];
}

function installRuntime(root, version) {
  const folder = join(root, "node_modules/node");
  const step = spawnSync(process.execPath, ["installArchSpecificPackage.js"], options(folder, { npm_config_loglevel: "error" }));
  const binary = join(folder, "bin/node");
  const found = existsSync(binary) ? spawnSync(binary, ["--version"], { encoding: "utf8" }).stdout?.trim() : undefined;
  if (found !== `v${version}`) return sentence(`${step.stdout ?? ""}${step.stderr ?? ""}`, `Node ${version} for this machine`);
  const link = join(root, "node_modules/.bin/node");
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync("../node/bin/node", link);
  return null;
}

function runNpm(root, parameters) {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  // npm must not run on the Node that it is about to replace.
  const isOutside = npm && node && !node.startsWith(join(root, "node_modules") + sep) && /npm-cli\.c?js$/.test(npm);
  const [command, ...first] = isOutside ? [node, npm] : ["npm"];
  const step = spawnSync(command, [...first, ...parameters], options(root));
  if (step.error)
    return `Rookery could not start npm (${step.error.message}): install Node.js 20 or newer with npm, then try again.`;
  return step.status === 0 ? null : sentence(`${step.stdout}${step.stderr}`, "its dependencies");
}

function options(cwd, more = {}) {
  // Settings of the npm around us (such as omit or ignore-scripts) would reach the npm within.
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(config_(omit|only|production|global|prefix)|package_|lifecycle_)/i.test(name),
  );
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes(`node_modules${sep}.bin`));
  const env = {
    ...Object.fromEntries(kept),
    NODE_ENV: "",
    PATH: path.join(delimiter),
    npm_config_update_notifier: "false",
    ...more,
  };
  return { cwd, env, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 };
}

function sentence(output, what) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET|ENOTCACHED|network/i.test(output)) {
    return `Rookery could not install ${what}: the npm registry does not answer. Check the network (or npm's proxy setting) and run the command again.`;
  }
  if (/ENOSPC/.test(output))
    return `Rookery could not install ${what}: the disk is full. Make room (about 500 MB) and run the command again.`;
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return `Rookery could not install ${what}: its folder cannot be written. Give this user the right to write node_modules and run the command again.`;
  }
  const reason = output.split("\n").find((line) => /npm (error|ERR!)/.test(line)) ?? output.trim().split("\n").at(-1) ?? "";
  return `Rookery could not install ${what} (${reason.replace(/^npm (error|ERR!)\s*/, "").slice(0, 200)}): run npm install to see more.`;
}

function levelThere(root, packages) {
  const file = join(root, "node_modules/.package-lock.json");
  if (!existsSync(file)) return null;
  const there = JSON.parse(readFileSync(file, "utf8")).packages;
  const isMissing = ([path, wanted]) => path && !wanted.optional && !wanted.peer && there[path]?.version !== wanted.version;
  const missing = Object.entries(packages).filter(isMissing);
  if (missing.length === 0) return "all";
  return missing.every(([, wanted]) => wanted.dev) ? "run" : null;
}

function hasRuntime(root) {
  return existsSync(join(root, "node_modules/.bin/node"));
}

function stampFile(root) {
  return join(root, "node_modules/.rookery-install.json");
}

function readStamp(root) {
  if (!existsSync(stampFile(root))) return {};
  try {
    return JSON.parse(readFileSync(stampFile(root), "utf8"));
  } catch {
    return {}; // cut off while it was written: as good as none
  }
}

function writeStamp(root, stamp) {
  writeFileSync(stampFile(root), JSON.stringify(stamp));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const failure = install(projectFolder, process.argv[2] === "all" ? "all" : "run");
  if (failure) console.error(failure);
  process.exitCode = failure ? 1 : 0;
}
