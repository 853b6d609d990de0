import { AwsError } from '../aws-error.ts';

interface Throttling {
  readonly code: string;
  readonly status: number;
}

/** How services word it where they do not say `ThrottlingException` with 400; every SDK retries all of them. */
const throttling: Readonly<Record<string, Throttling>> = {
  cloudformation: { code: 'Throttling', status: 400 },
  dynamodb: { code: 'ThrottlingException', status: 400 },
  iam: { code: 'Throttling', status: 400 },
  lambda: { code: 'TooManyRequestsException', status: 429 },
  oauth: { code: 'temporarily_unavailable', status: 429 },
  s3: { code: 'SlowDown', status: 503 },
  sns: { code: 'Throttled', status: 429 },
  sqs: { code: 'RequestThrottled', status: 403 },
  sts: { code: 'Throttling', status: 400 },
};

/** The refusal of a service that is called too often. */
export const throttlingError = (service: string): AwsError => {
  const { code, status } = throttling[service] ?? { code: 'ThrottlingException', status: 400 };
  return new AwsError(code, 'Rate exceeded', { status });
};
