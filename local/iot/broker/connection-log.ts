import type { Authentication, AuthenticationFailure } from '../directory.ts';
import type { Client } from './client.ts';
import type { BrokerCore } from './core.ts';
import type { TlsPeer } from './tls-peer.ts';

/** The texts that go with the reasons (DG:cwl-format). */
const details: Readonly<Record<AuthenticationFailure, string>> = {
  DEVICE_CERTIFICATE_NOT_REGISTERED: 'Device certificate is not registered',
  DEVICE_CERTIFICATE_INACTIVE: 'Device certificate is not active',
  DEVICE_CERTIFICATE_REVOKED: 'Device certificate is revoked',
  NOT_AUTHENTICATED: 'The credentials provided could not be authenticated',
};

export const logAuthenticationFailure = (
  core: Pick<BrokerCore, 'log'>,
  peer: Omit<TlsPeer, 'certificateDer'>,
  failure: Extract<Authentication, { isAuthenticated: false }>,
  clientId?: string,
): void => {
  core.log({
    eventType: 'Connection.AuthNError',
    status: 'Failure',
    authenticationType: 'AWS_X509', // the name that domain configurations use (assumed)
    ...(clientId === undefined ? {} : { clientId }),
    ...(failure.certificateId === undefined ? {} : { principalId: failure.certificateId }),
    sourceIp: peer.sourceIp,
    sourcePort: peer.sourcePort,
    targetPort: peer.targetPort,
    ...(peer.serverName === undefined ? {} : { serverNameIndication: peer.serverName }),
    reason: failure.reason,
    details: details[failure.reason],
  });
};

export const logConnect = (core: Pick<BrokerCore, 'log'>, client: Client): void => {
  core.log({
    eventType: 'Connect',
    status: 'Success',
    protocol: 'MQTT',
    clientId: client.clientId,
    principalId: client.principalId,
    sourceIp: client.sourceIp,
    sourcePort: client.sourcePort,
    ...(client.thing === undefined ? {} : { thingName: client.thing.thingName }),
    keepAliveDuration: client.terms.keepAliveSeconds,
    sessionExpiry: client.session.expirySeconds,
    cleanSession: client.terms.isCleanStart,
  });
};
