import type { UpdateCACertificateRequest } from '@aws-sdk/client-iot';
import { readRegistrationConfig } from '../../own-ca/registration-config.ts';
import { invalidRequest } from '../../refusals.ts';
import { findCaCertificate } from '../../registry/find.ts';
import type { CaCertificate } from '../../registry/records.ts';
import type { ValidInput } from '../../valid-input.ts';
import type { IotOperation, IotServices } from '../operation.ts';

type Input = ValidInput<UpdateCACertificateRequest>;

type Registering = Pick<CaCertificate, 'autoRegisters' | 'registrationConfig'>;

const registeringAfter = (services: IotServices, input: Input, before: CaCertificate): Registering => {
  const { newAutoRegistrationStatus: asked, registrationConfig: config, removeAutoRegistration } = input;
  const autoRegisters = asked === undefined ? before.autoRegisters : asked === 'ENABLE';
  if (removeAutoRegistration !== true) {
    const registrationConfig = config === undefined ? before.registrationConfig : readRegistrationConfig(services, config);
    return { autoRegisters, registrationConfig };
  }
  if (config !== undefined || asked === 'ENABLE') throw invalidRequest('Auto registration cannot be configured and removed at once.');
  return { autoRegisters: autoRegisters && !services.behaviour['ca.removal-disables-auto-registration'], registrationConfig: undefined };
};

/** Changes what is given. Certificates that the authority signed keep working whatever its status (DG:manage-your-CA-certs). */
export const updateCACertificate: IotOperation<UpdateCACertificateRequest> = (services, input) => {
  const { registry } = services;
  const authority = findCaCertificate(registry, input.certificateId);
  registry.caCertificates.set(authority.certificateId, {
    ...authority,
    ...registeringAfter(services, input, authority),
    status: input.newStatus ?? authority.status,
    modifiedAt: registry.clock.now(),
  });
  return {};
};
