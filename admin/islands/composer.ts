import { showCopies } from "./composer/copies.ts";
import { countCharacters } from "./composer/counting.ts";
import { listenToKeys } from "./composer/keys.ts";
import { previewLive } from "./composer/live-preview.ts";
import { showPanels } from "./composer/panels.ts";
import { showPhotoRows } from "./composer/photo-rows.ts";
import { holdName, offerRestore } from "./composer/restore.ts";
import { Saving } from "./composer/saving.ts";
import { stateText } from "./composer/state-text.ts";
import { estimateTargets } from "./composer/targets.ts";
import { showWhen } from "./composer/when.ts";

/** Puts the parts of the composer's form to work; each is a file of its own. */
export default class Composer extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form")!;
    const account = this.dataset.account!;
    this.classList.add("is-live");
    const title = countCharacters(form);
    showPhotoRows(form);
    showPanels(form);
    showWhen(form);
    estimateTargets(form);
    showCopies(form);
    previewLive(form);
    const saving = new Saving(form, stateText(form), account);
    listenToKeys(form, title, () => saving.now());
    holdName(saving.page);
    void offerRestore(form, account, saving.page);
  }
}
