/** An address without its password, a secret without most of itself: safe for a log or a screen. */
export function mask(value: string): string {
  const url = /^([a-z0-9+]+:\/\/)([^/?#]*)@(.*)$/i.exec(value);
  if (url) return `${url[1]}${maskUser(url[2]!)}@${maskQuery(url[3]!)}`;
  return /^[a-z0-9+]+:/i.test(value) ? maskQuery(value) : "••••••••";
}

function maskUser(userInfo: string): string {
  const colon = userInfo.indexOf(":");
  return colon < 0 ? userInfo : `${userInfo.slice(0, colon)}:•••`;
}

function maskQuery(rest: string): string {
  return rest.replace(/([?&](?:password|secret|token|key)=)[^&]*/gi, "$1•••");
}
