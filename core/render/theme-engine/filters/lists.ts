import type { Filter } from "../environment.ts";
import { isHtml } from "../html.ts";
import type { State } from "../state.ts";
import { emptyRecord, fieldNames, isRecord, read } from "../values.ts";
import { named } from "./keywords.ts";

/** Taking lists apart and putting them together. */
export const listFilters: Record<string, Filter> = {
  first: (_, value) => (typeof value === "string" ? value[0] : read(value, 0)),
  last: (_, value) =>
    typeof value === "string" ? value.at(-1) : Array.isArray(value) ? read(value, value.length - 1) : undefined,
  length: (_, value) => lengthOf(value),
  list: (call, value) => asList(call, value),
  join: named("join", ["separator", "attribute"], (call, value, separator, attribute) => {
    const between = separator === undefined || separator === null ? "" : call.text(separator);
    const texts = asList(call, value).map((item) => call.text(attribute ? call.read(item, attribute) : item));
    let length = between.length * texts.length;
    for (const text of texts) length += text.length;
    call.charge(texts.length + (length >>> 5));
    return texts.join(between);
  }),
  slice: named("slice", ["slices", "fill_with"], slice),
  batch: named("batch", ["linecount", "fill_with"], batch),
  reverse: (call, value) => {
    if (typeof value === "string" || isHtml(value)) {
      call.charge(value.toString().length >>> 3);
      return value.toString().split("").toReversed().join("");
    }
    return asList(call, value).toReversed();
  },
  groupby: named("groupby", ["attribute"], (call, value, attribute) => {
    const groups = emptyRecord();
    for (const item of asList(call, value)) {
      const name = call.read(item, attribute);
      const key = name === undefined || name === null ? String(name) : call.text(name);
      if (key === "__proto__") call.key(key);
      const group = (groups[key] ??= []) as unknown[];
      group.push(item);
    }
    return groups;
  }),
  where: named("where", ["attribute", "value"], (call, value, attribute, ...wanted) =>
    asList(call, value).filter((item) => {
      const found = call.read(item, attribute);
      return wanted.length === 0 ? Boolean(found) : found === wanted[0];
    }),
  ),
  unique: named("unique", ["attribute"], (call, value, attribute) => {
    const seen = new Set<unknown>();
    return asList(call, value).filter((item) => {
      const mark = attribute === undefined ? item : call.read(item, attribute);
      return seen.has(mark) ? false : seen.add(mark);
    });
  }),
};

function lengthOf(value: unknown): number {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  if (isHtml(value)) return value.toString().length;
  return isRecord(value) ? fieldNames(value).length : 0;
}

/** A value as a list: characters of a text, `{key, value}` of a dict; nothing for null and undefined. */
export function asList(call: State, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) {
    call.charge(value.length);
    return value;
  }
  if (typeof value === "string") {
    call.charge(value.length);
    return value.split("");
  }
  if (value === undefined || value === null) return [];
  if (!isRecord(value)) return call.fail("type", "This filter needs a list.");
  return fieldNames(value).map((key) => {
    call.charge(1);
    return Object.assign(emptyRecord(), { key, value: read(value, key) });
  });
}

function slice(call: State, value: unknown, slices: unknown, fill: unknown): unknown[][] {
  const list = asList(call, value);
  const count = countOf(call, slices);
  const even = Math.floor(list.length / count);
  const longer = list.length % count;
  return Array.from({ length: count }, (_, index) => {
    const start = index * even + Math.min(index, longer);
    const part = list.slice(start, start + even + (index < longer ? 1 : 0));
    return fill && index >= longer ? [...part, fill] : part;
  });
}

function batch(call: State, value: unknown, size: unknown, fill: unknown): unknown[][] {
  const list = asList(call, value);
  const count = countOf(call, size);
  const rows: unknown[][] = [];
  for (let start = 0; start < list.length; start += count) rows.push(list.slice(start, start + count));
  const last = rows.at(-1);
  if (fill && last !== undefined) last.push(...Array.from({ length: count - last.length }, () => fill));
  return rows;
}

function countOf(call: State, value: unknown): number {
  const count = Math.floor(Number(typeof value === "string" ? value : (value as number)));
  if (!(count >= 1)) call.fail("type", "A whole number above 0 is needed here.");
  // Paid before anything of that size is made.
  call.charge(count);
  return count;
}
