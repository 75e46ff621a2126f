/** How somebody's app wants pages to look. */
export type Looks = {
  readonly theme?: "light" | "dark";
  /** Pixels. */
  readonly fontSize?: number;
  readonly width?: number;
};

const dark = `--page: #1b1b1d; --ink: #ececee; --quiet: #a5a5ad; --line: #3a3a40; --link: #8ab4f8; --chosen: #2c2c33;`;

/** The style sheet of pages. Apps hang their own room under the last post by --microblog-webview-bottom-padding. */
export function pageStyle({ fontSize, width }: Looks): string {
  return `:root { color-scheme: light dark; --page: #fff; --ink: #1c1c1e; --quiet: #5c5c66; --line: #d9d9de; --link: #1a5fb4; --chosen: #eef2f8; }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${dark} } }
:root[data-theme="dark"] { color-scheme: dark; ${dark} }
:root[data-theme="light"] { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: ${fontSize ? `${fontSize}px` : "1rem"}/1.45 system-ui, sans-serif; overflow-wrap: anywhere; padding-block-end: var(--microblog-webview-bottom-padding, 0); }
h1 { font-size: 1.25em; margin: 0.75em 1rem; }
.container, .page { max-inline-size: ${width ? `${width}px` : "42rem"}; margin-inline: auto; }
.page { padding: 1rem; }
.post { display: grid; grid-template-columns: 2.75em 1fr; gap: 0.25em 0.75em; padding: 0.85em 1rem; border-block-end: 1px solid var(--line); }
.post.is_selected, .post.is_pressed { background: var(--chosen); }
.post_avatar img { inline-size: 2.75em; block-size: 2.75em; border-radius: 50%; object-fit: cover; }
.post_author { color: var(--ink); font-weight: 600; text-decoration: none; }
.post_username, .post_time, .post_time a, .post_actions a { color: var(--quiet); font-size: 0.9em; }
.post_body { min-inline-size: 0; }
.post_content > :first-child { margin-block-start: 0.25em; }
.post_content img, .post_content video, .page img { max-inline-size: 100%; block-size: auto; border-radius: 0.4em; }
.post_actions { display: flex; flex-wrap: wrap; gap: 1em; margin-block-start: 0.4em; }
a { color: var(--link); }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
nav, .nothing { padding: 1rem; }
nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.75em; }
blockquote { margin-inline: 0; padding-inline-start: 1em; border-inline-start: 3px solid var(--line); }
pre { overflow-x: auto; }
`;
}
