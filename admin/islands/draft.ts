import { holdName, offerRestore } from "./composer/restore.ts";
import { Saving } from "./composer/saving.ts";
import { stateText } from "./composer/state-text.ts";

/** A small form for writing, kept like the composer's. */
export default class DraftForm extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form")!;
    const account = this.dataset.account!;
    const saving = new Saving(form, stateText(form), account);
    holdName(saving.page);
    void offerRestore(form, account, saving.page);
  }
}
