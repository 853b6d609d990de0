/** Where a service that somebody else runs is found: LocalStack, another local AWS, DynamoDB Local or AWS itself. */
export interface ForeignEndpoint {
  /** e.g. `http://127.0.0.1:4566`. */
  readonly url: string;
  /** To sign requests anew, for an endpoint that checks signatures; without them requests go there as they came. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
}

/** Endpoints by the name that a service's requests are signed for, e.g. `{ dynamodb: 'http://127.0.0.1:8000' }`. */
export type ForeignEndpoints = Readonly<Record<string, string | ForeignEndpoint>>;

/** The SDK's names of services by the names that their requests are signed for (AWS SDKs and Tools Reference Guide, "Service-specific endpoints"). */
const variableNames: Readonly<Record<string, string>> = {
  apigateway: 'APIGATEWAYV2',
  cloudformation: 'CLOUDFORMATION',
  dynamodb: 'DYNAMODB',
  ecr: 'ECR',
  iam: 'IAM',
  iot: 'IOT',
  kms: 'KMS',
  lambda: 'LAMBDA',
  logs: 'CLOUDWATCH_LOGS',
  monitoring: 'CLOUDWATCH',
  s3: 'S3',
  sns: 'SNS',
  sqs: 'SQS',
  ssm: 'SSM',
  sts: 'STS',
};

/** The endpoints, checked. Throws an `Error` that names what is no service or no address. */
export const parseEndpoints = (endpoints: ForeignEndpoints): ReadonlyMap<string, ForeignEndpoint> =>
  new Map(
    Object.entries(endpoints).map(([service, given]) => {
      const endpoint = typeof given === 'string' ? { url: given } : given;
      if (!Object.hasOwn(variableNames, service)) {
        throw new Error(`endpoints: there is no service '${service}'; the names are ${Object.keys(variableNames).join(', ')}.`);
      }
      if (!URL.canParse(endpoint.url))
        throw new Error(`endpoints: '${endpoint.url}' of ${service} is no address such as http://127.0.0.1:4566.`);
      return [service, endpoint];
    }),
  );

/** `LOCAL_AWS_ENDPOINT_URL_<SERVICE>` of an environment: the same for programs that start a local AWS without options of their own. */
export const endpointsIn = (environment: Readonly<Record<string, string | undefined>>): ForeignEndpoints =>
  Object.fromEntries(
    Object.entries(variableNames).flatMap(([service, name]) => {
      const url = environment[`LOCAL_AWS_ENDPOINT_URL_${name}`];
      return url === undefined || url === '' ? [] : [[service, url]];
    }),
  );

/**
 * What leads SDKs of programs and functions straight to these endpoints. Not to those that need other credentials: the
 * gateway has them, and a function has not.
 */
export const endpointVariables = (endpoints: ReadonlyMap<string, ForeignEndpoint>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...endpoints].flatMap(([service, { url, credentials }]) =>
      credentials === undefined ? [[`AWS_ENDPOINT_URL_${variableNames[service] ?? ''}`, url]] : [],
    ),
  );
