import { ASSIGNED_CLIENT_ID_PREFIX, clientIdLinesOf } from '../../domain/client-id.ts';
import type { Configuration } from '../../domain/configuration.ts';

/** Which client ids the devices of a deployment use. */
export interface DeviceClientIds {
  readonly prefix: string;
  /** The `<path>` of ids like `<path>/<serial>`. */
  readonly paths: readonly string[];
}

export const deviceClientIdsOf = (configuration: Configuration): DeviceClientIds => ({
  prefix: configuration.prefix,
  paths: clientIdLinesOf(configuration).flatMap(({ clientIdPath }) => clientIdPath ?? []),
});

/**
 * The connections of our things and of nothing else: a thing connects under its own name, which begins with the prefix and
 * a colon, where a claim's client id has a dash; or under an id of the service that it was made for. The address is left out,
 * because nobody reads it.
 */
export const presenceSql = (clientIds: DeviceClientIds): string => [SELECTION, CONNECTED, `WHERE ${areOurs(clientIds)}`].join(' ');

/** Connections of our things that ended because another one took the client id. Only these are looked at, so that peace costs nothing. */
export const takeOverSql = (clientIds: DeviceClientIds): string =>
  [
    "SELECT clientId, principalIdentifier FROM '$aws/events/presence/disconnected/#'",
    `WHERE disconnectReason = 'DUPLICATE_CLIENTID' AND (${areOurs(clientIds)})`,
  ].join(' ');

/**
 * Those of our things under ids that AWS IoT assigned. It is a rule of its own: where an event names no thing, the second
 * condition is undefined, and so would be all that it is a part of (DG:iot-sql-operators).
 */
export const assignedPresenceSql = (prefix: string): string =>
  [SELECTION, CONNECTED, `WHERE ${begins('clientId')(ASSIGNED_CLIENT_ID_PREFIX)} AND ${begins('thingName')(`${prefix}:`)}`].join(' ');

/** The connections under claims and nothing else, with the addresses that they came from: who squats a serial is found by them. */
export const claimPresenceSql = (prefix: string): string =>
  ['SELECT clientId, principalIdentifier, ipAddress, timestamp', CONNECTED, `WHERE ${begins('clientId')(`${prefix}-claim-`)}`].join(' ');

/** Connections under claims, made and ended, and those of devices where they are wanted: for the record of the fleet, addresses with them. */
export const auditedPresenceSql = (clientIds: DeviceClientIds, whose: 'claims' | 'all'): string => {
  const claims = begins('clientId')(`${clientIds.prefix}-claim-`);
  return [AUDITED, `WHERE ${MADE_OR_ENDED} AND (${whose === 'all' ? `${claims} OR ${areOurs(clientIds)}` : claims})`].join(' ');
};

/** Those of devices under ids that AWS IoT assigned, by a rule of their own as above. */
export const auditedAssignedPresenceSql = (prefix: string): string =>
  [AUDITED, `WHERE ${MADE_OR_ENDED} AND ${begins('clientId')(ASSIGNED_CLIENT_ID_PREFIX)} AND ${begins('thingName')(`${prefix}:`)}`].join(
    ' ',
  );

/** Certificates that registered themselves by a CA of this account, whoever's it is: the function knows ours (DG:auto-register-device-cert). */
export const registrationSql = "SELECT certificateId, caCertificateId FROM '$aws/events/certificates/registered/#'";

const SELECTION = 'SELECT clientId, thingName, principalIdentifier, sessionIdentifier, timestamp';
const AUDITED =
  "SELECT eventType, clientId, thingName, principalIdentifier, sessionIdentifier, versionNumber, timestamp, ipAddress, disconnectReason FROM '$aws/events/presence/#'";
const MADE_OR_ENDED = "(eventType = 'connected' OR eventType = 'disconnected')";
const CONNECTED = "FROM '$aws/events/presence/connected/#'";

const areOurs = ({ prefix, paths }: DeviceClientIds): string =>
  [`${prefix}:`, ...paths.map((path) => `${path}/`)].map(begins('clientId')).join(' OR ');

const begins =
  (field: 'clientId' | 'thingName') =>
  (text: string): string =>
    `startswith(${field}, '${text}')`;
