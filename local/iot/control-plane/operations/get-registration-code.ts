import type { GetRegistrationCodeRequest, GetRegistrationCodeResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';

/** The account's registration code: made when first asked for, and the same until it is deleted. */
export const getRegistrationCode: IotOperation<GetRegistrationCodeRequest, GetRegistrationCodeResponse> = ({ registry }) => {
  registry.registrationCode ??= registry.newRegistrationCode();
  return { registrationCode: registry.registrationCode };
};
