import { flag, key, line, optional, primary, ref, text, time, word, type TableShape } from "rookery/plugin";

/** What people were told. */
const notices: TableShape = {
  name: "p_notifications_notices",
  columns: {
    id: key(),
    blog_id: ref(),
    account_id: ref(),
    /** SHA-256 of kind and subject: the same one again replaces the notice. */
    slot: word(64),
    kind: word(40),
    text: text(),
    url: text(),
    from_name: line(200),
    from_url: text(),
    from_avatar: text(),
    at: time(),
    read_at: optional(time()),
    /** Whether the list shows it. */
    is_listed: flag(),
    /** none, now, digest, sent. */
    mail: word(10),
  },
  indexes: [
    { name: "p_notifications_notices_slot", columns: ["account_id", "slot"], unique: true },
    { name: "p_notifications_notices_gone", columns: ["slot"] },
    { name: "p_notifications_notices_list", columns: ["account_id", "is_listed", "id"] },
    { name: "p_notifications_notices_mail", columns: ["account_id", "mail", "id"] },
    { name: "p_notifications_notices_at", columns: ["at"] },
  ],
};

/** What people want to hear of, and how; nobody's row says the defaults. */
const choices: TableShape = {
  name: "p_notifications_choices",
  columns: {
    account_id: primary(ref()),
    blog_id: ref(),
    /** JSON: kind → { isListed, mail }. */
    kinds: text(),
    /** off, daily, weekly. */
    digest: word(10),
    next_at: optional(time()),
    /** What the link for leaving in mails carries. */
    leave_key: word(26),
  },
  indexes: [
    { name: "p_notifications_choices_next", columns: ["next_at"] },
    { name: "p_notifications_choices_leave", columns: ["leave_key"] },
  ],
};

export const tables: readonly TableShape[] = [notices, choices];
