import { AwsError } from '../../aws-error.ts';

/** SDK ThrottlingException of the data plane: 429, where the control plane says 400. */
export const rateExceeded = (): AwsError => new AwsError('ThrottlingException', 'Rate exceeded', { status: 429 });
