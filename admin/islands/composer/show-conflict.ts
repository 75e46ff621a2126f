/** Puts both texts above the form's fields, as the server compares them. The text and the focus stay where they are. */
export async function showConflict(form: HTMLFormElement): Promise<void> {
  const body = new FormData();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  body.set("intent", "compare");
  const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "text/html" } }).catch(() => null);
  if (!answer) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const panel = page.querySelector("#conflict");
  if (panel) form.querySelector("#conflict-place")?.replaceChildren(document.importNode(panel, true));
}
