import type { LineName, TenantName } from './identifiers.ts';

/** A topic that the devices of a line or a tenant share: all may subscribe and receive. */
export interface SharedTopic {
  /** Relative to the root unless it is absolute, e.g. `firmware` or `firmware/#`-less levels `alerts/fire`; no wildcards. */
  readonly topic: string;
  /** Whether devices may publish to it, which makes them able to speak to each other. */
  readonly publish: boolean;
  /** The topic stands as it is, outside the root. */
  readonly absolute?: boolean | undefined;
}

/** What a group of devices may reach beyond what is a device's own. */
export type SharedBoundary =
  | { readonly of: 'line'; readonly line: LineName; readonly sharedTopics: readonly SharedTopic[] }
  | { readonly of: 'tenant'; readonly tenant: TenantName; readonly sharedTopics: readonly SharedTopic[] };

/** The full name of a shared topic. */
export const sharedTopicName = (root: string, { topic, absolute }: Pick<SharedTopic, 'topic' | 'absolute'>): string =>
  absolute === true ? topic : `${root}/${topic}`;
