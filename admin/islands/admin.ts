type Island = () => Promise<{ default: CustomElementConstructor }>;

// What a page does not hold is not fetched.
const islands: Readonly<Record<string, Island>> = {
  "rk-audio": () => import("./audio.ts"),
  "rk-composer": () => import("./composer.ts"),
  "rk-draft": () => import("./draft.ts"),
  "rk-editor": () => import("./editor.ts"),
  "rk-code-editor": () => import("./code-editor.ts"),
  "rk-copy": () => import("./copy.ts"),
  "rk-design": () => import("./design.ts"),
  "rk-generated-form": () => import("./generated-form.ts"),
  "rk-keys": () => import("./keys.ts"),
  "rk-passkey": () => import("./passkey.ts"),
  "rk-recorder": () => import("./recorder.ts"),
  "rk-sign-out": () => import("./sign-out.ts"),
  "rk-progress": () => import("./progress.ts"),
  "rk-quick-send": () => import("./quick-send.ts"),
  "rk-quote": () => import("./quote.ts"),
  "rk-upload": () => import("./upload.ts"),
};

for (const [name, load] of Object.entries(islands))
  if (document.querySelector(name)) void load().then((island) => customElements.define(name, island.default));

// After a form came back with errors, the summary gets the focus, so that it is read first.
document.querySelector<HTMLElement>("#errors")?.focus();
