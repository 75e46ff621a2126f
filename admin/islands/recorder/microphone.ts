import { forgetRecording, holdRecording, keepPiece, type KeptRecording } from "./kept.ts";

/** Why nothing can be recorded, as the key of a sentence. */
export type Trouble = "unsupported" | "refused" | "none" | "busy";

// What podcast apps take where a browser can make it; else what it makes.
const types = ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/ogg;codecs=opus"];

/** Whether this browser can record at all. */
export function canRecord(): boolean {
  return typeof MediaRecorder !== "undefined" && navigator.mediaDevices !== undefined;
}

/** Asks for the microphone; a Trouble when there is none, or when it was refused. */
export async function openMicrophone(): Promise<MediaStream | Trouble> {
  if (!canRecord()) return "unsupported";
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (error) {
    const { name } = error as DOMException;
    if (name === "NotAllowedError" || name === "SecurityError") return "refused";
    return name === "NotFoundError" || name === "OverconstrainedError" ? "none" : "busy";
  }
}

/** A recording under way. Each second of it is kept on this device at once. */
export class Take {
  readonly id: string = crypto.randomUUID();
  readonly stream: MediaStream;
  readonly #recorder: MediaRecorder;
  readonly #account: string;
  readonly #startedAt = Date.now();
  readonly #pieces: Blob[] = [];
  readonly #ended: Promise<void>;
  #keeping: Promise<unknown> = Promise.resolve();
  #before = 0;
  #since = performance.now();

  constructor(stream: MediaStream, account: string) {
    this.stream = stream;
    this.#account = account;
    const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type));
    this.#recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), audioBitsPerSecond: 96_000 });
    holdRecording(this.id);
    this.#recorder.addEventListener("dataavailable", ({ data }) => {
      if (data.size === 0) return;
      this.#pieces.push(data);
      this.#keeping = keepPiece(this.kept, data);
    });
    this.#ended = new Promise((resolve) => this.#recorder.addEventListener("stop", () => resolve(), { once: true }));
    this.#recorder.start(1000);
  }

  /** What of it is on this device. */
  get kept(): KeptRecording {
    const { id, seconds } = this;
    const type = this.#recorder.mimeType.split(";")[0]!;
    return { id, account: this.#account, type, startedAt: this.#startedAt, seconds };
  }

  /** Seconds recorded so far, without pauses. */
  get seconds(): number {
    return this.#before + (this.#recorder.state === "recording" ? (performance.now() - this.#since) / 1000 : 0);
  }

  pause(): void {
    this.#before = this.seconds;
    this.#recorder.pause();
  }

  resume(): void {
    this.#since = performance.now();
    this.#recorder.resume();
  }

  /** Ends it and lets the microphone go. */
  async stop(): Promise<Blob> {
    if (this.#recorder.state !== "inactive") {
      this.#before = this.seconds;
      this.#recorder.stop();
    }
    await this.#ended;
    await this.#keeping;
    for (const track of this.stream.getTracks()) track.stop();
    return new Blob(this.#pieces, { type: this.kept.type });
  }

  /** Throws it away. */
  forget(): Promise<void> {
    return forgetRecording(this.id);
  }
}
