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

type KnownFacts = Required<Omit<HelperFacts, "parameters">> & Pick<HelperFacts, "parameters">;

// A class whose parent gives it somebody else's object writes its private fields onto that object. Nobody outside can see,
// copy or forge such a mark; setting one costs a thirtieth of an entry in a WeakMap, and the collector nothing.
// oxlint-disable-next-line typescript/no-extraneous-class -- only a class can be extended so
class Carrier {
  constructor(carrier: object) {
    // oxlint-disable-next-line no-constructor-return -- the way to write a private field onto another object
    return carrier;
  }
}

class HelperMark extends Carrier {
  #facts: KnownFacts;

  constructor(carrier: object, facts: KnownFacts) {
    super(carrier);
    this.#facts = facts;
  }

  static of(carrier: object): KnownFacts | undefined {
    return #facts in carrier ? carrier.#facts : undefined;
  }

  static change(carrier: object, facts: KnownFacts): void {
    (carrier as HelperMark).#facts = facts;
  }
}

class KindMark extends Carrier {
  readonly #kind: string;
  readonly #late: ReadonlySet<string>;

  constructor(carrier: object, kind: string, late: ReadonlySet<string>) {
    super(carrier);
    this.#kind = kind;
    this.#late = late;
  }

  static isOn(carrier: object): boolean {
    return #kind in carrier;
  }

  static of(carrier: object): string | undefined {
    return #kind in carrier ? carrier.#kind : undefined;
  }

  static lateOf(carrier: object): ReadonlySet<string> {
    return #late in carrier ? carrier.#late : none;
  }
}

const none: ReadonlySet<string> = new Set();

/** Makes a function callable from templates; anything without this brand is refused. */
export function brand<F extends Helper>(fn: F, facts: HelperFacts): F {
  const known = { cost: 1, ...facts };
  if (!HelperMark.of(fn)) return new HelperMark(fn, known) as unknown as F;
  HelperMark.change(fn, known);
  return fn;
}

/** The facts of a branded function, undefined for everything else. */
export function helperFacts(value: unknown): KnownFacts | undefined {
  return typeof value === "function" ? HelperMark.of(value) : undefined;
}

/**
 * Says that an object is a Post, Image, …: helpers can ask for it, and its own getters may run. `late` names the getters of
 * its class that templates see like its own fields. Gives the object back.
 */
export function brandObject<T extends object>(kind: string, object: T, late: ReadonlySet<string> = none): T {
  return new KindMark(object, kind, late) as unknown as T;
}

/** Whether trusted code made this object as that kind; what a template builds itself never passes. */
export function hasBrand(kind: string, object: unknown): boolean {
  return typeof object === "object" && object !== null && KindMark.of(object) === kind;
}

/** Whether an object carries any kind. */
export function isBranded(object: object): boolean {
  return KindMark.isOn(object);
}

/** The getters of a branded object's class that templates may read. */
export function lateFields(object: object): ReadonlySet<string> {
  return KindMark.lateOf(object);
}
