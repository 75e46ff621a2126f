import { clockTime } from "./clock.ts";

/** What the line under the text says; `detail` is the server's own sentence. */
export type Say = (state: string, detail?: string) => void;

/** The line that says where the text is; troubles are spoken as well. */
export function stateText(form: HTMLFormElement): Say {
  const line = form.querySelector<HTMLElement>(".state")!;
  const text = line.querySelector("output")!;
  let before = "";
  return (state, detail = "") => {
    const words = text.getAttribute(`data-${state}`)!.replace("#", state === "saved" ? clockTime(new Date()) : detail);
    text.value = words;
    line.dataset.state = state;
    if (state !== "saved" && state !== before) document.querySelector("#rk-live")!.textContent = words;
    before = state;
  };
}
