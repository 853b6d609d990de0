import { AwsError } from '../aws-error.ts';

/** Refusals of ACM Private CA, each as the API reference names it. */
export const invalidArgs = (message: string): AwsError => new AwsError('InvalidArgsException', message);

export const invalidRequest = (message: string): AwsError => new AwsError('InvalidRequestException', message);

export const invalidArn = (arn: string): AwsError => new AwsError('InvalidArnException', `The ARN ${arn} is not valid here.`);

export const invalidState = (message: string): AwsError => new AwsError('InvalidStateException', message);

export const notFound = (what: string): AwsError => new AwsError('ResourceNotFoundException', `Could not find ${what}.`);

export const inProgress = (what: string): AwsError => new AwsError('RequestInProgressException', `The request for ${what} is in progress.`);

export const malformedCertificate = (why: string): AwsError =>
  new AwsError('MalformedCertificateException', `The certificate cannot be imported: ${why}.`);

export const mismatchedCertificate = (why: string): AwsError =>
  new AwsError('CertificateMismatchException', `The certificate does not fit the certificate authority: ${why}.`);

export const malformedCsr = (why: string): AwsError => new AwsError('MalformedCSRException', `The CSR is not acceptable: ${why}.`);
