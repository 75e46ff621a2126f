/** Lets rows of photos be moved, put into the text and taken out, by their buttons or by dragging; the first photo leads. */
export function letRowsMove(form: HTMLFormElement, box: HTMLElement): void {
  const list = box.querySelector<HTMLElement>(".photo-rows")!;
  const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));
  const acts: Readonly<Record<string, (row: HTMLElement) => void>> = {
    up: (row) => row.previousElementSibling?.before(row),
    down: (row) => row.nextElementSibling?.after(row),
    insert: (row) => {
      if (!row.dataset.url) return;
      intoText(form, row);
      takeOut(row);
    },
    remove: takeOut,
  };
  list.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[name=intent]");
    const row = button?.closest<HTMLElement>("li");
    const act = button && acts[button.value.split(":")[0]!];
    if (!row || !act) return;
    event.preventDefault();
    act(row);
    changed();
    if (!row.isConnected) return void box.querySelector<HTMLElement>("#file")?.focus();
    button.focus();
    say(list, row);
  });
  const remind = (row: Element) => {
    const note = row.querySelector<HTMLElement>(".no-alt");
    const isDecorative = row.querySelector<HTMLInputElement>("[type=checkbox]")!.checked;
    if (note) note.hidden = isDecorative || row.querySelector("textarea")!.value.trim() !== "";
  };
  list.addEventListener("input", (event) => remind((event.target as Element).closest("li")!));
  for (const row of list.children) remind(row);
  letDrag(list, changed);
}

function letDrag(list: HTMLElement, changed: () => void): void {
  let dragged: HTMLElement | null = null;
  const ready = () => {
    for (const handle of list.querySelectorAll<HTMLElement>(".handle")) {
      handle.hidden = false;
      handle.draggable = true;
    }
  };
  new MutationObserver(ready).observe(list, { childList: true });
  ready();
  list.addEventListener("dragstart", (event) => {
    dragged = (event.target as Element).closest("li");
    event.dataTransfer?.setDragImage(dragged!, 0, 0);
  });
  list.addEventListener("dragover", (event) => {
    const over = (event.target as Element).closest?.("li");
    if (!dragged || !over || over.parentElement !== list) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    // Only past the middle, in the direction of the hand: rows that change places must not change back at once.
    const isBelow = (dragged.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    const isPast = event.clientY > top + height / 2;
    if (isBelow && isPast) over.after(dragged);
    else if (!isBelow && !isPast) over.before(dragged);
  });
  list.addEventListener("drop", (event) => dragged && event.preventDefault());
  list.addEventListener("dragend", () => {
    if (!dragged) return;
    changed();
    say(list, dragged);
    dragged = null;
  });
}

function takeOut(row: HTMLElement): void {
  row.dispatchEvent(new Event("rk-remove"));
  row.remove();
}

function intoText(form: HTMLFormElement, row: HTMLElement): void {
  const text = form.querySelector<HTMLTextAreaElement>("#content")!;
  const alt = row
    .querySelector("textarea")!
    .value.replace(/[[\]\\]/g, "\\$&")
    .replace(/\s+/g, " ");
  const markdown = `![${alt}](${row.dataset.url})`;
  text.focus();
  // Typed, so that the browser's own undo takes it back.
  if (document.execCommand("insertText", false, markdown)) return;
  text.setRangeText(markdown, text.selectionStart, text.selectionEnd, "end");
}

function say(list: HTMLElement, row: HTMLElement): void {
  const moved = list.closest<HTMLElement>("fieldset")!.dataset.moved!;
  document.querySelector("#rk-live")!.textContent = moved.replace("#", String([...list.children].indexOf(row) + 1));
}
