import type { PolicyDocument } from '../policy/policy-document.ts';

/** The session of a role, as AssumeRole made it. */
export interface CallerSession {
  readonly roleArn: string;
  /** `<role id>:<session name>` */
  readonly assumedRoleId: string;
  /** Session policies; undefined when there are none. */
  readonly policies: readonly PolicyDocument[] | undefined;
  /** Tags of the role and of the session: `aws:PrincipalTag/<key>`. */
  readonly tags: ReadonlyMap<string, string>;
  /** Keys of the tags that a session of this session inherits. */
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | undefined;
  readonly issuedAtMs: number;
}

/** Who signed a request, as far as STS and IAM know. */
export interface Caller {
  readonly accountId: string;
  readonly accessKeyId: string;
  /** `arn:aws:iam::…:root`, a user's ARN, or the assumed role's session ARN. */
  readonly arn: string;
  /** Of an assumed role. */
  readonly session?: CallerSession;
  /** Services that call with the caller's permissions, the first one first, e.g. `cloudformation.amazonaws.com`. */
  readonly via?: readonly string[];
  /** The service that acts with the role's session, where it was given the role, e.g. `iot.amazonaws.com`. */
  readonly actingService?: string;
  /** Of the program that sent the request. */
  readonly userAgent?: string | undefined;
}

/** One HTTP request to an AWS endpoint, after its body was read and its signature's scope parsed. */
export interface ApiRequest {
  readonly method: string;
  /** The path as sent, percent-encoding kept, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly caller: Caller;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** One `Set-Cookie` header each. */
  readonly cookies?: readonly string[];
  readonly body?: string | Buffer;
}

/** An AWS service behind the gateway. Throws `AwsError` to refuse; it formats its own success and failure bodies. */
export interface ApiService {
  /** The names under which requests to it are signed (SigV4 credential scope), e.g. `iot`. */
  readonly signingNames: readonly string[];
  /** The operations that it answers, by their API names; it refuses any other. `README.md` lists them. */
  readonly operations: readonly string[];
  /** Which operation a request means, where neither a header nor a form names it: in REST protocols. */
  operationOf?(request: Omit<ApiRequest, 'caller'>): string | undefined;
  handle(request: ApiRequest): Promise<ApiResponse>;
}
