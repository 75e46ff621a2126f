import type { Scope } from "../hooks/scope.ts";
import type { PluginView, SlotAbout } from "../render/render.types.ts";
import type { Generation } from "./generation.ts";

/** Asks the plugins that fill a slot on the scope's blog, once for each subject; a failing or slow one shows nothing. */
export async function slotViews(scope: Scope, slot: string, subjects: readonly SlotAbout[]): Promise<PluginView[][]> {
  const generation = scope.taps as Generation;
  const fillers = generation.fillers(slot, scope.blog);
  if (fillers.length === 0) return subjects.map(() => []);
  return Promise.all(subjects.map((subject) => viewsOf(scope, generation, { slot, subject, fillers })));
}

type Asked = { readonly slot: string; readonly subject: SlotAbout; readonly fillers: ReturnType<Generation["fillers"]> };

async function viewsOf(scope: Scope, generation: Generation, { slot, subject, fillers }: Asked): Promise<PluginView[]> {
  const views: PluginView[] = [];
  for (const { plugin, handler } of fillers) {
    const part = {
      name: `slot ${slot}`,
      limit: 250,
      work: (context: Parameters<typeof handler>[1]) => handler(subject, context),
    };
    const result = await generation.run(scope, plugin, part);
    if (result.ok && result.value) views.push({ pluginId: plugin.id, ...result.value });
  }
  return views;
}
