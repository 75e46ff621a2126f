// Second levels under which registries hand out names; the rest of the public suffix list would be a dependency of 200 KB that
// is out of date after a month. Nothing rests on it: whoever does not hold a name cannot prove it, this only says so at once.
const registries = /^(ac|co|com|edu|go|gob|gouv|gov|gv|mil|ne|net|nom|or|org|sch)\.[a-z]{2}$/;
const hosters = new Set([
  "github.io",
  "gitlab.io",
  "codeberg.page",
  "netlify.app",
  "vercel.app",
  "pages.dev",
  "workers.dev",
  "web.app",
  "firebaseapp.com",
  "herokuapp.com",
  "fly.dev",
  "onrender.com",
  "azurewebsites.net",
  "cloudfront.net",
  "amazonaws.com",
  "blogspot.com",
  "wordpress.com",
  "duckdns.org",
  "dyndns.org",
  "uk.com",
  "eu.org",
]);

/** Whether names are handed out under this one, so that it can be nobody's blog by itself. */
export function isPublicSuffix(host: string): boolean {
  return registries.test(host) || hosters.has(host);
}
