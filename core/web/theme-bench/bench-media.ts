const measures: readonly (readonly [RegExp, number, number])[] = [
  [/^\/media\/(portrait|icon)\./, 400, 400],
  [/^\/media\/photo-\d*[159]\./, 1600, 1200],
  [/^\/media\/photo-\d*[26]\./, 1200, 1600],
  [/^\/media\/photo-\d*[37]\./, 1200, 1200],
  [/^\/media\//, 2000, 900],
];

/** A drawing in place of a picture of the sample blog, so that layouts can be judged; null for other files. */
export function benchMedium(path: string): string | null {
  if (!/^\/media\/[a-z0-9-]+\.(jpg|png)$/.test(path)) return null;
  const [, width, height] = measures.find(([pattern]) => pattern.test(path))!;
  const hue = [...path].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 360, 7);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<rect width="100%" height="100%" fill="hsl(${hue} 35% 72%)"/>` +
    `<circle cx="${width * 0.7}" cy="${height * 0.3}" r="${height * 0.12}" fill="hsl(${hue} 60% 88%)"/>` +
    `<path d="M0 ${height * 0.75} L${width * 0.35} ${height * 0.4} L${width * 0.6} ${height * 0.7} L${width * 0.8} ${height * 0.5} ` +
    `L${width} ${height * 0.8} V${height} H0 Z" fill="hsl(${hue} 40% 38%)"/></svg>`
  );
}
