// On a post's own page the arrow keys follow the links to its neighbours; without this script the links are all there is.
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, textarea, select, audio, video, pre, table, [contenteditable]")) return;
  const isBack = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const isOn = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const rel = { [isBack]: "prev", [isOn]: "next" }[event.key];
  if (rel) document.querySelector(`.neighbours a[rel="${rel}"]`)?.click();
});
