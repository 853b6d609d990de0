import { AwsError } from '../aws-error.ts';

/** The error shapes of CloudWatch (SDK client-cloudwatch) and what its older query protocol calls them, which SDKs read, too. */
const queryCodes: Readonly<Record<string, string>> = {
  InvalidParameterValueException: 'InvalidParameterValue',
  InvalidParameterCombinationException: 'InvalidParameterCombination',
  MissingRequiredParameterException: 'MissingParameter',
  ValidationException: 'ValidationError',
  DashboardInvalidInputError: 'InvalidParameterInput',
  DashboardNotFoundError: 'ResourceNotFound',
};

export const invalidValueCode = 'InvalidParameterValueException';

export const invalidValue = (message: string): AwsError => new AwsError(invalidValueCode, message);

export const invalidCombination = (message: string): AwsError => new AwsError('InvalidParameterCombinationException', message);

export const missingParameter = (message: string): AwsError => new AwsError('MissingRequiredParameterException', message);

/** The header by which a service that once spoke AWS query names an error (`@aws.protocols#awsQueryCompatible`). */
export const queryErrorHeader = (error: AwsError): Readonly<Record<string, string>> => ({
  'x-amzn-query-error': `${queryCodes[error.code] ?? error.code};${error.status < 500 ? 'Sender' : 'Receiver'}`,
});

export const invalidRule = (why: string): AwsError => new AwsError('ValidationException', `Invalid AlarmRule expression: ${why}.`);
