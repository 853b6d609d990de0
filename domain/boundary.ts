import type { LineName, TenantName } from './identifiers.ts';

/** A topic below a line's or a tenant's root that its devices share: all may subscribe and receive. */
export interface SharedTopic {
  /** Relative to the root, e.g. `firmware` or `firmware/#`-less levels `alerts/fire`; no wildcards. */
  readonly topic: string;
  /** Whether devices may publish to it, which makes them able to speak to each other. */
  readonly publish: boolean;
}

/** What a group of devices may reach beyond what is a device's own. */
export type SharedBoundary =
  | { readonly of: 'line'; readonly line: LineName; readonly sharedTopics: readonly SharedTopic[] }
  | { readonly of: 'tenant'; readonly tenant: TenantName; readonly sharedTopics: readonly SharedTopic[] };
