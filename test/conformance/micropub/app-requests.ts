import { request as httpRequest } from "node:http";

/** What an app of Micro.blog sends, byte for byte but for addresses and keys (client-api.md §6). */
export type AppRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
};

const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
const json = { "content-type": "application/json" };

/** Requests of the mobile app (React Native); `uid` is the blog as its list of destinations names it. */
export function mobileRequests(token: string, uid: string) {
  const auth = { authorization: `Bearer ${token}`, "user-agent": "okhttp/4.12.0" };
  const destination = encodeURIComponent(uid);
  const post = (body: string): AppRequest => ({ method: "POST", path: "/micropub", headers: { ...auth, ...form }, body });
  const sent = (body: object): AppRequest => ({
    method: "POST",
    path: "/micropub",
    headers: { ...auth, ...json },
    body: JSON.stringify(body),
  });
  return {
    config: { method: "GET", path: "/micropub?q=config", headers: { ...auth, ...json } } as AppRequest,
    categories: { method: "GET", path: `/micropub?q=category&mp-destination=${destination}`, headers: auth } as AppRequest,
    create: post(
      `h=entry&name=&content=Hello%20from%20the%20phone%20%F0%9F%90%A6&mp-destination=${destination}&post-status=published&category%5B%5D=Photos&category%5B%5D=Walks`,
    ),
    createWithoutDestination: post("h=entry&name=&content=No%20destination&mp-destination=&post-status=draft"),
    photo: (url: string) =>
      post(
        `h=entry&content=Look&photo%5B%5D=${encodeURIComponent(url)}&mp-photo-alt%5B%5D=A%20bird&mp-syndicate-to%5B%5D=&mp-destination=${destination}`,
      ),
    source: (url: string): AppRequest => ({
      method: "GET",
      path: `/micropub?q=source&url=${encodeURIComponent(url)}&mp-destination=${destination}`,
      headers: auth,
    }),
    edit: (url: string) =>
      sent({
        action: "update",
        url,
        "mp-destination": uid,
        replace: { name: [null], content: ["Edited on the phone"], "post-status": [""], summary: [""] },
      }),
    publish: (url: string) =>
      sent({
        action: "update",
        url,
        "mp-destination": uid,
        replace: { name: [""], content: ["Out now"], "post-status": ["published"] },
      }),
    drafts: {
      method: "GET",
      path: `/micropub?q=source&post-status=draft&mp-destination=${destination}`,
      headers: auth,
    } as AppRequest,
    page: post(`h=entry&name=Colophon&content=Made%20by%20hand&mp-channel=pages&mp-destination=${destination}`),
    remove: (url: string) => sent({ action: "delete", url, "mp-destination": uid }),
    uploads: {
      method: "GET",
      path: `/micropub/media?q=source&mp-destination=${destination}&limit=10`,
      headers: auth,
    } as AppRequest,
    upload: (bytes: string): AppRequest => {
      const boundary = "7b3f6d1e-5c0a-4d8e-9a51-d2f5a6b1c0e3";
      const part = (name: string, more: string, value: string) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
      const body =
        part("mp-destination", "", uid) +
        part("file", '; filename="image.jpg"\r\ncontent-type: image/jpeg', bytes) +
        `--${boundary}--\r\n`;
      return {
        method: "POST",
        path: "/micropub/media",
        headers: { ...auth, "content-type": `multipart/form-data; boundary=${boundary}` },
        body,
      };
    },
  };
}

/** Requests of the Mac app: the other spelling of the key, bare values, arrays left out when they are empty. */
export function macRequests(token: string, uid: string) {
  const auth = { authorization: `Token ${token}`, "user-agent": "Micro.blog/4.0.5 CFNetwork" };
  const destination = encodeURIComponent(uid);
  const post = (path: string, body: string): AppRequest => ({ method: "POST", path, headers: { ...auth, ...form }, body });
  const sent = (body: object): AppRequest => ({
    method: "POST",
    path: "/micropub",
    headers: { ...auth, ...json },
    body: JSON.stringify(body),
  });
  return {
    create: (photo: string) =>
      post(
        "/micropub",
        `name=&content=From%20the%20desk%0A%0ATwo%20lines&photo[]=${encodeURIComponent(photo)}&mp-photo-alt[]=A%20desk&mp-destination=${destination}`,
      ),
    list: {
      method: "GET",
      path: `/micropub?q=source&mp-destination=${destination}&mp-channel=default&limit=200&offset=0`,
      headers: auth,
    } as AppRequest,
    save: (url: string, content: string) =>
      sent({ action: "update", url, "mp-destination": uid, replace: { name: "", content, summary: "", category: ["Desk"] } }),
    append: (part: string) =>
      post("/micropub/media/append", `file_id=482913&file_data=${encodeURIComponent(part)}&mp-destination=${destination}`),
    finished: post("/micropub/media/finished", `file_id=482913&file_name=desk.jpg&mp-destination=${destination}`),
    waiting: { method: "GET", path: "/micropub/media/waiting?file_id=482913", headers: auth } as AppRequest,
    setAlt: (url: string) => post("/micropub/media", `action=update&url=${encodeURIComponent(url)}&alt=A%20tidy%20desk`),
    deleteUpload: (url: string) => post("/micropub/media", `action=delete&url=${encodeURIComponent(url)}`),
    addCategory: post("/micropub", `mp-channel=categories&name=Travel&mp-destination=${destination}`),
  };
}

// Whatever a server answers; tests look into it.
// oxlint-disable-next-line typescript/no-explicit-any
type Parsed = any;

/** Sends it as it stands: `body` is latin1, so that bytes of files go through. */
export function replay(
  page: string,
  { method, path, headers, body }: AppRequest,
): Promise<{ status: number; location: string; json: Parsed }> {
  const { hostname, port, host } = new URL(page);
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : Buffer.from(body, "latin1");
    const all = { host, ...headers, ...(payload && { "content-length": String(payload.byteLength) }) };
    const asked = httpRequest({ host: hostname, port, method, path, headers: all }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () => {
        const text = Buffer.concat(pieces).toString();
        // These apps parse whatever comes.
        resolve({ status: response.statusCode!, location: response.headers.location ?? "", json: JSON.parse(text) });
      });
    });
    asked.once("error", reject).end(payload);
  });
}
