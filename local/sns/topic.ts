export type SubscriptionProtocol = 'email' | 'email-json' | 'sqs' | 'lambda';

export interface Subscription {
  readonly arn: string;
  readonly protocol: SubscriptionProtocol;
  /** An address, or the ARN of a queue or function. */
  readonly endpoint: string;
  readonly attributes: Map<string, string>;
  /** Only the owner of a mailbox can confirm; queues and functions of the account need not. */
  isPending: boolean;
  /** What the owner of a mailbox was last asked with. */
  confirmation?: { readonly token: string; readonly expiresAtMs: number };
}

export interface PublishedMessage {
  readonly messageId: string;
  readonly publishedAtMs: number;
  readonly subject: string | undefined;
  readonly body: string;
  /** What mail says in the body's place. */
  readonly mail?: string | undefined;
}

/** What came of one delivery. */
export interface Delivery {
  readonly messageId: string;
  readonly endpoint: string;
  /** Undefined when it arrived. */
  readonly failure: string | undefined;
}

export interface Topic {
  readonly name: string;
  readonly arn: string;
  /** Attributes that were set: `DisplayName`, `KmsMasterKeyId`, `Policy`, … */
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  readonly subscriptions: Map<string, Subscription>;
  /** Everything ever published, so that tests and operators can look. */
  readonly messages: PublishedMessage[];
  readonly deliveries: Delivery[];
}
