import test from "ava";
import { importerContract } from "rookery/testing";

const item = (id: number, type: string, title: string) => `<item>
  <title>${title}</title><link>https://old.example/${id}</link><guid>https://old.example/?p=${id}</guid>
  <dc:creator>kim</dc:creator><content:encoded><![CDATA[<p>Text of ${title}</p>]]></content:encoded>
  <wp:post_id>${id}</wp:post_id><wp:post_date_gmt>2020-05-0${id} 10:00:00</wp:post_date_gmt><wp:post_name>post-${id}</wp:post_name>
  <wp:status>publish</wp:status><wp:post_type>${type}</wp:post_type>
</item>`;
const wxr = (items: string) => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://old.example</wp:base_site_url>${items}</channel></rss>`;

importerContract(test, import.meta.dirname, {
  file: { name: "export.xml", bytes: wxr(item(1, "post", "One") + item(2, "post", "Two") + item(3, "page", "Three")) },
  posts: 3,
  hostile: {
    "an item without anything": wxr("<item></item>"),
    "an unclosed item": wxr("<item><title>x").slice(0, -40),
    "a post of the year 99999": wxr(item(1, "post", "x").replace("2020-05-01", "99999-99-99")),
    "a name that leads out of the blog": wxr(item(1, "post", "x").replace("post-1", "../../etc/passwd")),
  },
});
