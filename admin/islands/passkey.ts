import { browserSupportsWebAuthn, startAuthentication, startRegistration } from "@simplewebauthn/browser";

type Asked = { readonly options: { readonly user?: unknown }; readonly ticket: string };

/** Asks the browser for a passkey, puts the answer into the form it stands in and sends that. Without script it is not there. */
export default class Passkey extends HTMLElement {
  connectedCallback(): void {
    if (!browserSupportsWebAuthn()) return;
    this.hidden = false;
    this.querySelector("button")!.addEventListener("click", () => void this.#ask(false));
    if (this.dataset.autofill !== undefined) void this.#ask(true);
  }

  // As autofill it waits quietly beside the name's field; the button takes its place.
  async #ask(isAutofill: boolean): Promise<void> {
    const form = this.closest("form")!;
    const word = form.querySelector<HTMLInputElement>("[name=csrf]")!.value;
    const say = (text: string) => (this.querySelector("[role=alert]")!.textContent = text);
    say("");
    try {
      const answer = await fetch(this.dataset.options!, { method: "POST", body: new URLSearchParams({ csrf: word }) });
      const asked = (await answer.json()) as Asked & { readonly error?: string };
      if (!answer.ok) return void (isAutofill || say(asked.error ?? this.dataset.refused!));
      const optionsJSON = asked.options as never;
      const response = asked.options.user
        ? await startRegistration({ optionsJSON })
        : await startAuthentication({ optionsJSON, useBrowserAutofill: isAutofill });
      this.querySelector<HTMLInputElement>("[name$=ticket]")!.value = asked.ticket;
      this.querySelector<HTMLInputElement>("[name$=response]")!.value = JSON.stringify(response);
      form.submit();
    } catch (error) {
      // Closing the browser's question is no error worth a word of ours when nobody pressed the button.
      if (!isAutofill && (error as Error).name !== "AbortError") say(this.dataset.refused!);
    }
  }
}
