/** A custom authorizer as it is stored. A change replaces the entry. Times are milliseconds since the epoch. */
export interface Authorizer {
  readonly authorizerName: string;
  readonly functionArn: string;
  /** Under which name a request carries the token. */
  readonly tokenKeyName: string | undefined;
  /** PEM by key name. */
  readonly tokenSigningPublicKeys: Readonly<Record<string, string>>;
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly signingDisabled: boolean;
  readonly cachingForHttp: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
}
