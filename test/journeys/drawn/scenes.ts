/** A picture that nobody took: flat shapes in a few colours, so that the PNG of a page that shows it stays small. */
export type SceneName = keyof typeof scenes;

const layer = (path: string, fill: string) => `<path d="${path}" fill="${fill}"/>`;
const tone = (hue: number, saturation: number, light: number) => `hsl(${(hue + 360) % 360} ${saturation}% ${light}%)`;
const dot = (x: number, y: number, radius: number, fill: string) => `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;
const box = (x: number, y: number, [width, height]: readonly [number, number], fill: string) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;
const times = (count: number, one: (at: number) => string) => Array.from({ length: count }, (_, at) => one(at)).join("");

const hills = (hue: number) =>
  box(-60, -60, [240, 200], tone(hue + 170, 70, 88)) +
  dot(82, 26, 9, tone(hue + 190, 90, 96)) +
  layer("M-60 44 L-20 30 L8 41 L34 20 L58 40 L84 28 L112 42 L180 26 V140 H-60Z", tone(hue, 28, 68)) +
  layer("M-60 54 Q-20 38 14 50 T74 48 T180 44 V140 H-60Z", tone(hue, 32, 52)) +
  layer("M-60 64 Q0 52 46 62 T120 58 T180 62 V140 H-60Z", tone(hue, 38, 38)) +
  layer("M-60 76 Q20 66 70 74 T180 70 V140 H-60Z", tone(hue, 42, 25));

const sea = (hue: number) =>
  box(-60, -60, [240, 106], tone(hue - 170, 65, 86)) +
  dot(40, 42, 12, tone(hue - 175, 90, 70)) +
  box(-60, 46, [240, 100], tone(hue, 45, 48)) +
  times(9, (at) => box(((at * 37) % 110) - 6, 50 + at * 4, [14 + ((at * 7) % 12), 0.9], tone(hue, 55, 66))) +
  layer("M70 58 H98 L93 65 H75Z", tone(hue, 50, 18)) +
  layer("M83 22 V56 H64Z", tone(hue - 170, 40, 97)) +
  layer("M85 28 V56 H99Z", tone(hue - 175, 70, 62));

const birches = (hue: number) =>
  box(-60, -60, [240, 200], tone(hue, 45, 84)) +
  layer("M-60 50 Q20 40 60 48 T180 46 V140 H-60Z", tone(hue, 40, 66)) +
  layer("M-60 66 Q30 58 70 66 T180 62 V140 H-60Z", tone(hue - 10, 42, 44)) +
  times(15, (at) => {
    const x = -50 + at * 15 + ((at * 29) % 9);
    const width = 3 + ((at * 5) % 4);
    const marks = times(9, (mark) => box(x, -50 + mark * 15 + ((at * 11) % 9), [width * 0.6, 1.1], tone(hue, 12, 26)));
    return box(x, -60, [width, 128 + ((at * 17) % 12)], tone(hue, 12, 95)) + marks;
  });

const town = (hue: number) =>
  box(-60, -60, [240, 200], tone(hue, 42, 24)) +
  dot(88, 14, 7, tone(hue - 190, 70, 90)) +
  times(18, (at) => dot(((at * 53) % 200) - 40, ((at * 31) % 60) - 24, 0.5, tone(hue, 40, 86))) +
  times(12, (at) => {
    const [x, top] = [-54 + at * 19, 34 + ((at * 23) % 22)];
    const wall = tone(hue + (at % 3) * 14, 34, 34 + (at % 4) * 5);
    const roof = layer(`M${x - 1} ${top} L${x + 9} ${top - 9} L${x + 20} ${top}Z`, tone(hue - 190, 44, 42));
    const isLit = (window: number) => (window + at) % 3 !== 0;
    const windows = times(6, (window) =>
      isLit(window) ? box(x + 4 + (window % 2) * 8, top + 5 + Math.floor(window / 2) * 10, [4, 5], tone(45, 90, 74)) : "",
    );
    return box(x, top, [19, 120], wall) + roof + windows;
  });

const table = (hue: number) =>
  box(-60, -60, [240, 200], tone(hue, 34, 82)) +
  box(-60, 56, [240, 100], tone(hue - 160, 34, 60)) +
  box(-60, 56, [240, 2], tone(hue - 160, 34, 48)) +
  layer("M22 34 H54 V52 Q54 64 38 64 Q22 64 22 52Z", tone(hue, 40, 38)) +
  layer("M54 38 Q66 38 64 48 Q62 56 52 55 L53 51 Q59 51 60 46 Q60 42 54 42Z", tone(hue, 40, 38)) +
  layer("M31 28 Q28 22 32 17 Q35 12 32 6 H34 Q38 12 35 18 Q31 22 33 28Z", tone(hue, 20, 95)) +
  layer("M43 28 Q40 22 44 17 Q47 12 44 6 H46 Q50 12 47 18 Q43 22 45 28Z", tone(hue, 20, 95)) +
  layer("M84 34 Q90 34 91 42 Q99 50 96 58 Q92 66 84 66 Q76 66 72 58 Q69 50 77 42 Q78 34 84 34Z", tone(68, 58, 58)) +
  layer("M83 35 L85 25 H87.5 L85.5 35Z", tone(30, 40, 28)) +
  layer("M87 28 Q95 20 101 26 Q95 32 87 28Z", tone(110, 34, 40));

const lighthouse = (hue: number) =>
  box(-60, -60, [240, 200], tone(hue, 48, 74)) +
  layer("M62 12 L180 -14 V22Z", tone(50, 90, 86)) +
  box(-60, 58, [240, 90], tone(hue + 10, 48, 36)) +
  layer("M10 72 Q26 52 56 52 Q92 52 108 72Z", tone(hue - 180, 14, 34)) +
  layer("M50 20 H66 L71 55 H45Z", tone(hue, 30, 97)) +
  layer("M49 27 H67 L68 34 H48Z", tone(4, 66, 52)) +
  layer("M47.5 41 H68.5 L69.5 48 H46.5Z", tone(4, 66, 52)) +
  box(52, 9, [12, 11], tone(50, 90, 78)) +
  layer("M50 9 L58 1 L66 9Z", tone(4, 66, 42)) +
  times(7, (at) => box(((at * 41) % 130) - 10, 66 + at * 3, [13, 0.9], tone(hue + 10, 50, 56)));

const field = (hue: number) =>
  box(-60, -60, [240, 200], tone(hue + 110, 52, 86)) +
  layer("M-60 48 Q20 36 180 46 V140 H-60Z", tone(hue, 42, 56)) +
  times(9, (at) =>
    layer(`M${50 + at * 3 - 12} 45 L${-100 + at * 38} 140 H${-84 + at * 38} L${51 + at * 3 - 12} 45Z`, tone(hue - 22, 44, 42)),
  ) +
  box(84, 26, [3, 22], tone(28, 30, 26)) +
  dot(85, 20, 12, tone(hue + 12, 38, 34)) +
  dot(76, 26, 7, tone(hue + 12, 38, 34)) +
  dot(94, 26, 7, tone(hue + 12, 38, 34)) +
  layer("M6 18 q5 -8 12 -4 q6 -8 13 0 q9 -2 8 4Z", tone(hue + 110, 40, 97));

const heron = (hue: number) =>
  box(-60, -60, [240, 200], tone(hue, 40, 80)) +
  dot(60, 34, 26, tone(hue - 150, 74, 82)) +
  layer("M-60 62 H180 V140 H-60Z", tone(hue, 34, 56)) +
  layer("M42 48 Q46 36 60 38 Q70 40 82 52 Q66 58 52 56 Q44 55 42 48Z", tone(hue + 20, 16, 34)) +
  layer("M45 46 Q38 38 44 30 Q48 24 43 20 L46 17 Q53 22 49 31 Q46 38 52 42Z", tone(hue + 20, 14, 94)) +
  layer("M47 17 L28 21 L43 22 Q48 23 48 19Z", tone(38, 80, 54)) +
  layer("M45 16 Q54 14 60 20 L49 20Z", tone(hue + 20, 24, 20)) +
  layer("M56 55 h1.6 V80 h-1.6Z M64 54 h1.6 V80 h-1.6Z", tone(38, 44, 34)) +
  times(12, (at) =>
    layer(
      `M${-46 + at * 19} 120 Q${-42 + at * 19} 70 ${-38 + at * 19 + ((at * 7) % 8)} ${42 + ((at * 13) % 22)} Q${-39 + at * 19} 80 ${-43 + at * 19} 120Z`,
      tone(hue - 40, 32, 32),
    ),
  );

const scenes = { hills, sea, birches, town, table, lighthouse, field, heron } as const;

/** A scene in a hue, as SVG of the given size; the middle stays in view whatever the shape. */
export function sceneSvg(name: SceneName, hue: number, [width, height]: readonly [number, number]): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 120 80" preserveAspectRatio="xMidYMid slice"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${scenes[name](hue)}</svg>`;
}

/** Whether a word names a scene. */
export function isScene(word: string): word is SceneName {
  return Object.hasOwn(scenes, word);
}
