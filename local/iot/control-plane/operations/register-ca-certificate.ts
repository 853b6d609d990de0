import type { RegisterCACertificateRequest, RegisterCACertificateResponse } from '@aws-sdk/client-iot';
import { nameKey, type ParsedCertificate } from '../../certificate-authority/parsed-certificate.ts';
import { readCaCertificate } from '../../certificate-authority/registered-certificate.ts';
import { readRegistrationConfig } from '../../own-ca/registration-config.ts';
import { isCurrent } from '../../own-ca/validity.ts';
import { checkVerificationCertificate } from '../../own-ca/verification-certificate.ts';
import { alreadyExists, certificateValidation, invalidRequest, limitExceeded, refusalNamed } from '../../refusals.ts';
import { addCaCertificate, authoritiesWithSubject, isHeldElsewhere } from '../../registry/ca-certificate-store.ts';
import { addTags } from '../../registry/tagging.ts';
import type { ValidInput } from '../../valid-input.ts';
import type { IotOperation, IotServices } from '../operation.ts';

type Operation = IotOperation<RegisterCACertificateRequest, RegisterCACertificateResponse>;

type Input = ValidInput<RegisterCACertificateRequest>;

/** GR, not adjustable. */
const maximumOfOneSubject = 10;

/** SDK RegisterCACertificate: mode DEFAULT is proved by a verification certificate, mode SNI_ONLY takes none. */
const checkPossession = ({ registry }: IotServices, input: Input, authority: ParsedCertificate): void => {
  const { certificateMode = 'DEFAULT', verificationCertificate } = input;
  if (certificateMode === 'SNI_ONLY') {
    if (verificationCertificate === undefined) return;
    throw invalidRequest('verificationCertificate must be empty when certificateMode is SNI_ONLY.');
  }
  if (verificationCertificate === undefined) throw invalidRequest('verificationCertificate is required when certificateMode is DEFAULT.');
  const proof = { registrationCode: registry.registrationCode, now: registry.clock.now() };
  checkVerificationCertificate(verificationCertificate, authority, proof);
};

const checkUniqueness = ({ registry, behaviour }: IotServices, input: Input, authority: ParsedCertificate): void => {
  const { certificateId } = authority;
  if (registry.caCertificates.has(certificateId)) {
    const arn = registry.arn('cacert', certificateId);
    throw alreadyExists('The CA certificate is already registered', { id: certificateId, arn });
  }
  if (input.certificateMode !== 'SNI_ONLY' && isHeldElsewhere(registry, authority)) {
    throw refusalNamed(
      behaviour['ca.held-elsewhere-refusal'],
      'The CA certificate is already registered by another account of this region.',
    );
  }
  if (authoritiesWithSubject(registry, nameKey(authority.subject)).length >= maximumOfOneSubject) {
    throw limitExceeded(`An account has at most ${maximumOfOneSubject} CA certificates with the same subject.`);
  }
};

const readAuthority = ({ registry, behaviour }: IotServices, pem: string): ParsedCertificate => {
  const authority = readCaCertificate(pem);
  if (behaviour['ca.registration-needs-validity'] && !isCurrent(authority, registry.clock.now())) {
    throw certificateValidation('The CA certificate is expired or not yet valid.');
  }
  return authority;
};

/** Registers an authority of the account's own; inactive and without auto registration unless asked otherwise. */
export const registerCACertificate: Operation = (services, input) => {
  const { registry } = services;
  const authority = readAuthority(services, input.caCertificate);
  checkPossession(services, input, authority);
  checkUniqueness(services, input, authority);
  const config = input.registrationConfig;
  const registrationConfig = config === undefined ? undefined : readRegistrationConfig(services, config);
  const { certificateId } = authority;
  const certificateArn = registry.arn('cacert', certificateId);
  addTags(registry, certificateArn, input.tags);
  addCaCertificate(registry, authority, {
    certificatePem: input.caCertificate,
    status: input.setAsActive === true ? 'ACTIVE' : 'INACTIVE',
    mode: input.certificateMode ?? 'DEFAULT',
    autoRegisters: input.allowAutoRegistration === true,
    registrationConfig,
  });
  return { certificateArn, certificateId };
};
