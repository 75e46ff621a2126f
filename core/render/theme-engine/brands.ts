/** A function a template may call: gets the arguments in order. */
export type Helper = (...args: never[]) => unknown;

/** What the engine knows about a callable: its name for messages, what a call costs, the names of its arguments. */
export type HelperFacts = {
  name: string;
  /** Fuel for one call besides the size of the result; 1 when absent. */
  cost?: number;
  /** With it keyword arguments are put in their places; without it they arrive together as one last plain object. */
  parameters?: readonly string[];
};

const helpers = new WeakMap<object, Required<Omit<HelperFacts, "parameters">> & Pick<HelperFacts, "parameters">>();
const kinds = new WeakMap<object, string>();

/** Makes a function callable from templates; anything without this brand is refused. */
export function brand<F extends Helper>(fn: F, facts: HelperFacts): F {
  helpers.set(fn, { cost: 1, ...facts });
  return fn;
}

/** The facts of a branded function, undefined for everything else. */
export function helperFacts(value: unknown) {
  return typeof value === "function" ? helpers.get(value) : undefined;
}

/** Says that an object is a Post, Image, …: helpers can ask for it, and its own getters may run. Gives the object back. */
export function brandObject<T extends object>(kind: string, object: T): T {
  kinds.set(object, kind);
  return object;
}

/** Whether trusted code made this object as that kind; what a template builds itself never passes. */
export function hasBrand(kind: string, object: unknown): boolean {
  return typeof object === "object" && object !== null && kinds.get(object) === kind;
}

/** Whether an object carries any kind. */
export function isBranded(object: object): boolean {
  return kinds.has(object);
}
