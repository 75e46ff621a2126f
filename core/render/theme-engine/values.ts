import { helperFacts, isBranded, lateFields } from "./brands.ts";
import { isHtml } from "./html.ts";

/** Names that may be neither read, written nor bound anywhere in a template. */
export function isForbidden(name: string): boolean {
  return name === "__proto__" || name === "constructor" || name === "prototype";
}

/** What `loop` is inside a for; one per loop, moved on at each turn. */
export class Loop {
  index = 0;
  index0 = -1;
  revindex = 0;
  revindex0 = 0;
  first = false;
  last = false;
  length: number;

  constructor(length: number) {
    this.length = length;
  }

  turn(index: number): void {
    this.index0 = index;
    this.index = index + 1;
    this.revindex = this.length - index;
    this.revindex0 = this.length - index - 1;
    this.first = index === 0;
    this.last = index === this.length - 1;
  }
}

/** Reads one own property as a template may: plain objects, arrays, branded objects; a string gives only its length. */
export function read(target: unknown, key: string | number): unknown {
  if (typeof target === "string") return key === "length" ? target.length : undefined;
  if (typeof target !== "object" || target === null) return undefined;
  const value = Array.isArray(target) ? fromArray(target, key) : fromObject(target, key);
  return typeof value === "function" && helperFacts(value) === undefined ? undefined : value;
}

function fromArray(target: readonly unknown[], key: string | number): unknown {
  if (typeof key === "number") return Number.isInteger(key) && key >= 0 && key < target.length ? target[key] : undefined;
  return key === "length" ? target.length : ownData(target, key);
}

function fromObject(target: object, key: string | number): unknown {
  // Nearly everything a page reads is ours, and to ask for a descriptor makes an object each time.
  if (isBranded(target)) return hasField(target, key) ? (target as Record<string, unknown>)[key] : undefined;
  if (target instanceof Loop) return Object.hasOwn(target, key) ? target[key as keyof Loop] : undefined;
  const prototype: unknown = Object.getPrototypeOf(target);
  if (prototype === Object.prototype || prototype === null) return ownData(target, key);
  return isHtml(target) && key === "length" ? target.toString().length : undefined;
}

/** Whether an object has a field that a template may see: its own, or one that its class makes when it is first read. */
export function hasField(target: object, key: string | number): boolean {
  return Object.hasOwn(target, key) || (typeof key === "string" && lateFields(target).has(key));
}

/** The names of the fields a template may see. */
export function fieldNames(target: object): string[] {
  const late = lateFields(target);
  return late.size === 0 ? Object.keys(target) : [...Object.keys(target), ...late];
}

function ownData(target: object, key: string | number): unknown {
  return Object.getOwnPropertyDescriptor(target, key)?.value as unknown;
}

/** Whether a value is an object with named fields that a template may walk through. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || isBranded(value);
}

/** A moment in milliseconds since 1970, from a Date or a Temporal value; undefined for everything else. */
export function momentOf(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime();
  if (value instanceof Temporal.Instant || value instanceof Temporal.ZonedDateTime) return value.epochMilliseconds;
  return undefined;
}

/** An empty object without any inherited name, for what templates build. */
export function emptyRecord(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}
