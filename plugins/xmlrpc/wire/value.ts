/** A value of XML-RPC as it arrives (http://xmlrpc.com/spec.md); 64-bit numbers and nil are the usual extensions. */
export type RpcValue = string | number | boolean | null | RpcDate | RpcBytes | readonly RpcValue[] | RpcStruct;
export type RpcStruct = { readonly [name: string]: RpcValue };

/** `dateTime.iso8601`, word for word: which zone it is in depends on who reads it. */
export class RpcDate {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** `base64`, decoded only when somebody who may store it asks. */
export class RpcBytes {
  readonly #text: Uint8Array;
  constructor(text: Uint8Array) {
    this.#text = text;
  }
  /** The bytes; null when the text is no base64. */
  read(): Uint8Array | null {
    const text = Buffer.from(this.#text.buffer, this.#text.byteOffset, this.#text.byteLength).toString("latin1");
    return /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text) ? Buffer.from(text, "base64") : null;
  }
}

/** Whether a value is a struct. */
export function isStruct(value: RpcValue | undefined): value is RpcStruct {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RpcDate) &&
    !(value instanceof RpcBytes)
  );
}
