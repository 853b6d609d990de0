import { AwsError } from '../aws-error.ts';

/** Turns whatever an operation threw into an AWS error; what is no refusal is a fault of the local AWS and says so. */
export const asAwsError = (thrown: unknown): AwsError => {
  if (thrown instanceof AwsError) return thrown;
  const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new AwsError('InternalFailure', `The local AWS failed while it handled the request. ${detail}`, { status: 500 });
};
