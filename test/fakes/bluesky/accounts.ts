/** An account of the fake. */
export type FakeAccount = {
  readonly handle: string;
  readonly did: string;
  readonly password: string;
  readonly appPasswords: readonly string[];
  readonly hasSecondFactor: boolean;
};

/** What a DID's document says of an account that lives on a server. */
export function didDocument({ did, handle }: FakeAccount, server: string): object {
  return {
    "@context": ["https://www.w3.org/ns/did/v1"],
    id: did,
    alsoKnownAs: [`at://${handle}`],
    verificationMethod: [],
    service: [{ id: "#atproto_pds", type: "AtprotoPersonalDataServer", serviceEndpoint: server }],
  };
}
