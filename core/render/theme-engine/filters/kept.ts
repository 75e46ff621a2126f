const made = new Map<string, object>();
const most = 500;

/** Gives the formatter kept under a key or makes it: making one takes a hundred times as long as using it. */
export function kept<T extends object>(key: string, make: () => T): T {
  const known = made.get(key);
  if (known !== undefined) return known as T;
  if (made.size >= most) made.clear();
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}
