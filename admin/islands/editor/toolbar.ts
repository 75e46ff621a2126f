/** A toolbar is one stop of the Tab key; arrows, Home and End go through it, Escape goes back to the text. */
export function oneStop(bar: HTMLElement, leave: () => void): void {
  const buttons = [...bar.querySelectorAll("button")];
  const go = (to: HTMLButtonElement) => {
    for (const button of buttons) button.tabIndex = button === to ? 0 : -1;
  };
  go(buttons[0]!);
  bar.addEventListener("focusin", (event) => go(event.target as HTMLButtonElement));
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const onward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const steps: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: at - 1,
      [onward]: at + 1,
      Home: 0,
      End: buttons.length - 1,
    };
    if (event.key === "Escape") return leave();
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[(to + buttons.length) % buttons.length]!.focus();
  });
}
