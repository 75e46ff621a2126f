import { Composer } from "./composer.ts";
import { Progress } from "./progress.ts";

customElements.define("rk-composer", Composer);
customElements.define("rk-progress", Progress);

// After a form came back with errors, the summary gets the focus, so that it is read first.
document.querySelector<HTMLElement>("#errors")?.focus();
