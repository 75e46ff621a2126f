import { faults, Fault } from "../wire/fault.ts";
import { blogger } from "./blogger.ts";
import { metaWeblog } from "./metaweblog.ts";
import type { Method, Methods } from "./method.ts";
import { microblog } from "./microblog.ts";
import { movableType } from "./movable-type.ts";
import { wordPress } from "./wordpress.ts";

const known: Methods = { ...metaWeblog, ...blogger, ...movableType, ...microblog, ...wordPress };
const names = [...Object.keys(known), "mt.supportedMethods", "system.listMethods"].toSorted();
const methods: Methods = { ...known, "system.listMethods": () => names, "mt.supportedMethods": () => names };

/** The method of a name. A Fault that says what to use instead when there is none. */
export function methodOf(name: string): Method {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method) return method;
  const instead = name.startsWith("wp.") ? " Choose MetaWeblog or Micro.blog instead of WordPress in your editor." : "";
  throw new Fault(faults.method, `There is no method “${name.slice(0, 80)}” here.${instead}`);
}
