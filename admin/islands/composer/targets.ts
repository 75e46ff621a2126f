import { ownLength, visibleLength } from "../visible-length.ts";
import { ownTextIn } from "./copies.ts";

/** Estimates, while somebody types, what each service would make of the text. */
export function estimateTargets(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>("#targets");
  if (!box) return;
  const { title, photos, full, short, left } = box.dataset;
  const update = () => {
    const named = form.querySelector<HTMLInputElement>("[name=name]")!.value.trim() !== "";
    const count = form.querySelectorAll(".photo-rows > li").length;
    const { length } = visibleLength(form.querySelector<HTMLTextAreaElement>("#content")!.value);
    for (const row of box.querySelectorAll<HTMLElement>(".target")) {
      const tick = row.querySelector<HTMLInputElement>("[name='mp-syndicate-to[]']")!;
      if (tick.disabled || !tick.checked) continue;
      const own = ownTextIn(row);
      const { chars: most, link } = row.dataset;
      const taken = own === "" ? length : ownLength(own, link === undefined ? undefined : Number(link));
      const chars = most === undefined ? null : Number(most) - taken;
      const images = Number(row.dataset.images ?? Infinity);
      const some = () => photos!.replace("#1", String(images)).replace("#2", String(count));
      const said =
        named && own === ""
          ? title!
          : count > images
            ? some()
            : chars === null
              ? full!
              : chars < 0
                ? short!
                : left!.replace("#", String(chars));
      row.querySelector(".estimate")!.textContent = said;
    }
  };
  form.addEventListener("input", update);
  update();
}
