/** What is wrong with a value, each with its place; nothing when it is as it should be. */
export type Shape = (value: unknown, place: string) => readonly string[];

const rule =
  (name: string, fits: (value: unknown) => boolean): Shape =>
  (value, place) =>
    fits(value) ? [] : [`${place} is ${JSON.stringify(value)?.slice(0, 80)}, not ${name}`];

const isText = (value: unknown): value is string => typeof value === "string";

export const text = rule("text", isText);
export const said = rule("text that says something", (value) => isText(value) && value !== "");
export const whole = rule("a whole number", Number.isInteger);
export const number = rule("a number", (value) => typeof value === "number" && Number.isFinite(value));
export const flag = rule("yes or no", (value) => typeof value === "boolean");
export const idText = rule("an id written as text", (value) => isText(value) && /^[1-9]\d*$/.test(value));
export const address = rule(
  "an absolute address",
  (value) => isText(value) && /^https?:\/\/./.test(value) && URL.canParse(value),
);
export const addressOrNothing = rule(
  "an absolute address or empty",
  (value) => value === "" || (isText(value) && /^https?:\/\/./.test(value)),
);
/** RFC 3339 with a numeric offset and no fraction: apps read dates by a fixed form. */
export const date = rule(
  "2026-04-26T12:00:00+00:00",
  (value) => isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(value),
);
export const fineDate = rule(
  "2026-04-26T12:00:00.000+00:00",
  (value) => isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/.test(value),
);
export const just = (wanted: unknown): Shape =>
  rule(JSON.stringify(wanted), (value) => JSON.stringify(value) === JSON.stringify(wanted));
export const like = (pattern: RegExp): Shape => rule(String(pattern), (value) => isText(value) && pattern.test(value));
export const orNull =
  (shape: Shape): Shape =>
  (value, place) =>
    value === null ? [] : shape(value, place);

/** A list of these, `least` of them at least. */
export const listOf =
  (shape: Shape, least = 0): Shape =>
  (value, place) => {
    if (!Array.isArray(value)) return [`${place} is no list`];
    const few = value.length < least ? [`${place} has ${value.length} entries, not ${least}`] : [];
    return [...few, ...value.flatMap((one, at) => shape(one, `${place}[${at}]`))];
  };

/** An object that has all of `must`; what of `may` is there fits, too. Others may stand beside them. */
export const object =
  (must: Readonly<Record<string, Shape>>, may: Readonly<Record<string, Shape>> = {}): Shape =>
  (value, place) => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return [`${place} is no object`];
    const given = value as Readonly<Record<string, unknown>>;
    const missing = Object.keys(must).filter((name) => given[name] === undefined);
    const there = Object.entries({ ...must, ...may }).filter(([name]) => given[name] !== undefined);
    return [
      ...missing.map((name) => `${place}.${name} is missing`),
      ...there.flatMap(([name, shape]) => shape(given[name], `${place}.${name}`)),
    ];
  };
