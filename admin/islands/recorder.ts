import type { Recorded } from "./audio.ts";
import { clockTime } from "./composer/clock.ts";
import { sizeOf } from "./composer/upload-row.ts";
import { forgetRecording, holdRecording, keptRecordings, soundOf, type KeptRecording } from "./recorder/kept.ts";
import { watchLevel } from "./recorder/meter.ts";
import { canRecord, openMicrophone, Take } from "./recorder/microphone.ts";
import { decode, decodable, lasts, made, type Sound } from "./recorder/result.ts";
import { mostMinutes } from "./recorder/wav.ts";

type State = "idle" | "recording" | "paused" | "taken";

/** Records sound in the composer: start, pause, cut, listen, and then it goes up as a file does. It is kept on this device until the library has it. */
export default class Recorder extends HTMLElement {
  #state: State = "idle";
  #take: Take | null = null;
  #sound: Sound | null = null;
  #endLevel: () => void = () => undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    this.hidden = false;
    if (!canRecord()) return this.#complain("unsupported");
    const does: Readonly<Record<string, () => unknown>> = {
      start: () => this.#start(),
      pause: () => this.#pause(),
      resume: () => this.#resume(),
      stop: () => this.#stop(),
      from: () => this.#here("from"),
      to: () => this.#here("to"),
      listen: () => this.#listen(),
      use: () => this.#use(),
      drop: () => this.#drop(),
    };
    this.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>("button[data-do]");
      void does[button?.dataset.do ?? ""]?.();
    });
    this.#part(".take").addEventListener("input", (event) => {
      // Nothing of this belongs to the form before it is attached.
      event.stopPropagation();
      this.#showSizes();
    });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
      event.preventDefault();
      void this.#listen();
    });
    this.closest("form")!.addEventListener("submit", (event) => this.#mind(event), { capture: true });
    addEventListener("beforeunload", (event) => {
      if (this.#state === "recording" || this.#state === "paused") event.preventDefault();
    });
    this.#show("idle");
    void this.#offer();
  }

  async #start(): Promise<void> {
    this.#complain(null);
    const stream = await openMicrophone();
    if (typeof stream === "string") return this.#complain(stream);
    this.#take = new Take(stream, this.dataset.account!);
    // Somebody pulls the plug: what was recorded until then stays.
    stream.getTracks()[0]!.addEventListener("ended", () => void this.#stop());
    const [meter, words] = [this.querySelector("meter")!, this.#part(".loudness")];
    this.#endLevel = watchLevel(stream, (level, loudness) => {
      if (this.#state !== "recording") return;
      meter.value = level;
      const said = this.dataset[loudness]!;
      if (words.textContent !== said) words.textContent = said;
    });
    this.#timer = setInterval(() => (this.#part(".elapsed").textContent = lasts(this.#take?.seconds ?? 0)), 250);
    this.#show("recording", "pause");
  }

  #pause(): void {
    this.#take?.pause();
    this.#show("paused", "resume");
  }

  #resume(): void {
    this.#take?.resume();
    this.#show("recording", "pause");
  }

  async #stop(): Promise<void> {
    const take = this.#take;
    if (!take || this.#state === "taken") return;
    this.#state = "taken";
    this.#endLevel();
    clearInterval(this.#timer);
    await this.#taken({ id: take.id, file: await take.stop(), seconds: take.seconds });
  }

  async #taken(sound: Sound): Promise<void> {
    this.#sound = sound;
    this.querySelector("audio")!.src = URL.createObjectURL(sound.file);
    this.#field("from").value = "0";
    this.#field("to").value = sound.seconds.toFixed(1);
    this.#field("level").checked = false;
    for (const name of ["from", "to"]) this.#field(name).max = sound.seconds.toFixed(1);
    const mayCut = decodable(sound);
    for (const name of ["from", "to", "level"]) this.#field(name).disabled = !mayCut;
    this.#part(".too-long").hidden = mayCut;
    this.#show("taken", "use");
    this.#showSizes();
  }

  #here(name: "from" | "to"): void {
    this.#field(name).value = this.querySelector("audio")!.currentTime.toFixed(1);
    this.#showSizes();
  }

  get #cut() {
    const seconds = this.#sound?.seconds ?? 0;
    const number = (name: string, otherwise: number) => {
      const value = this.#field(name).valueAsNumber;
      return Number.isNaN(value) ? otherwise : Math.min(Math.max(value, 0), seconds);
    };
    return { from: number("from", 0), to: number("to", seconds), isLevelled: this.#field("level").checked };
  }

  #showSizes(): void {
    if (!this.#sound) return;
    const plan = made(this.#sound, this.#cut, this.#limit);
    const words = this.#part(".sizes");
    if ("problem" in plan) words.textContent = this.dataset[plan.problem]!.replace("#", String(mostMinutes(this.#limit)));
    else {
      const key = plan.rate === null ? "asIs" : "asWav";
      const size = sizeOf(plan.rate === null ? this.#sound.file : { size: plan.bytes });
      words.textContent = this.dataset[key]!.replace("#1", lasts(plan.seconds)).replace("#2", size);
    }
    for (const name of ["use", "listen"])
      this.querySelector<HTMLButtonElement>(`[data-do=${name}]`)!.disabled = "problem" in plan;
  }

  async #result(): Promise<Blob | null> {
    const sound = this.#sound;
    if (!sound) return null;
    const plan = made(sound, this.#cut, this.#limit);
    if ("problem" in plan) return null;
    const file = plan.rate === null ? sound.file : await decode(sound, this.#cut, plan.rate).catch(() => null);
    if (!file) this.#complain("broken");
    return file;
  }

  async #listen(): Promise<void> {
    const file = await this.#result();
    if (!file) return;
    const player = this.querySelector("audio")!;
    player.src = URL.createObjectURL(file);
    await player.play().catch(() => undefined);
  }

  async #use(): Promise<void> {
    const [sound, file] = [this.#sound, await this.#result()];
    if (!sound || !file) return;
    const ending = { "audio/mp4": "m4a", "audio/ogg": "ogg", "audio/wav": "wav" }[file.type] ?? "webm";
    const name = `${this.dataset.name} ${new Date().toLocaleDateString("sv")}.${ending}`;
    const detail = { file: new File([file], name, { type: file.type }), onStored: () => void forgetRecording(sound.id) };
    this.#empty();
    this.closest("rk-audio")!.dispatchEvent(new CustomEvent("rk-recorded", { detail }) satisfies Recorded);
  }

  #drop(): void {
    if (this.#sound) void forgetRecording(this.#sound.id);
    this.#empty();
  }

  #empty(): void {
    this.#take = this.#sound = null;
    this.querySelector("audio")!.removeAttribute("src");
    this.#show("idle", "start");
  }

  // A recording that nobody attached would be missing from the post, and nobody would have said so.
  #mind(event: SubmitEvent): void {
    if (this.#state === "idle") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#complain("unattached");
    this.querySelector<HTMLElement>(`[data-do=${this.#state === "taken" ? "use" : "stop"}]`)!.focus();
  }

  // What this device still has from a page that was closed.
  async #offer(): Promise<void> {
    const [kept] = await keptRecordings(this.dataset.account!);
    if (!kept) return;
    const offer = this.#part(".kept");
    const when = clockTime(new Date(kept.startedAt));
    offer.querySelector("p")!.textContent = this.dataset.kept!.replace("#1", lasts(kept.seconds)).replace("#2", when);
    const [take, drop] = offer.querySelectorAll("button");
    take!.addEventListener("click", () => void this.#takeUp(kept), { once: true });
    drop!.addEventListener("click", () => (void forgetRecording(kept.id), (offer.hidden = true), this.#focus("start")), {
      once: true,
    });
    offer.hidden = false;
  }

  async #takeUp(kept: KeptRecording): Promise<void> {
    if (this.#state !== "idle") return;
    this.#part(".kept").hidden = true;
    holdRecording(kept.id);
    await this.#taken({ id: kept.id, file: await soundOf(kept), seconds: kept.seconds });
  }

  #show(state: State, focus?: string): void {
    this.#state = state;
    const shown: Readonly<Record<State, readonly string[]>> = {
      idle: ["start"],
      recording: ["pause", "stop"],
      paused: ["resume", "stop"],
      taken: [],
    };
    for (const name of ["start", "pause", "resume", "stop"])
      this.querySelector<HTMLElement>(`[data-do=${name}]`)!.hidden = !shown[state].includes(name);
    this.#part(".running").hidden = state !== "recording" && state !== "paused";
    this.#part(".take").hidden = state !== "taken";
    if (state === "idle" || state === "recording") this.#complain(null);
    if (!focus) return;
    const said = this.dataset[`say${state[0]!.toUpperCase()}${state.slice(1)}`] ?? "";
    document.querySelector("#rk-live")!.textContent = said.replace("#", lasts(this.#sound?.seconds ?? 0));
    this.#focus(focus);
  }

  #focus(name: string): void {
    this.querySelector<HTMLElement>(`[data-do=${name}]`)!.focus();
  }

  #complain(key: string | null): void {
    const error = this.#part(".error");
    error.hidden = key === null;
    error.textContent = key === null ? "" : this.dataset[key]!;
  }

  get #limit(): number {
    return Number(this.dataset.bytes);
  }

  #part(selector: string): HTMLElement {
    return this.querySelector<HTMLElement>(selector)!;
  }

  #field(name: string): HTMLInputElement {
    return this.querySelector<HTMLInputElement>(`#recorder-${name}`)!;
  }
}
