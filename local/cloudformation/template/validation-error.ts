import { AwsError } from '../../aws-error.ts';

/** How CloudFormation refuses a template, a parameter or a request about a stack. */
export const validationError = (message: string): AwsError => new AwsError('ValidationError', message);
