import { AwsError } from '../aws-error.ts';

/** AWS IoT's error shapes with their HTTP status (SDK client-iot, `httpError` of each exception). */
export const invalidRequest = (message: string): AwsError => new AwsError('InvalidRequestException', message);

export const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message, { status: 404 });

export const alreadyExists = (message: string, resource: { readonly id?: string; readonly arn: string }): AwsError =>
  new AwsError('ResourceAlreadyExistsException', message, { status: 409, members: { resourceId: resource.id, resourceArn: resource.arn } });

/** A mitigation of that name was begun before (API Reference, StartAuditMitigationActionsTask). */
export const taskAlreadyExists = (message: string): AwsError => new AwsError('TaskAlreadyExistsException', message);

export const deleteConflict = (message: string): AwsError => new AwsError('DeleteConflictException', message, { status: 409 });

export const versionConflict = (message: string): AwsError => new AwsError('VersionConflictException', message, { status: 409 });

export const versionsLimitExceeded = (message: string): AwsError =>
  new AwsError('VersionsLimitExceededException', message, { status: 409 });

export const limitExceeded = (message: string): AwsError => new AwsError('LimitExceededException', message, { status: 410 });

export const certificateState = (message: string): AwsError => new AwsError('CertificateStateException', message, { status: 406 });

export const certificateValidation = (message: string): AwsError => new AwsError('CertificateValidationException', message);

export const certificateConflict = (message: string): AwsError => new AwsError('CertificateConflictException', message, { status: 409 });

export const registrationCodeValidation = (message: string): AwsError => new AwsError('RegistrationCodeValidationException', message);

const statuses = {
  CertificateStateException: 406,
  CertificateValidationException: 400,
  ConflictException: 409,
  InvalidRequestException: 400,
  LimitExceededException: 410,
  ResourceAlreadyExistsException: 409,
} as const;

/** A refusal whose name AWS does not publish, so that the table of assumptions gives it. */
export const refusalNamed = (name: keyof typeof statuses, message: string): AwsError =>
  new AwsError(name, message, { status: statuses[name] });

export const unauthorized = (message: string): AwsError => new AwsError('UnauthorizedException', message, { status: 401 });

/** What a function of the account's owner answered is not what was asked for. */
export const invalidResponse = (message: string): AwsError => new AwsError('InvalidResponseException', message);
