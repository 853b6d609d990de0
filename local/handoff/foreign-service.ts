import * as z from 'zod';
import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { CallOperation } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiResponse, ApiService } from '../gateway/api-service.ts';
import type { ForeignEndpoint } from './foreign-endpoint.ts';
import { forwardRequest } from './forward-request.ts';

/** How to name an operation of a service that speaks AWS JSON. */
interface JsonProtocol {
  readonly targetPrefix: string;
  readonly version: '1.0' | '1.1';
}

/** Services whose resources can be deployed to another endpoint. */
const jsonProtocols: Readonly<Record<string, JsonProtocol>> = {
  dynamodb: { targetPrefix: 'DynamoDB_20120810', version: '1.0' },
  kms: { targetPrefix: 'TrentService', version: '1.1' },
  logs: { targetPrefix: 'Logs_20140328', version: '1.1' },
  sqs: { targetPrefix: 'AmazonSQS', version: '1.0' },
};

const refusal = z.looseObject({ __type: z.string(), message: z.string().optional(), Message: z.string().optional() });

const outcomeOf = ({ status, body }: ApiResponse): object => {
  const text = String(body ?? '');
  const answer = z.looseObject({}).parse(JSON.parse(text === '' ? '{}' : text));
  if (status < 300) return answer;
  const { __type, message, Message } = refusal.parse(answer);
  throw new AwsError(__type.split('#').at(-1) ?? __type, message ?? Message ?? '', { status });
};

/** A service of one account that somebody else runs. */
export class ForeignService {
  readonly #service: string;
  readonly #endpoint: ForeignEndpoint;
  readonly #account: Account;
  readonly #clock: Clock;

  constructor(service: string, endpoint: ForeignEndpoint, { account, clock }: { readonly account: Account; readonly clock: Clock }) {
    this.#service = service;
    this.#endpoint = endpoint;
    this.#account = account;
    this.#clock = clock;
  }

  /** Requests go there as they came, answers come back as they are. */
  get api(): ApiService {
    return {
      signingNames: [this.#service],
      // None of its own: the endpoint has what it has.
      operations: [],
      handle: (request) => this.#forward(request),
    };
  }

  /** Calls it for resource providers; undefined where these cannot. */
  get call(): CallOperation | undefined {
    const protocol = Object.hasOwn(jsonProtocols, this.#service) ? jsonProtocols[this.#service] : undefined;
    return protocol === undefined ? undefined : (operation, input) => this.#call(protocol, operation, input);
  }

  /** Providers that would make a resource here, where nobody would look for it, refuse by name instead. */
  guard(provider: ResourceProvider): ResourceProvider {
    if (this.call !== undefined) return provider;
    const refuse = (): Promise<never> =>
      Promise.reject(
        new AwsError(
          'InvalidRequest',
          `${provider.type} cannot be deployed: ${this.#service} was handed to ${this.#endpoint.url}. Deploy it there.`,
        ),
      );
    return { ...provider, create: refuse, update: refuse };
  }

  #call({ targetPrefix, version }: JsonProtocol, operation: string, input: object): Promise<object> {
    const { region } = this.#account;
    const headers = {
      'content-type': `application/x-amz-json-${version}`,
      'x-amz-target': `${targetPrefix}.${operation}`,
      // Stand-ins check no signature, but want one to be there.
      authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/${this.#service}/aws4_request, SignedHeaders=host, Signature=0`,
    };
    const request = { method: 'POST', path: '/', query: new URLSearchParams(), headers, body: Buffer.from(JSON.stringify(input)) };
    return this.#forward(request).then(outcomeOf);
  }

  #forward(request: Parameters<typeof forwardRequest>[0]): Promise<ApiResponse> {
    const [service, endpoint, { region }] = [this.#service, this.#endpoint, this.#account];
    return forwardRequest(request, { service, endpoint, region, nowMs: this.#clock.now() });
  }
}
