import { flag, key, line, optional, ref, text, time, word, type TableShape } from "../../storage/columns.ts";

/** People who want an account and wait for an admin's answer; `data` holds what the account and blog will be made of. */
export const signUps: TableShape = {
  name: "sign_ups",
  columns: {
    id: key(),
    username: line(64),
    email: optional(line(254)),
    data: text(),
    invitation_id: optional(ref()),
    created_at: time(),
  },
  indexes: [
    { name: "sign_ups_by_username", columns: ["username"], unique: true },
    { name: "sign_ups_by_email", columns: ["email"], unique: true },
  ],
};

/** Invitations to the installation (no blog) or to a role on a blog; the link's token is stored only as its hash. */
export const invitations: TableShape = {
  name: "invitations",
  columns: {
    id: key(),
    token_hash: word(64),
    blog_id: optional(ref()),
    role: word(16),
    email: optional(line(254)),
    is_mailed: flag(),
    account_id: ref(),
    state: word(16),
    used_by: optional(ref()),
    used_at: optional(time()),
    created_at: time(),
    expires_at: time(),
  },
  indexes: [
    { name: "invitations_by_token", columns: ["token_hash"], unique: true },
    { name: "invitations_by_blog", columns: ["blog_id", "state", "id"] },
    { name: "invitations_by_account", columns: ["account_id", "state", "id"] },
  ],
};

export const joiningTables = [signUps, invitations] as const;
