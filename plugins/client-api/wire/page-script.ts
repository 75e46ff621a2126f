/**
 * The script of pages: apps reach into them with the few words of jQuery that they know, so `$` is here with those words, in our own
 * fifty lines instead of a library's ten thousand.
 */
export const pageScript = `"use strict";
(() => {
  class Few extends Array {
    each(run) { this.forEach((one, at) => run.call(one, at, one)); return this; }
    get(at) { return at === undefined ? [...this] : this.at(at); }
    eq(at) { return of(this.at(at)); }
    first() { return this.eq(0); }
    last() { return this.eq(-1); }
    addClass(names) { return this.each((_, one) => one.classList.add(...words(names))); }
    removeClass(names) { return this.each((_, one) => names === undefined ? (one.className = "") : one.classList.remove(...words(names))); }
    toggleClass(names, is) { return this.each((_, one) => words(names).forEach((name) => one.classList.toggle(name, is))); }
    hasClass(name) { return this.some((one) => one.classList.contains(name)); }
    attr(name, value) { return value === undefined ? this[0]?.getAttribute(name) ?? undefined : this.each((_, one) => one.setAttribute(name, value)); }
    removeAttr(name) { return this.each((_, one) => one.removeAttribute(name)); }
    prop(name, value) { return value === undefined ? this[0]?.[name] : this.each((_, one) => { one[name] = value; }); }
    data(name) { return this[0]?.dataset[name]; }
    css(name, value) {
      if (typeof name === "object") { for (const [key, one] of Object.entries(name)) this.css(key, one); return this; }
      if (value === undefined) return this[0] && getComputedStyle(this[0]).getPropertyValue(name);
      return this.each((_, one) => one.style.setProperty(name.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase()), typeof value === "number" ? value + "px" : value));
    }
    text(value) { return value === undefined ? this.map((one) => one.textContent).join("") : this.each((_, one) => { one.textContent = value; }); }
    html(value) { return value === undefined ? this[0]?.innerHTML : this.each((_, one) => { one.innerHTML = value; }); }
    val(value) { return value === undefined ? this[0]?.value : this.prop("value", value); }
    find(what) { return of(this.flatMap((one) => [...one.querySelectorAll(what)])); }
    closest(what) { return of(this.map((one) => one.closest(what)).filter(Boolean)); }
    parent() { return of(this.map((one) => one.parentElement).filter(Boolean)); }
    children() { return of(this.flatMap((one) => [...one.children])); }
    next() { return of(this.map((one) => one.nextElementSibling).filter(Boolean)); }
    prev() { return of(this.map((one) => one.previousElementSibling).filter(Boolean)); }
    is(what) { return this.some((one) => one.matches(what)); }
    remove() { return this.each((_, one) => one.remove()); }
    append(value) { return this.each((_, one) => typeof value === "string" ? one.insertAdjacentHTML("beforeend", value) : one.append(...(value.length === undefined ? [value] : value))); }
    show() { return this.each((_, one) => { one.hidden = false; one.style.removeProperty("display"); }); }
    hide() { return this.each((_, one) => { one.hidden = true; }); }
    width() { return this[0] === window ? innerWidth : this[0]?.getBoundingClientRect().width; }
    height() { return this[0] === window ? innerHeight : this[0]?.getBoundingClientRect().height; }
    offset() { const box = this[0]?.getBoundingClientRect(); return box && { top: box.top + scrollY, left: box.left + scrollX }; }
    scrollTop(value) { if (value === undefined) return scrollY; scrollTo(scrollX, value); return this; }
    on(names, run) { return this.each((_, one) => words(names).forEach((name) => one.addEventListener(name, run))); }
    off(names, run) { return this.each((_, one) => words(names).forEach((name) => one.removeEventListener(name, run))); }
    click(run) { return run ? this.on("click", run) : this.each((_, one) => one.click()); }
    ready(run) { start(run); return this; }
    fadeIn() { return this.show(); }
    fadeOut() { return this.hide(); }
  }
  Object.defineProperty(Few, Symbol.species, { get: () => Array });
  const words = (names) => String(names).split(/\\s+/).filter(Boolean);
  const of = (list) => { const few = new Few(); for (const one of list === undefined || list === null ? [] : list.nodeType || list === window ? [list] : list) few.push(one); return few; };
  const start = (run) => document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", () => run($)) : run($);
  const $ = (what) => {
    if (typeof what === "function") { start(what); return of([]); }
    if (typeof what !== "string") return of(what);
    if (what.trimStart().startsWith("<")) { const box = document.createElement("template"); box.innerHTML = what; return of([...box.content.children]); }
    return of([...document.querySelectorAll(what)]);
  };
  $.fn = Few.prototype;
  window.$ = window.jQuery = $;
  // What happened to a bookmark here is said to the app around the page.
  addEventListener("click", (event) => {
    const said = event.target.closest?.("[data-message]")?.dataset.message;
    if (said) (window.ReactNativeWebView ?? window.parent).postMessage(said, ...(window.ReactNativeWebView ? [] : ["*"]));
  });
})();
`;
