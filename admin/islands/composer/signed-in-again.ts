/** Whether the same person is signed in again; every form of the page then carries the new session's word. */
export async function signedInAgain(account: string): Promise<boolean> {
  const answer = await fetch("/compose", { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const word = page.querySelector<HTMLInputElement>("#composer [name=csrf]")?.value;
  if (!word || page.querySelector<HTMLElement>("rk-composer")?.dataset.account !== account) return false;
  for (const input of document.querySelectorAll<HTMLInputElement>("input[name=csrf]")) input.value = word;
  return true;
}
