import { storePreview, type PreviewData } from "../../../../core/render/preview.ts";
import type { OnBlog } from "../../../on-blog.ts";
import type { CodeFile } from "./code-address.ts";

/** Where a page of the blog can be seen for 15 minutes with a template that is not saved. */
export async function previewTemplate(
  place: OnBlog,
  copy: CodeFile & { readonly source: string },
  path: string,
): Promise<string> {
  const data: PreviewData = { copies: [copy] };
  const address = new URL(await storePreview(place.scope, "code", data));
  return new URL(path.replace(/^\/+/, "/") + address.search, place.blog.url).href;
}
