import type { FieldProblem } from "../../../core/hooks/field-values.ts";
import type { DesignChange } from "../../../core/render/designs/design-change.ts";
import { previewDesign } from "../../../core/render/designs/designs.ts";
import { generatedForm } from "../../components/generated-form/controls.ts";
import { problemSummary } from "../../components/generated-form/form-problems.ts";
import type { AdminRequest } from "../../request.ts";
import { storedValuesOf } from "./design-fields.ts";
import type { DesignPlace } from "./design-place.ts";
import { chosenSample, samplePages } from "./sample-pages.ts";
import { cardsOf } from "./theme-cards.ts";
import { warningsOf } from "./warnings.ts";

/** What the page shows besides what is stored: what was sent, what is wrong with it, and which page to look at. */
export type DesignPageState = {
  readonly sent?: URLSearchParams;
  readonly change?: DesignChange;
  readonly problems?: Readonly<Record<string, FieldProblem>>;
  readonly errors?: Readonly<Record<string, string>>;
  /** Somebody else saved another look meanwhile. */
  readonly isStale?: boolean;
  readonly status?: number;
  readonly page?: string | null;
  /** The group of settings that is unfolded, by its first field. */
  readonly opened?: string;
};

/** Draws the look of a blog: settings beside the blog's own pages in them. */
export async function designPage(request: AdminRequest, at: DesignPlace, shown: DesignPageState = {}) {
  const { place, theme, chain } = at;
  const { house, t } = request;
  const { sent, problems, change } = shown;
  const form = await generatedForm({
    fields: at.fields,
    stored: storedValuesOf(at.state, chain),
    choicesOf: at.choicesOf,
    timeZone: place.blog.timeZone,
    ...(sent && { sent }),
    ...(problems && { problems }),
  });
  const errors = { ...problemSummary(t, problems ?? {}), ...shown.errors };
  const hasErrors = Object.keys(errors).length > 0;
  const pages = await samplePages(place);
  const sample = chosenSample(pages, shown.page ?? null);
  const address = await previewDesign(place.scope, house.themes, hasErrors ? { theme } : { theme, ...change }, sample.path);
  const cards = cardsOf(request, place);
  const data = {
    form,
    errors: hasErrors ? errors : undefined,
    opened: shown.opened,
    isStale: shown.isStale ?? false,
    isChanged: sent !== undefined,
    version: at.version,
    theme: cards.find(({ id }) => id === theme) ?? { id: theme, name: chain[0]?.manifest.name ?? theme },
    isWorn: theme === place.blog.theme,
    cards,
    warnings: await warningsOf(request, place),
    at: place.at("/design"),
    sample: sample.name,
    samples: pages.map(({ name, path }) => ({ name, path, label: t(`design.sample-${name}`) })),
    address,
  };
  const title = t("design.title");
  const status = shown.status ?? (hasErrors ? 422 : 200);
  return request.html("screens/design/design", title, data, {
    blog: place.blog,
    status,
    frames: [new URL(place.blog.url).origin],
  });
}
