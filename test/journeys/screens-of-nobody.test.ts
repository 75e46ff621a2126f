import { lookAtScreens } from "../screens/look-at-screens.ts";
import { journey } from "./journey.ts";

journey("screens that need no sign-in can be used by everybody, in every language", (t) => lookAtScreens(t, "nobody", /^/));
