import { lookAtScreens } from "../screens/look-at-screens.ts";
import { journey } from "./journey.ts";

journey("screens of writing, posts and media can be used by everybody, in every language", (t) =>
  lookAtScreens(t, "kim", /^\/(compose|b\/:blog\/(posts|schedule|media|drafts))/),
);
