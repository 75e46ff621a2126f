const [mostFolders, mostLetters] = [4, 80];
// What no disk of any system takes: signs with a meaning, controls, and what turns the direction of a text.
const unfit = /[<>:"|?*\\\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu;
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Names of files in a folder of an archive: each leads nowhere else, is fit for every disk, and there once in whatever letters. */
export class FileNames {
  readonly #taken = new Set<string>();

  /** A name like the one that is wanted. */
  take(wanted: string): string {
    const parts = wanted.slice(0, 1_000).replaceAll("\\", "/").split("/").map(fit).filter(Boolean);
    const whole = [...parts.slice(0, -1).slice(0, mostFolders), parts.at(-1) ?? "file"].join("/");
    const [, stem, ending] = /^(.*?)(\.[^./]{1,10})?$/s.exec(whole)!;
    for (let n = 1; ; n++) {
      const name = n === 1 ? whole : `${stem}-${n}${ending ?? ""}`;
      if (this.#taken.has(keyOf(name))) continue;
      this.#taken.add(keyOf(name));
      return name;
    }
  }
}

const keyOf = (name: string): string => name.normalize("NFKC").toLowerCase();

function fit(part: string): string {
  const clean = [...part.toWellFormed().normalize("NFC").replace(unfit, "-")];
  // The ending says what is inside, so it stays.
  const ending = /\.[a-z0-9]{1,10}$/i.exec(clean.join(""))?.[0] ?? "";
  const short = clean.length > mostLetters ? clean.slice(0, mostLetters - ending.length).join("") + ending : clean.join("");
  const bare = short.replace(/^[. ]+|[. ]+$/g, "");
  return devices.test(bare) ? `_${bare}` : bare;
}
