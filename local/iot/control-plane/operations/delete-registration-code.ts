import type { DeleteRegistrationCodeRequest } from '@aws-sdk/client-iot';
import { notFound } from '../../refusals.ts';
import type { IotOperation } from '../operation.ts';

/** Forgets the registration code: certificates that prove it prove nothing any more. */
export const deleteRegistrationCode: IotOperation<DeleteRegistrationCodeRequest> = ({ registry, behaviour }) => {
  const isMissing = registry.registrationCode === undefined;
  if (isMissing && behaviour['registration-code.is-missed']) throw notFound('There is no registration code.');
  registry.registrationCode = undefined;
  return {};
};
