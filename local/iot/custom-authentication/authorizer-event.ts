import { splitUsername } from './credentials.ts';
import type { Presented } from './presented.ts';
import type { CheckedToken } from './token-signature.ts';

type Members = Readonly<Record<string, unknown>>;

/** Fields that do not concern the request are left out (DG:custom-auth-lambda). */
const present = (members: Members): Members => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

const tlsMembers = ({ serverName, certificate }: NonNullable<Presented['tls']>): Members =>
  present({ serverName, x509CertificatePem: certificate?.pem, principalId: certificate?.principalId });

const mqttMembers = ({ username, password, clientId }: NonNullable<Presented['mqtt']>, keepsQuery: boolean): Members =>
  present({
    username: username === undefined || keepsQuery ? username : splitUsername(username).name,
    password: password?.toString('base64'),
    clientId: clientId === '' ? undefined : clientId,
  });

/** The event that the authorizer's function gets (DG:custom-auth-lambda, DG:custom-auth-509cert). */
export const authorizerEvent = (
  { connectionId, tls, http, mqtt }: Presented,
  { token, isVerified }: CheckedToken,
  { keepsQuery }: { readonly keepsQuery: boolean },
): Members => {
  const protocolData = present({
    tls: tls === undefined ? undefined : tlsMembers(tls),
    http: http === undefined ? undefined : present({ headers: http.headers, queryString: http.queryString }),
    mqtt: mqtt === undefined ? undefined : mqttMembers(mqtt, keepsQuery),
  });
  return present({
    token,
    signatureVerified: isVerified,
    protocols: Object.keys(protocolData),
    protocolData,
    connectionMetadata: { id: connectionId },
  });
};
