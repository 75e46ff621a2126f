import { lookAtScreens } from "../screens/look-at-screens.ts";
import { journey } from "./journey.ts";

journey("screens of a blog and its settings can be used by everybody, in every language", (t) =>
  lookAtScreens(t, "kim", /^\/b\/:blog\/(?!posts|schedule|media|drafts)/),
);
