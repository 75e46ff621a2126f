import type { Fields } from "../../hooks/fields.ts";
import type { Draft, Json, Post, Refusal } from "../../hooks/values.ts";
import type { Context } from "../context.types.ts";

/** What the fields of a panel hold, by their names. */
export type PanelValues = Readonly<Record<string, Json>>;

/** Which posts a panel is for; all that is said must hold. */
export type PanelWhen = {
  /** Kinds of posts; pages have panels only where `page` is among them. */
  readonly kinds?: readonly string[];
  /** Posts with sound, or with photos. */
  readonly audio?: true;
  readonly photos?: true;
};

/**
 * Fields of a plugin in the composer. Without `read` and `write` their values are `post.properties["<plugin id>"]`; values that say
 * nothing are left out of it, and what else is there stays.
 */
export type Panel<S extends Fields = Fields> = {
  /** `^[a-z][a-z0-9-]{0,39}$`, one of its kind in the plugin. */
  readonly id: string;
  readonly title: string;
  /** Where it stands among the panels, smaller first; 0 unless told. */
  readonly order?: number;
  readonly fields: Fields;
  readonly when?: PanelWhen;
  /** What the fields hold when a post is edited. */
  read?(post: Post, context: Context<S>): PanelValues | Promise<PanelValues>;
  /** The draft with what the fields hold, checked; or a refusal, whose `field` names one of them. May run twice, and for previews. */
  write?(values: PanelValues, draft: Draft, context: Context<S>): Draft | Refusal | Promise<Draft | Refusal>;
};
