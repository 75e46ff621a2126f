/** A button that takes back what was just done: a form of ours with these fields. */
export type FlashUndo = {
  readonly path: string;
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  readonly label: string;
};

/** What the page before wants said once, after a redirect. */
export type Flash = { readonly text: string; readonly undo?: FlashUndo };

/** A flash as the value of its cookie. */
export function flashValue(flash: string | Flash): string {
  return encodeURIComponent(typeof flash === "string" || !flash.undo ? textOf(flash) : JSON.stringify(flash));
}

/** A flash from the value of its cookie; what we did not write there is left out. */
export function flashFrom(value: string | undefined): Flash | null {
  if (!value) return null;
  try {
    const text = decodeURIComponent(value).slice(0, 4000);
    if (!text.startsWith("{")) return { text: text.slice(0, 500) };
    const { text: said, undo } = JSON.parse(text) as Flash;
    if (typeof said !== "string") return null;
    return { text: said.slice(0, 500), ...(isUndo(undo) && { undo }) };
  } catch (error) {
    if (error instanceof URIError || error instanceof SyntaxError) return null;
    throw error;
  }
}

const textOf = (flash: string | Flash): string => (typeof flash === "string" ? flash : flash.text);

// Without https another page of the domain could set the cookie: the button leads to forms about posts and replies only.
function isUndo(undo: unknown): undo is FlashUndo {
  const { path, fields, label } = (undo ?? {}) as Partial<Record<keyof FlashUndo, unknown>>;
  return (
    typeof path === "string" &&
    /^\/b\/[a-z0-9.:-]+\/(replies|posts\/(bulk|[0-9A-Z]{26}\/(undo|restore)))$/.test(path) &&
    typeof label === "string" &&
    typeof fields === "object" &&
    fields !== null &&
    Object.values(fields).every((field) => [field].flat().every((one) => typeof one === "string"))
  );
}
