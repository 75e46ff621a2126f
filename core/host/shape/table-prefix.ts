/** How the tables of a plugin start. */
export function tablePrefix(id: string): string {
  return `p_${id.replaceAll("-", "_")}_`;
}
