import type { RegisterCertificateWithoutCARequest, RegisterCertificateWithoutCAResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { readUnregistered, registerAs, statusToRegister } from '../registering-certificate.ts';

type Operation = IotOperation<RegisterCertificateWithoutCARequest, RegisterCertificateWithoutCAResponse>;

/** Registers a certificate that any authority issued; its mode is SNI_ONLY. */
export const registerCertificateWithoutCA: Operation = (services, { certificatePem, status }) => {
  const chosen = statusToRegister(services, { status });
  const certificate = readUnregistered(services, certificatePem);
  return registerAs(services, { ...certificate, certificatePem }, { status: chosen, mode: 'SNI_ONLY' });
};
