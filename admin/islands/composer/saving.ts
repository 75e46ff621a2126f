import { write, type Entry } from "./journal.ts";
import { signedInAgain } from "./signed-in-again.ts";
import { delayFor, retryDelay, verdictOf, type Verdict } from "./saving-plan.ts";
import { asDrawn, isBlank, panelsIn, snapshot } from "./snapshot.ts";
import type { Say } from "./state-text.ts";

type Answer = { version?: number | string; id?: string; edit?: string; error?: string; message?: string; wait?: number };

/** Keeps what is typed: on this device a moment later, on the server two seconds later. It touches neither text nor focus. */
export class Saving {
  readonly #form: HTMLFormElement;
  readonly #say: Say;
  readonly #account: string;
  readonly #page: HTMLInputElement;
  readonly #version: HTMLInputElement;
  readonly #panels: string;
  #id = "";
  // Every change gets a number; so it is known which of them are on this device, and which on the server.
  #typed = 0;
  #noted = 0;
  #saved = 0;
  #lastInput = 0;
  #firstUnsaved = 0;
  #failures = 0;
  #isStopped = false;
  #isLeaving = false;
  #isRefreshed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #noteTimer: ReturnType<typeof setTimeout> | undefined;
  #under: { abort: AbortController; done: Promise<void> } | null = null;

