import type { AdminScreen } from "../../request.ts";
import { changeCode } from "./code/change-code.ts";
import { compareCode } from "./code/code-compare.ts";
import { codeHistory, restoreSave } from "./code/code-history.ts";
import { showCode } from "./code/code-page.ts";
import { copyTemplate, dropDraft, newTemplate, revertTemplate, seenOriginal, undoAll } from "./code/own-templates.ts";
import { changeCss, showCss } from "./own-css.ts";
import { restoreLook, showHistory } from "./design-history.ts";
import { changeDesign, previewSent, showDesign } from "./save-design.ts";
import { cardPicture } from "./theme-cards.ts";

/** The look of a blog: its theme with its settings, CSS of its own, and templates of its own. */
export const designScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/design", access: "member", run: showDesign },
  { method: "POST", path: "/b/:blog/design", access: "member", run: changeDesign },
  { method: "POST", path: "/b/:blog/design/preview", access: "member", run: previewSent },
  { method: "GET", path: "/b/:blog/design/themes/:id/picture", access: "member", run: cardPicture },
  { method: "GET", path: "/b/:blog/design/history", access: "member", run: showHistory },
  { method: "POST", path: "/b/:blog/design/history/:id/restore", access: "member", run: restoreLook },
  { method: "GET", path: "/b/:blog/design/css", access: "member", run: showCss },
  { method: "POST", path: "/b/:blog/design/css", access: "member", run: changeCss },
  { method: "GET", path: "/b/:blog/design/code", access: "member", run: showCode },
  { method: "POST", path: "/b/:blog/design/code", access: "member", run: changeCode },
  { method: "POST", path: "/b/:blog/design/code/copy", access: "member", run: copyTemplate },
  { method: "POST", path: "/b/:blog/design/code/new", access: "member", run: newTemplate },
  { method: "POST", path: "/b/:blog/design/code/revert", access: "member", run: revertTemplate },
  { method: "POST", path: "/b/:blog/design/code/drop-draft", access: "member", run: dropDraft },
  { method: "POST", path: "/b/:blog/design/code/seen", access: "member", run: seenOriginal },
  { method: "POST", path: "/b/:blog/design/code/undo", access: "member", run: undoAll },
  { method: "GET", path: "/b/:blog/design/code/history", access: "member", run: codeHistory },
  { method: "POST", path: "/b/:blog/design/code/restore", access: "member", run: restoreSave },
  { method: "GET", path: "/b/:blog/design/code/compare", access: "member", run: compareCode },
];
