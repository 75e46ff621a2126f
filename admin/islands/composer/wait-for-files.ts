/** Files of a form that are on their way, and those that failed. */
export type Uploads = { readonly running: ReadonlySet<unknown>; readonly failed: ReadonlySet<unknown> };

/**
 * Keeps a form from leaving before its files have arrived, and says so in `notice` by the words of `box`; the button there sends the
 * form without them. Gives what to call whenever a file arrived or failed.
 */
export function waitForFiles(form: HTMLFormElement, box: HTMLElement, notice: HTMLElement, { running, failed }: Uploads) {
  let submitter: HTMLElement | null | undefined;
  let goesWithout = false;
  const isOver = () => goesWithout || running.size + failed.size === 0;
  const go = () => {
    if (submitter === undefined) return;
    const { waits, stays } = box.dataset;
    notice.hidden = isOver();
    notice.querySelector("p")!.textContent = running.size > 0 ? waits!.replace("#", String(running.size)) : stays!;
    if (!notice.hidden) return;
    const by = submitter;
    submitter = undefined;
    form.requestSubmit(by);
  };
  const wait = (event: SubmitEvent) => {
    if (isOver()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    submitter = event.submitter;
    go();
  };
  // Before the composer's own listeners: a form that waits has not left.
  form.addEventListener("submit", wait, { capture: true });
  notice.querySelector("button")!.addEventListener("click", () => {
    goesWithout = true;
    go();
  });
  return go;
}
