import { xmlAttribute, xmlText, type Reply, type RouteRequest } from "rookery/plugin";
import { isHub } from "./caller.ts";

const apis = ["Micro.blog", "MetaWeblog", "MovableType", "Blogger"] as const;

/** Answers `rsd.xml`: which ways of writing there are, and where (Really Simple Discovery 1.0). On the hub the blog is everybody's own. */
export async function rsdReply(request: RouteRequest): Promise<Reply> {
  const { context } = request;
  const home = isHub(request) ? `${new URL(context.site.url).origin}/` : context.blog.url;
  const number = isHub(request) ? 0 : (await context.numbers.of([context.blog.id])).get(context.blog.id);
  const lines = apis.map(
    (name, at) => `<api name="${name}" blogID="${number}" preferred="${at === 0}" apiLink="${xmlAttribute(`${home}xmlrpc`)}"/>`,
  );
  const text = `<?xml version="1.0" encoding="utf-8"?>
<rsd version="1.0" xmlns="http://archipelago.phrasewise.com/rsd">
<service>
<engineName>Rookery</engineName>
<engineLink>${xmlText(context.site.url)}</engineLink>
<homePageLink>${xmlText(home)}</homePageLink>
<apis>
${lines.join("\n")}
</apis>
</service>
</rsd>
`;
  return { text, headers: { "content-type": "application/rsd+xml; charset=utf-8", "access-control-allow-origin": "*" } };
}
