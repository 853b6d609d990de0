import type { RegisterCertificateRequest, RegisterCertificateResponse } from '@aws-sdk/client-iot';
import { findSigningAuthority } from '../../own-ca/find-signing-authority.ts';
import { refusalNamed } from '../../refusals.ts';
import type { IotOperation } from '../operation.ts';
import { readUnregistered, registerAs, statusToRegister } from '../registering-certificate.ts';

type Operation = IotOperation<RegisterCertificateRequest, RegisterCertificateResponse>;

/** Registers a certificate that a registered and active authority signed, in that authority's mode. */
export const registerCertificate: Operation = (services, input) => {
  const { registry, behaviour } = services;
  const status = statusToRegister(services, input);
  const certificate = readUnregistered(services, input.certificatePem);
  const authority = findSigningAuthority(registry, certificate, input.caCertificatePem);
  // DG:manage-your-CA-certs: "must be active before you can register any client certificates that it has signed".
  if (authority.status !== 'ACTIVE') throw refusalNamed(behaviour['ca.inactive-refusal'], 'The CA certificate is not active.');
  const { mode, certificateId: caCertificateId } = authority;
  return registerAs(services, { ...certificate, certificatePem: input.certificatePem }, { status, mode, caCertificateId });
};
