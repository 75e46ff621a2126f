import { PublicError, type Reply, type RouteRequest } from "rookery/plugin";
import { methodOf } from "./methods/all.ts";
import { Params } from "./params.ts";
import { Fault } from "./wire/fault.ts";
import { readCall } from "./wire/read-call.ts";
import { answerXml, faultXml } from "./wire/write-answer.ts";

/** Answers a call: always 200, with the value or a fault; what is no XML at all is refused with 4xx. */
export async function answerCall(request: RouteRequest): Promise<Reply> {
  const type = (request.headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
  if (type !== "" && !/^(text|application)\/(xml|[\w.-]+\+xml)$/.test(type))
    throw new PublicError("xmlrpc.type", "XML-RPC calls are text/xml.", 415);
  const body = await request.raw();
  if (body.byteLength === 0) throw new PublicError("xmlrpc.empty", "The request is empty; XML-RPC calls are text/xml.", 400);
  return xml(await resultOf(request, body));
}

async function resultOf(request: RouteRequest, body: Uint8Array): Promise<string> {
  try {
    const { method, params } = readCall(body);
    return answerXml(await methodOf(method)(new Params(params), request));
  } catch (error) {
    if (error instanceof Fault) return faultXml(error);
    if (error instanceof PublicError) return faultXml(new Fault(error.status, error.message));
    throw error;
  }
}

function xml(text: string): Reply {
  return { text, headers: { "content-type": "text/xml; charset=utf-8", "cache-control": "no-store" } };
}
