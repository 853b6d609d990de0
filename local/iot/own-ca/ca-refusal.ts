import { AwsError } from '../../aws-error.ts';
import type { CaRefusal } from '../behaviour/own-ca.data.ts';

const statuses: Readonly<Record<CaRefusal, number>> = {
  CertificateStateException: 406,
  CertificateValidationException: 400,
  InvalidRequestException: 400,
  ResourceAlreadyExistsException: 409,
};

/** A refusal whose name AWS does not publish. */
export const caRefusal = (name: CaRefusal, message: string): AwsError => new AwsError(name, message, { status: statuses[name] });
