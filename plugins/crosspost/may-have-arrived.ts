/** Whether a request that `context.fetch` threw at may have reached its server: what the guard refuses, or could not connect to, never left the house. */
export function mayHaveArrived(error: unknown): boolean {
  const { reason, cause } = (error ?? {}) as { reason?: string; cause?: { code?: string; message?: string } };
  if (reason === "network")
    return !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH|CERT/.test(`${cause?.code} ${cause?.message}`);
  return !["scheme", "address", "port", "busy"].includes(reason ?? "");
}
