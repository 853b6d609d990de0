/** An AWS IoT policy (DG:iot-policies). */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The account and region that a policy speaks of; strings, so that CDK tokens fit. */
export interface PolicyScope {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Writes resource ARNs of one account: `topic/…`, `topicfilter/…`, `client/…`. */
export const arnWriter =
  ({ partition, region, account }: PolicyScope) =>
  (kind: 'client' | 'topic' | 'topicfilter', name: string): string =>
    `arn:${partition}:iot:${region}:${account}:${kind}/${name}`;
