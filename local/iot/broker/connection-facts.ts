import type { IotConnection } from '../connection.ts';

/** What an entry says of a denial by policy; the text is assumed. */
export const authorizationFailure = { reason: 'AUTHORIZATION_FAILURE', details: 'Authorization Failure' } as const;

/** The fields that every entry about a connection has (DG:cwl-format). */
export const factsOf = ({
  clientId,
  principalId,
  sourceIp,
  sourcePort,
}: Pick<IotConnection, 'clientId' | 'principalId' | 'sourceIp' | 'sourcePort'>) => ({
  protocol: 'MQTT',
  clientId,
  principalId,
  sourceIp,
  sourcePort,
});
