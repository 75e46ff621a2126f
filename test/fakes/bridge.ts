import type { TestNetwork } from "../../core/testing/test-network.ts";
import { wireOf, type FakeService } from "./fake-server.ts";

/** Lets requests of a test host to an origin reach a fake service in the same process, without a socket. */
export function bridge(network: TestNetwork, origin: string, service: FakeService): void {
  network.on(`* ${origin}/*`, async ({ method, url, headers, bytes }) => {
    const { pathname, searchParams } = new URL(url);
    const reply = await service.answer({ method, path: pathname, query: searchParams, headers, bytes });
    if (reply.isCut) return { fails: "timeout" };
    const { status, headers: given, body } = wireOf(reply);
    return { status, headers: given, bytes: body };
  });
}
