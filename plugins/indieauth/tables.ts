import { flag, line, optional, primary, ref, text, time, word, type TableShape } from "rookery/plugin";

/** Codes that apps got for somebody and have not turned in, or have; stored as SHA-256 only. */
const codes: TableShape = {
  name: "p_indieauth_codes",
  columns: {
    code_hash: primary(word(64)),
    blog_id: ref(),
    account_id: ref(),
    client_id: line(500),
    client_name: line(200),
    redirect_uri: text(),
    challenge: optional(word(128)),
    scope: line(500),
    created_at: time(),
    expires_at: time(),
    spent_at: optional(time()),
    // The token it was turned into; taken back when somebody shows the code again.
    token_id: optional(ref()),
    is_reused: flag(),
  },
  indexes: [{ name: "p_indieauth_codes_by_expiry", columns: ["expires_at"] }],
};

/** Questions that stand on somebody's screen: which request their answer is to. */
const questions: TableShape = {
  name: "p_indieauth_questions",
  columns: {
    question_hash: primary(word(64)),
    blog_id: optional(ref()),
    account_id: ref(),
    request: text(),
    expires_at: time(),
  },
  indexes: [{ name: "p_indieauth_questions_by_expiry", columns: ["expires_at"] }],
};

export const tables = [codes, questions] as const;