  constructor(form: HTMLFormElement, say: Say, account: string) {
    this.#form = form;
    this.#say = say;
    this.#account = account;
    this.#page = field(form, "page");
    this.#version = field(form, "version");
    const isSentBefore = this.#page.value !== "";
    const drawn = asDrawn(form);
    // What the server drew again was typed before.
    this.#panels = isSentBefore ? "" : panelsIn(drawn);
    this.#page.value ||= [...crypto.getRandomValues(new Uint32Array(3))].map((one) => one.toString(36)).join("-");
    // The text that another device stored is on the page: nothing goes over it until somebody has chosen.
    this.#isStopped = form.querySelector("#conflict") !== null;
    form.addEventListener("input", () => this.changed());
    // Somebody signs out and wants nothing left here.
    document.addEventListener("rk-forget", () => (this.#isStopped = this.#isLeaving = this.#isForgotten = true));
    form.addEventListener("submit", (event) => this.#leave(event));
    form.querySelector("select#blog")?.addEventListener("change", () => this.#move());
    addEventListener("online", () => this.now());
    addEventListener("pageshow", () => (this.#isLeaving = false));
    addEventListener("pagehide", () => void this.#note());
    addEventListener("focus", () => void this.#resume());
    document.addEventListener("visibilitychange", () => void (document.hidden ? this.#note() : this.#resume()));
    addEventListener("beforeunload", (event) => {
      if (!this.#isLeaving && this.#typed > Math.max(this.#noted, this.#saved)) event.preventDefault();
    });
    this.#blog = this.#blogNow();
    // On the way back a browser puts what was sent into the form again; that is nothing new.
    const isBack = (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming).type === "back_forward";
    if (isSentBefore || (!isBack && JSON.stringify(drawn) !== JSON.stringify(snapshot(form)))) this.changed();
  }

  #blog = "";
  #isSignedOut = false;
  #isForgotten = false;

  /** The name of this opened composer. */
  get page(): string {
    return this.#page.value;
  }

  /** Says that something in the form is different. */
  changed(): void {
    const now = Date.now();
    if (this.#typed === this.#saved) this.#firstUnsaved = now;
    this.#typed++;
    this.#lastInput = now;
    clearTimeout(this.#noteTimer);
    this.#noteTimer = setTimeout(() => void this.#note(), 250);
    if (this.#failures === 0) this.#plan(delayFor(now, this.#lastInput, this.#firstUnsaved));
  }

  /** Saves at once. */
  now(): void {
    if (this.#typed > this.#saved) this.#plan(0);
  }

  #plan(delay: number): void {
    clearTimeout(this.#timer);
    if (!this.#isStopped) this.#timer = setTimeout(() => void this.#send(), delay);
  }

  async #note(isSettled = false): Promise<void> {
    const typed = this.#typed;
    if (this.#isForgotten || (!isSettled && typed === this.#noted)) return;
    clearTimeout(this.#noteTimer);
    if (await write(this.#entry(isSettled))) this.#noted = Math.max(this.#noted, typed);
  }

  #entry(isSettled: boolean): Entry {
    const fields = snapshot(this.#form);
    return {
      page: this.page,
      account: this.#account,
      draftKey: field(this.#form, "draftKey").value,
      blog: this.#blog,
      id: this.#id,
      action: this.#form.action,
      fields,
      updatedAt: this.#lastInput || Date.now(),
      baseVersion: this.#version.value,
      isSettled: isSettled || isBlank(fields, this.#panels),
    };
  }

  async #send(): Promise<void> {
    if (this.#under || this.#isLeaving || this.#isStopped) return;
    const fields = snapshot(this.#form);
    if (isBlank(fields, this.#panels) && this.#version.value === "") return;
    const typed = this.#typed;
    const abort = new AbortController();
    const work = async () => {
      const [status, answer] = await this.#put(fields, abort.signal);
      this.#under = null;
      if (!this.#isLeaving) await this.#hear(verdictOf(status), answer, typed);
    };
    this.#under = { abort, done: work() };
    await this.#under?.done;
  }

  async #put(fields: object, signal: AbortSignal): Promise<[number, Answer]> {
    const version = this.#version.value;
    const headers = {
      accept: "application/json",
      "content-type": "application/json",
      "x-csrf-token": field(this.#form, "csrf").value,
      ...(version === "" ? { "if-none-match": "*" } : { "if-match": `"${version}"` }),
    };
    const body = JSON.stringify({ ...fields, page: this.page, id: this.#id });
    const limit = AbortSignal.any([signal, AbortSignal.timeout(30_000)]);
    try {
      const answer = await fetch(this.#address(), { method: "PUT", headers, body, signal: limit });
      return [answer.status, (await answer.json().catch(() => ({}))) as Answer];
    } catch {
      return [0, {}];
    }
  }

  async #hear(verdict: Verdict, answer: Answer, typed: number): Promise<void> {
    if (verdict === "saved") return this.#confirmed(answer, typed);
    await this.#note();
    if (verdict === "offline" || verdict === "wait") {
      this.#failures++;
      this.#say(this.#noted >= typed ? (verdict === "wait" ? "device" : "offline") : "unsaved");
      return this.#plan(verdict === "wait" ? (answer.wait ?? 60) * 1000 : retryDelay(this.#failures));
    }
    // Signed in anew in another tab: this page only needs the new session's word.
    if (answer.error === "request.csrf" && !this.#isRefreshed) {
      this.#isRefreshed = true;
      if (await signedInAgain(this.#account)) return this.#plan(0);
    }
    if (verdict === "refused") return this.#say("refused", answer.message ?? "");
    this.#isStopped = true;
    this.#isSignedOut = verdict === "signed-out";
    this.#say(verdict);
    if (verdict === "conflict") await import("./show-conflict.ts").then(({ showConflict }) => showConflict(this.#form));
  }

  async #confirmed(answer: Answer, typed: number): Promise<void> {
    this.#saved = typed;
    this.#failures = 0;
    this.#isRefreshed = false;
    this.#version.value = String(answer.version);
    if (answer.edit && this.#id !== answer.id) {
      this.#id = answer.id!;
      this.#form.action = answer.edit;
      // A reload brings the draft back, not an empty page.
      if (location.pathname === "/compose") history.replaceState(history.state, "", answer.edit);
    }
    this.#say("saved");
    await this.#note(this.#typed === typed);
    if (this.#typed > typed) {
      this.#firstUnsaved = Date.now();
      this.#plan(delayFor(Date.now(), this.#lastInput, this.#firstUnsaved));
    }
  }

  async #resume(): Promise<void> {
    if (!this.#isSignedOut || !(await signedInAgain(this.#account))) return;
    this.#isSignedOut = this.#isStopped = false;
    this.now();
  }

  // A form that goes out while a saving is under way would be at odds with it.
  #leave(event: SubmitEvent): void {
    if (event.defaultPrevented) return;
    if (this.#under) {
      event.preventDefault();
      const { abort, done } = this.#under;
      const late = setTimeout(() => abort.abort(), 3_000);
      return void done.finally(() => {
        clearTimeout(late);
        this.#form.requestSubmit(event.submitter);
      });
    }
    this.#isLeaving = true;
    clearTimeout(this.#timer);
    void this.#note();
  }

  // On to another blog: the draft made so far goes into the trash of the first.
  #move(): void {
    if (this.#id !== "") {
      const headers = { accept: "application/json", "x-csrf-token": field(this.#form, "csrf").value };
      void fetch(this.#address(), { method: "DELETE", headers }).catch(() => undefined);
    }
    this.#blog = this.#blogNow();
    this.#id = this.#version.value = "";
    this.#form.action = "/compose";
  }

  #blogNow(): string {
    return this.#form.querySelector<HTMLInputElement>("[name=blog]")!.value;
  }

  #address(): string {
    return `/b/${this.#blog}/drafts/${field(this.#form, "draftKey").value}`;
  }
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.querySelector<HTMLInputElement>(`input[name=${name}]`)!;
}
