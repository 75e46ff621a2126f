export { plainText } from "./sanitise.ts";
