import { randomUUID } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { ResourceState } from '../resource-provider.ts';

/** A creation that failed and left something that must be deleted. */
export class PartialCreation extends Error {
  override readonly name = 'PartialCreation';
  readonly left: ResourceState;

  constructor(message: string, left: ResourceState) {
    super(message);
    this.left = left;
  }
}

const handlerErrorCodes: readonly (readonly [RegExp, string])[] = [
  [/AlreadyExists|AlreadyOwned|Conflict/, 'AlreadyExists'],
  [/NotFound|NoSuch/, 'NotFound'],
  [/AccessDenied|Unauthorized|Forbidden/, 'AccessDenied'],
  [/Throttl|TooManyRequests/, 'Throttling'],
  [/Limit/, 'ServiceLimitExceeded'],
  [/Validation|Invalid|Malformed|Serialization/, 'InvalidRequest'],
];

const handlerErrorCode = (code: string): string =>
  handlerErrorCodes.find(([pattern]) => pattern.test(code))?.[1] ?? 'GeneralServiceException';

/** The reason that a stack event gives for a failed resource. */
export const failureReason = (thrown: unknown): string => {
  if (thrown instanceof AwsError) {
    return `Resource handler returned message: "${thrown.message}" (RequestToken: ${randomUUID()}, HandlerErrorCode: ${handlerErrorCode(thrown.code)})`;
  }
  if (thrown instanceof PartialCreation) return thrown.message;
  return `Internal failure of the local AWS: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`;
};
