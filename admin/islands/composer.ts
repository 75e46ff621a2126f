import { countCharacters } from "./composer/counting.ts";
import { listenToKeys } from "./composer/keys.ts";
import { previewLive } from "./composer/live-preview.ts";
import { showPhotoRows } from "./composer/photo-rows.ts";

/** Puts the parts of the composer's form to work; each is a file of its own. */
export default class Composer extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form")!;
    this.classList.add("is-live");
    const title = countCharacters(form);
    showPhotoRows(form);
    previewLive(form);
    listenToKeys(form, title);
  }
}
