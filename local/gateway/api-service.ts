/** Who signed a request, as far as STS and IAM know. */
export interface Caller {
  readonly accountId: string;
  readonly accessKeyId: string;
  /** `arn:aws:iam::…:root`, or the assumed role's session ARN. */
  readonly arn: string;
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
  readonly body?: string | Buffer;
}

/** An AWS service behind the gateway. Throws `AwsError` to refuse; it formats its own success and failure bodies. */
export interface ApiService {
  /** The names under which requests to it are signed (SigV4 credential scope), e.g. `iot`. */
  readonly signingNames: readonly string[];
  /** The operations that it answers, by their API names; it refuses any other. `README.md` lists them. */
  readonly operations: readonly string[];
  handle(request: ApiRequest): Promise<ApiResponse>;
}
