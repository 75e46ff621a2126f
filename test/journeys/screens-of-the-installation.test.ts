import { lookAtScreens } from "../screens/look-at-screens.ts";
import { journey } from "./journey.ts";

journey("screens of the account and the installation can be used by everybody, in every language", (t) =>
  lookAtScreens(t, "kim", /^\/(?!compose|b\/)/),
);
