/** What a SigV4 signature says of itself (IAM User Guide, "Create a signed AWS API request"). */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly signingName: string;
}

const credentialIn = (authorization: string | undefined, query: URLSearchParams): string | undefined =>
  authorization?.match(/^AWS4-HMAC-SHA256\s.*?Credential=([^,\s]+)/)?.[1] ?? query.get('X-Amz-Credential') ?? undefined;

/** The scope in the `Authorization` header or in a presigned query; undefined when the request is not signed. */
export const credentialScopeOf = (authorization: string | undefined, query: URLSearchParams): CredentialScope | undefined => {
  const parts = credentialIn(authorization, query)?.split('/') ?? [];
  // An access key id holds no slash, so that the last four parts are the scope.
  const [accessKeyId, date, region, signingName, terminator] = parts;
  if (accessKeyId === undefined || date === undefined || region === undefined || signingName === undefined) return undefined;
  return terminator === 'aws4_request' ? { accessKeyId, date, region, signingName } : undefined;
};
