import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { samplePost, sampleTime } from "./sample-posts.ts";

const head = `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Kim on birds</title><link>https://kim.example</link><language>en-US</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://kim.example</wp:base_site_url><wp:base_blog_url>https://kim.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[kim]]></wp:author_login><wp:author_display_name><![CDATA[Kim]]></wp:author_display_name></wp:author>
`;

/** Writes a WordPress export of at least that many bytes, its posts as long as those of real blogs (3 KB); gives how many posts. */
export async function writeWxr(file: string, bytes: number): Promise<number> {
  const out = createWriteStream(file);
  out.write(head);
  const now = new Date();
  let [count, written] = [0, head.length];
  for (; written < bytes; count++) {
    const text = item(count, sampleTime(count, 100_000, now));
    written += text.length;
    if (!out.write(text)) await once(out, "drain");
  }
  out.end("</channel></rss>\n");
  await once(out, "close");
  return count;
}

function item(number: number, at: Date): string {
  const { title, content, categories = [] } = samplePost(number, at);
  const paragraphs = content.split("\n\n");
  const blocks = [...paragraphs, ...paragraphs, ...paragraphs].map(
    (text) => `<!-- wp:paragraph -->\n<p>${text}</p>\n<!-- /wp:paragraph -->`,
  );
  const time = at.toISOString().slice(0, 19).replace("T", " ");
  const terms = categories.map(
    (name) => `<category domain="category" nicename="${name.replace(" ", "-")}"><![CDATA[${name}]]></category>`,
  );
  return `<item><title><![CDATA[${title || `Walk ${number}`}]]></title><link>https://kim.example/?p=${number + 1}</link>
<pubDate>${at.toUTCString()}</pubDate><dc:creator><![CDATA[kim]]></dc:creator><guid isPermaLink="false">https://kim.example/?p=${number + 1}</guid>
<description></description><content:encoded><![CDATA[${blocks.join("\n\n")}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>${number + 1}</wp:post_id><wp:post_date><![CDATA[${time}]]></wp:post_date><wp:post_date_gmt><![CDATA[${time}]]></wp:post_date_gmt>
<wp:comment_status>open</wp:comment_status><wp:ping_status>open</wp:ping_status><wp:post_name><![CDATA[walk-${number}]]></wp:post_name>
<wp:status>publish</wp:status><wp:post_parent>0</wp:post_parent><wp:menu_order>0</wp:menu_order><wp:post_type>post</wp:post_type>
<wp:post_password></wp:post_password><wp:is_sticky>0</wp:is_sticky>${terms.join("")}
<wp:postmeta><wp:meta_key><![CDATA[_edit_last]]></wp:meta_key><wp:meta_value><![CDATA[1]]></wp:meta_value></wp:postmeta>
</item>
`;
}
