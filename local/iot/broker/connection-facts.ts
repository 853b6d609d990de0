import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotConnection } from '../connection.ts';

/** What an entry says of a denial by policy (DG22:diagnosing-connectivity-issues names the reason). */
export const authorizationFailure = (behaviour: Pick<IotBehaviour, 'logging.authorization-details'>) => ({
  reason: 'AUTHORIZATION_FAILURE',
  details: behaviour['logging.authorization-details'],
});

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
