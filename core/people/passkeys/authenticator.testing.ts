import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";

type Options = {
  readonly challenge: string;
  readonly rp?: { readonly id?: string };
  readonly rpId?: string;
  readonly user?: { readonly id: string };
};
/** What goes wrong with an answer on purpose. */
export type Flaw = {
  readonly origin?: string;
  readonly challenge?: string;
  readonly rpId?: string;
  readonly isUnverified?: boolean;
  readonly count?: number;
  readonly userHandle?: string;
};

const sha256 = (data: Buffer | string): Buffer => createHash("sha256").update(data).digest();

/** An authenticator of our own for tests: one P-256 key, answers as a browser's form brings them. */
export class TestAuthenticator {
  readonly credentialId = randomBytes(16).toString("base64url");
  readonly #origin: string;
  readonly #keys: { publicKey: KeyObject; privateKey: KeyObject };
  #count = 0;
  #userHandle = "";

  constructor(origin: string) {
    this.#origin = origin;
    this.#keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  }

  /** The answer to options for making a passkey, as JSON. */
  register(options: Options, flaw: Flaw = {}): string {
    this.#userHandle = options.user?.id ?? "";
    const { x, y } = this.#keys.publicKey.export({ format: "jwk" });
    const key = cbor(new Map<number, unknown>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(x!, "base64url")], [-3, Buffer.from(y!, "base64url")]])); // prettier-ignore
    const id = Buffer.from(this.credentialId, "base64url");
    const length = Buffer.from([0, id.length]);
    const data = Buffer.concat([this.#head(options.rp?.id ?? "", 0x41, flaw), Buffer.alloc(16), length, id, key]);
    const attestation = cbor(new Map<string, unknown>([["fmt", "none"], ["attStmt", new Map()], ["authData", data]])); // prettier-ignore
    return this.#answer({
      clientDataJSON: this.#client("webauthn.create", options.challenge, flaw).toString("base64url"),
      attestationObject: attestation.toString("base64url"),
      transports: ["internal"],
    });
  }

  /** The answer to options for showing a passkey, as JSON. */
  prove(options: Options, flaw: Flaw = {}): string {
    const data = this.#head(options.rpId ?? "", 0x01, flaw);
    const client = this.#client("webauthn.get", options.challenge, flaw);
    return this.#answer({
      clientDataJSON: client.toString("base64url"),
      authenticatorData: data.toString("base64url"),
      signature: sign("sha256", Buffer.concat([data, sha256(client)]), this.#keys.privateKey).toString("base64url"),
      userHandle: flaw.userHandle ?? this.#userHandle,
    });
  }

  #head(rpId: string, flags: number, flaw: Flaw): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(flaw.count ?? ++this.#count);
    return Buffer.concat([sha256(flaw.rpId ?? rpId), Buffer.from([flags | (flaw.isUnverified ? 0 : 4)]), count]);
  }

  #client(type: string, challenge: string, flaw: Flaw): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge: flaw.challenge ?? challenge, origin: flaw.origin ?? this.#origin }));
  }

  #answer(response: object): string {
    const { credentialId: id } = this;
    return JSON.stringify({ id, rawId: id, type: "public-key", clientExtensionResults: {}, response });
  }
}

// As much of CBOR (RFC 8949) as an authenticator needs.
function cbor(value: unknown): Buffer {
  if (typeof value === "number") return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  const entries = [...(value as Map<unknown, unknown>)];
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, one]) => [cbor(key), cbor(one)])]);
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  return length < 256 ? Buffer.from([(major << 5) | 24, length]) : Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}
