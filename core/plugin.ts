/**
 * `rookery/plugin`: all that a plugin imports. Nothing else of the core is reachable from a plugin.
 * @since 1
 */
export { definePlugin } from "./host/define-plugin.ts";
export type {
  Capability,
  Handler,
  Job,
  Plugin,
  Route,
  Multipart,
  PageView,
  RoutePlace,
  RouteRequest,
  SentFile,
  SlotHandler,
  SlotSubject,
  SlotView,
  Tap,
  ThemePage,
} from "./host/manifest.ts";
export type { Panel, PanelValues, PanelWhen } from "./host/panels/panel.types.ts";
export type {
  PluginScreen,
  PluginScreenAccess,
  PluginScreenFile,
  PluginScreenRequest,
  ScreenRedirect,
  ScreenView,
} from "./host/screens/plugin-screen.types.ts";
export type {
  AccountsApi,
  Collection,
  Context,
  ImagesApi,
  InteractionsApi,
  MailApi,
  MediaApi,
  MediaFile,
  MediaParts,
  NoticeWish,
  PeopleApi,
  PostsApi,
  TablesApi,
  Target,
} from "./host/context.types.ts";
export type { ExportedPerson, ExportFile } from "./residents/export/export-file.ts";
export { ownRows, type OwnRows } from "./host/exports/own-rows.ts";
export type { MediaSize } from "./media/media-row.ts";
export type { IdentityApi, IssuedToken, RefreshedToken, TokenFacts } from "./host/identity.types.ts";
export type {
  AccountExport,
  AuthMethod,
  AuthStart,
  BlogExport,
  ImportedComment,
  ImportedMedia,
  Importer,
  ImportFile,
  ImportNote,
  ImportSink,
  ServiceName,
  Services,
} from "./host/services.types.ts";
export type {
  CopyLimits,
  CopyPreview,
  CopyRequest,
  CopyResult,
  CopyRule,
  CopyTarget,
  TargetService,
} from "./host/targets/target-service.types.ts";
export type { HookFacts, HookName, Hooks, PageFacts } from "./hooks/catalogue.ts";
export type { TemplateArgument, TemplateCall, TemplateValue } from "./hooks/template-call.ts";
export type { Connection, Field, Fields, FieldType, ValuesOf } from "./hooks/fields.ts";
export type {
  ConnectionByFields,
  ConnectionEnd,
  ConnectionEndpoints,
  ConnectionStart,
  ConnectionSteps,
  ConnectionWay,
  OAuthTokens,
  SettingTest,
  SettingTestAnswer,
  TypedValues,
} from "./host/connections/connection.types.ts";
export type {
  Account,
  Audio,
  Blog,
  Category,
  Draft,
  Format,
  HeadTag,
  HealthCheck,
  Interaction,
  Json,
  Media,
  Moment,
  Notice,
  Photo,
  PictureFacts,
  Post,
  Properties,
  Refusal,
  Reply,
  Verdict,
} from "./hooks/values.ts";
export type { Migration, MigrationRows } from "./host/shape/migration.types.ts";
export {
  int,
  key,
  line,
  optional,
  primary,
  ref,
  text,
  time,
  word,
  flag,
  double,
  withDefault,
  type TableShape,
} from "./storage/columns.ts";
export { PublicError } from "./errors.ts";
export { isUlid, ulid } from "./ids.ts";
export { parseLinkHeader, type HeaderLink } from "./net/pages/link-header.ts";
export type { Article } from "./net/pages/article.ts";
export type { PageLink } from "./net/pages/links.ts";
export type { MicroformatItem, Microformats, MicroformatValue } from "./net/pages/microformats.ts";
export type { Feed, FeedAuthor, FeedItem, FeedMedia, FeedPlace } from "./net/feeds/feed.types.ts";
export { linksIn, parseFeed, parseMicroformats, readableArticle } from "./net/pages/read-page.ts";
export { markdownToHtml, MarkdownRefused } from "./net/markdown.ts";
export { linkNames, namesIn } from "./net/names-in-html.ts";
export { plainText } from "./net/plain-text.ts";
export { plainName } from "./net/plain-name.ts";
export { sanitise } from "./net/sanitise.ts";
export { parseXml, readXml, XmlError, type XmlNode } from "./net/xml.ts";
export { xmlAttribute, xmlText } from "./net/xml-write.ts";
