import test from "ava";
import type { Account, Blog, Category } from "../hooks/values.ts";
import type { BlogFacts } from "./facts.ts";
import { standingOf } from "./standing.ts";

const blog = { id: "b1", ownerId: "a1", url: "https://kim.example/", title: "Kim on birds", description: "Walks" } as Blog;
const walks: Category = { id: "c1", name: "walks", slug: "walks", description: "" };

function factsWith(name: string, categories: readonly Category[] = [walks]): BlogFacts {
  const owner = { id: "a1", username: "kim", name, links: [] } as unknown as Account;
  return { authors: new Map([["a1", owner]]), categories, pages: [], months: [], total: 0, overrides: [], pictures: new Map() };
}

test("pages of the same blog and facts share their people and categories; other facts give others", (t) => {
  const facts = factsWith("Kim");

  const first = standingOf(blog, facts);
  const author = first.author("a1");
  t.is(standingOf(blog, facts), first);
  t.is(first.author("a1"), author);

  const next = standingOf(blog, factsWith("Kim Lee"));
  t.is(next.author("a1").name, "Kim Lee");
  t.is(first.author("a1").name, "Kim");
  t.not(standingOf({ ...blog, title: "Kim on bees" }, facts), first);
});

test("a post's category is the blog's own, unless it was read in another state", (t) => {
  const standing = standingOf(blog, factsWith("Kim"));

  t.is(standing.category({ ...walks }), standing.categories[0]!);
  t.is(standing.category({ ...walks, name: "long walks" }).name, "long walks");
  t.is(standing.category({ ...walks, slug: "café" }).url, "https://kim.example/categories/caf%C3%A9");
});
