import type { Authentication, AuthenticationFailure } from '../directory.ts';
import type { Access } from './access.ts';
import type { Client } from './client.ts';
import { factsOf } from './connection-facts.ts';
import type { BrokerCore } from './core.ts';
import type { TlsPeer } from './tls-peer.ts';

/** The texts that go with the reasons (DG:cwl-format). */
const details: Readonly<Record<AuthenticationFailure, string>> = {
  DEVICE_CERTIFICATE_NOT_REGISTERED: 'Device certificate is not registered',
  DEVICE_CERTIFICATE_INACTIVE: 'Device certificate is not active',
  DEVICE_CERTIFICATE_REVOKED: 'Device certificate is revoked',
  NOT_AUTHENTICATED: 'The credentials provided could not be authenticated',
  CUSTOM_AUTHORIZER_NOT_FOUND: 'Could not find custom authorizer',
  CUSTOM_AUTHORIZER_PARAMETER_INVALID: 'Custom authentication parameter is invalid',
  CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR: 'Custom authorizer Lambda invocation failed',
  DOMAIN_CONFIGURATION_DISABLED: 'Domain configuration is disabled',
};

type Refused = Extract<Authentication, { isAuthenticated: false }> & {
  readonly clientId?: string;
  /** As domain configurations name them. */
  readonly authenticationType?: Access['authenticationType'];
};

export const logAuthenticationFailure = (
  core: Pick<BrokerCore, 'log' | 'metrics' | 'behaviour'>,
  peer: Omit<TlsPeer, 'certificateDer'>,
  refused: Refused,
): void => {
  core.metrics.count('Connection.AuthNError');
  core.log({
    eventType: 'Connection.AuthNError',
    status: 'Failure',
    authenticationType: refused.authenticationType ?? core.behaviour['logging.authentication-type'],
    ...(refused.clientId === undefined ? {} : { clientId: refused.clientId }),
    ...(refused.certificateId === undefined ? {} : { principalId: refused.certificateId }),
    sourceIp: peer.sourceIp,
    sourcePort: peer.sourcePort,
    targetPort: peer.targetPort,
    ...(peer.serverName === undefined ? {} : { serverNameIndication: peer.serverName }),
    reason: refused.reason,
    details: details[refused.reason],
  });
};

export const logConnect = (core: Pick<BrokerCore, 'log' | 'metrics'>, client: Client): void => {
  core.metrics.count('Connect.Success');
  core.log({
    eventType: 'Connect',
    status: 'Success',
    ...factsOf(client),
    ...(client.thing === undefined ? {} : { thingName: client.thing.thingName }),
    keepAliveDuration: client.terms.keepAliveSeconds,
    sessionExpiry: client.session.expirySeconds,
    cleanSession: client.terms.isCleanStart,
  });
};
