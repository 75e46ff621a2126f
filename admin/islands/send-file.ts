/** What became of a file: what the library answers, or why it was not taken, in a sentence. */
export type Sent =
  | { readonly ok: true; readonly file: { readonly id: string; readonly url: string; readonly thumb: string | null } }
  | { readonly ok: false; readonly message: string };

/** How a file is sent: by the upload form of a page, with a key of its own, so that what broke off goes on. */
export type Sending = {
  readonly form: HTMLFormElement;
  readonly key: string;
  readonly signal: AbortSignal;
  onProgress(bytes: number): void;
};

const small = 2 * 1024 * 1024;
const pauses = [1000, 4000, 15_000];

/** Sends a file to the library of the form's blog: a small one at once, a large one in parts, going on where a lost connection broke it off. */
export async function sendFile(file: File, sending: Sending): Promise<Sent> {
  for (const pause of [...pauses, null]) {
    const answer = await (file.size > small ? inParts(file, sending) : atOnce(file, sending)).catch((error: unknown) => error);
    if (!(answer instanceof Error)) return answer as Sent;
    if (pause === null || sending.signal.aborted) return { ok: false, message: answer.message };
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return { ok: false, message: "" };
}

async function atOnce(file: File, { form, signal, onProgress }: Sending): Promise<Sent> {
  const body = new FormData();
  body.set("file", file);
  const sent = await ask(form, form.action, { method: "POST", body, signal });
  onProgress(file.size);
  return sent;
}

async function inParts(file: File, { form, key, signal, onProgress }: Sending): Promise<Sent> {
  const uploads = `${form.action}/uploads`;
  const said = new URLSearchParams({ name: file.name, size: String(file.size), key });
  const begun = await ask(form, uploads, { method: "POST", body: said, signal });
  if (!begun.ok) return begun;
  const { id, part, received } = begun.file as unknown as { id: string; part: number; received: number };
  for (let at = received; at < file.size;) {
    const body = file.slice(at, at + part);
    const range = `bytes ${at}-${at + body.size - 1}/${file.size}`;
    const taken = await ask(form, `${uploads}/${id}`, { method: "PUT", body, signal, headers: { "content-range": range } });
    if (!taken.ok) return taken;
    at = (taken.file as unknown as { received: number }).received;
    onProgress(at);
  }
  return ask(form, `${uploads}/${id}/finish`, { method: "POST", body: new URLSearchParams(), signal });
}

// A refusal is an answer; a server that is away, or that has got further than we know, is asked again from the beginning.
async function ask(form: HTMLFormElement, address: string, init: RequestInit): Promise<Sent> {
  const csrf = form.querySelector<HTMLInputElement>("[name=csrf]")!.value;
  const headers = { accept: "application/json", "x-csrf-token": csrf, ...init.headers };
  const answer = await fetch(address, { ...init, headers });
  if (answer.status >= 500 || answer.status === 409) throw new Error(answer.statusText);
  const body = (await answer.json().catch(() => ({ message: answer.statusText }))) as { message?: string };
  return answer.ok ? { ok: true, file: body as never } : { ok: false, message: body.message ?? answer.statusText };
}
