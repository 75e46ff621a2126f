/** Something somebody was told. */
export type Notified = {
  readonly id: string;
  /** reply, mention, moderation, discover, source or other. */
  readonly kind: string;
  readonly text: string;
  /** A path of the hub, or an address. */
  readonly url: string;
  readonly from: { readonly name: string; readonly url: string; readonly avatar: string } | null;
  readonly at: string;
  readonly isRead: boolean;
};

/** Notices, the newest first; `next` is the `before` of the rest, null at the end. */
export type NotifiedPage = { readonly notices: readonly Notified[]; readonly next: string | null };

/** The service `notifications.store`: what one account was told. Nothing counts them. */
export interface NotificationStore {
  list(accountId: string, page?: { readonly before?: string; readonly limit?: number }): Promise<NotifiedPage>;
  hasUnread(accountId: string): Promise<boolean>;
  /** One as read, or all up to one and itself. */
  markRead(accountId: string, which: { readonly id: string } | { readonly upTo: string }): Promise<void>;
}

declare module "rookery/plugin" {
  interface Services {
    "notifications.store": NotificationStore;
  }
}
