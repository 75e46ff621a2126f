import { FirstTables1764000000001 } from "./0001-first-tables.ts";
import { SignIn1764000000002 } from "./0002-sign-in.ts";
import { People1764000000003 } from "./0003-people.ts";
import { Autosave1764000000004 } from "./0004-autosave.ts";
import { Publishing1764000000005 } from "./0005-publishing.ts";
import { MediaVariants1764000000006 } from "./0006-media-variants.ts";
import { Sites1764000000008 } from "./0008-sites.ts";
import { Design1764000000010 } from "./0010-design.ts";
import { RefreshTokens1764000000011 } from "./0011-refresh-tokens.ts";
import { Numbers1764000000012 } from "./0012-numbers.ts";
import { Replies1764000000013 } from "./0013-replies.ts";
import { PictureFacts1764000000014 } from "./0014-picture-facts.ts";
import { Identities1764000000015 } from "./0015-identities.ts";
import { PeopleByRole1764000000016 } from "./0016-people-by-role.ts";
import { InteractionsByAccount1764000000017 } from "./0017-interactions-by-account.ts";
import { PluginShapes1764000000018 } from "./0018-plugin-shapes.ts";

/** The core's migrations, oldest first. */
export const coreMigrations = [
  FirstTables1764000000001,
  SignIn1764000000002,
  People1764000000003,
  Autosave1764000000004,
  Publishing1764000000005,
  MediaVariants1764000000006,
  Sites1764000000008,
  Design1764000000010,
  RefreshTokens1764000000011,
  Numbers1764000000012,
  Replies1764000000013,
  PictureFacts1764000000014,
  Identities1764000000015,
  PeopleByRole1764000000016,
  InteractionsByAccount1764000000017,
  PluginShapes1764000000018,
];
