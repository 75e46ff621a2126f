import { flag, int, key, line, optional, primary, ref, text, time, word, type TableShape } from "rookery/plugin";

/** What was reported, or looked at without a report: all reports of one target make one case. */
const cases: TableShape = {
  name: "p_moderation_cases",
  columns: {
    id: key(),
    blog_id: ref(),
    /** The target's hash while the case is open, else the case's id: one open case for each target. */
    open_key: word(64),
    target_key: word(64),
    /** post, reply, person, item (from outside). */
    kind: word(8),
    number: int(0),
    /** The post, reply, account or source. */
    subject_id: word(26),
    /** The blog it stands on; else empty. */
    place_id: word(26),
    /** Whose it is; empty for outsiders. */
    account_id: word(26),
    url: text(),
    title: line(200),
    /** Categories it was reported under, with spaces between. */
    categories: word(200),
    state: word(8),
    opened_at: time(),
    closed_at: optional(time()),
    closed_by: word(26),
    /** Moderators were told. */
    is_told: flag(),
  },
  indexes: [
    { name: "p_moderation_cases_open", columns: ["open_key"], unique: true },
    { name: "p_moderation_cases_state", columns: ["state", "id"] },
    { name: "p_moderation_cases_closed", columns: ["state", "closed_at", "id"] },
    { name: "p_moderation_cases_target", columns: ["target_key", "id"] },
    { name: "p_moderation_cases_account", columns: ["account_id", "id"] },
  ],
};

const reports: TableShape = {
  name: "p_moderation_reports",
  columns: {
    id: key(),
    blog_id: ref(),
    case_id: ref(),
    /** Keyed hash of case and reporter: each person counts once. */
    reporter_key: word(64),
    /** Empty for visitors. */
    account_id: word(26),
    category: word(16),
    note: text(),
    at: time(),
    /** The reporter was told how it ended. */
    is_told: flag(),
  },
  indexes: [
    { name: "p_moderation_reports_reporter", columns: ["reporter_key"], unique: true },
    { name: "p_moderation_reports_case", columns: ["case_id", "id"] },
    { name: "p_moderation_reports_account", columns: ["account_id", "id"] },
  ],
};

/** What moderators write to each other about a person or thing. */
const notes: TableShape = {
  name: "p_moderation_notes",
  columns: { id: key(), blog_id: ref(), subject: word(64), by_id: ref(), note: text(), at: time() },
  indexes: [{ name: "p_moderation_notes_subject", columns: ["subject", "id"] }],
};

/** One press of Apply: what a person is told, and can appeal against. */
const decisions: TableShape = {
  name: "p_moderation_decisions",
  columns: {
    id: key(),
    blog_id: ref(),
    case_id: word(26),
    /** Whom it is about; empty for outsiders. */
    account_id: word(26),
    by_id: ref(),
    reason: text(),
    url: text(),
    title: line(200),
    at: time(),
    until_at: optional(time()),
    /** SHA-256 of the word in the mailed link; empty where none was mailed. */
    key_hash: word(64),
    is_told: flag(),
  },
  indexes: [
    { name: "p_moderation_decisions_account", columns: ["account_id", "id"] },
    { name: "p_moderation_decisions_case", columns: ["case_id", "id"] },
    { name: "p_moderation_decisions_told", columns: ["is_told", "id"] },
  ],
};

/** One tick of a decision, and whether it is in force. */
const actions: TableShape = {
  name: "p_moderation_actions",
  columns: {
    id: key(),
    blog_id: ref(),
    decision_id: ref(),
    account_id: word(26),
    /** hide, sensitive, hold, warn, limit, suspend, domain. */
    kind: word(10),
    /** The post, reply, account or host. */
    subject_id: word(253),
    place_id: word(26),
    /** What is needed to take it back, as JSON. */
    data: text(),
    /** pending, active, undoing, undone, ended, failed. */
    state: word(10),
    at: time(),
    until_at: optional(time()),
    undone_at: optional(time()),
    undone_by: word(26),
  },
  indexes: [
    { name: "p_moderation_actions_decision", columns: ["decision_id", "id"] },
    { name: "p_moderation_actions_account", columns: ["account_id", "state", "kind"] },
    { name: "p_moderation_actions_subject", columns: ["subject_id", "state", "kind"] },
    { name: "p_moderation_actions_until", columns: ["state", "until_at"] },
  ],
};

const appeals: TableShape = {
  name: "p_moderation_appeals",
  columns: {
    decision_id: primary(ref()),
    blog_id: ref(),
    account_id: ref(),
    /** Of the decision: they may not decide the appeal alone. */
    by_id: ref(),
    words: text(),
    at: time(),
    /** waiting, granted, refused. */
    state: word(10),
    decided_by: word(26),
    answer: text(),
    decided_at: optional(time()),
  },
  indexes: [{ name: "p_moderation_appeals_state", columns: ["state", "decision_id"] }],
};

/** Hosts of which nothing comes in, with all below them. */
const domains: TableShape = {
  name: "p_moderation_domains",
  columns: { host: primary(word(253)), blog_id: ref(), reason: text(), by_id: word(26), at: time() },
};

/** Accounts that are or were new. */
const people: TableShape = {
  name: "p_moderation_people",
  columns: {
    account_id: primary(ref()),
    blog_id: ref(),
    /** new, waiting (something is held), passed, refused. */
    review: word(10),
    at: time(),
    by_id: word(26),
  },
  indexes: [{ name: "p_moderation_people_review", columns: ["review", "account_id"] }],
};

/** What people under review said, and what became of it. */
const judged: TableShape = {
  name: "p_moderation_judged",
  columns: {
    id: key(),
    blog_id: ref(),
    /** Of posts what the timeline knows it by, of replies where they stand. */
    key_hash: word(64),
    account_id: ref(),
    /** post, reply. */
    kind: word(8),
    /** Of a reply: the blog it stands on. */
    place_id: word(26),
    url: text(),
    excerpt: line(300),
    /** Its words, then all of it; see `saidHash`. */
    text_hash: word(64),
    /** Why it is held, or would be without the limit, with spaces between. */
    why: word(100),
    /** passed, held, limited (until the limit ends), released, refused. */
    state: word(10),
    at: time(),
  },
  indexes: [
    { name: "p_moderation_judged_key", columns: ["key_hash"], unique: true },
    { name: "p_moderation_judged_account", columns: ["account_id", "state", "id"] },
    { name: "p_moderation_judged_text", columns: ["account_id", "text_hash"] },
    { name: "p_moderation_judged_state", columns: ["state", "id"] },
    { name: "p_moderation_judged_at", columns: ["at"] },
  ],
};

export const tables: readonly TableShape[] = [cases, reports, notes, decisions, actions, appeals, domains, people, judged];
