import { lookAtScreens } from "../screens/look-at-screens.ts";

lookAtScreens("kim", /^\/b\/:blog\/(?!posts|schedule|media|drafts)/);
