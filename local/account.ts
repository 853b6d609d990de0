/** The AWS account and region that one set of services belongs to. */
export interface Account {
  /** Twelve digits. */
  readonly accountId: string;
  readonly region: string;
  readonly partition: 'aws';
}

/** `arn:aws:<service>:<region>:<account>:<resource>` */
export const arnOf = (account: Account, service: string, resource: string): string =>
  `arn:${account.partition}:${service}:${account.region}:${account.accountId}:${resource}`;
