import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { RestJsonOperation } from '../../gateway/rest-json.ts';
import type { Client } from '../broker/client.ts';
import type { BrokerCore } from '../broker/core.ts';
import { type RecentEnding, socketsOf } from '../broker/recent-endings.ts';
import { isClientId } from '../broker/topic-name.ts';
import { rateExceeded } from './rate-exceeded.ts';

const input = z.object({
  clientId: z.string().min(1).refine(isClientId, 'must be a client id: at most 128 bytes, not beginning with $'),
  includeSocketInformation: z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(['true', 'false']))
    .default('false')
    .transform((text) => text === 'true'),
});

const connected = (client: Client, includesSockets: boolean) => ({
  connected: true,
  clientId: client.clientId,
  ...(client.thing === undefined ? {} : { thingName: client.thing.thingName }),
  cleanSession: client.terms.isCleanStart,
  keepAliveDuration: client.terms.keepAliveSeconds,
  sessionExpiry: client.session.expirySeconds,
  connectedSince: client.terms.connectedAt,
  ...(includesSockets ? socketsOf(client.peer) : {}),
});

const away = (clientId: string, ending: RecentEnding, includesSockets: boolean) => ({
  connected: false,
  clientId,
  ...(ending.thingName === undefined ? {} : { thingName: ending.thingName }),
  cleanSession: ending.isCleanStart,
  keepAliveDuration: ending.keepAliveSeconds,
  sessionExpiry: ending.sessionExpirySeconds,
  disconnectedSince: ending.at,
  disconnectReason: ending.reason,
  ...(includesSockets ? ending.sockets : {}),
});

const describe = (core: BrokerCore, clientId: string, includesSockets: boolean) => {
  const client = core.clients.get(clientId);
  if (client !== undefined) return connected(client, includesSockets);
  const ending = core.endings.find(clientId);
  return ending && away(clientId, ending, includesSockets && core.behaviour['mqtt.connection.away-has-sockets']);
};

/** https://docs.aws.amazon.com/iot/latest/apireference/API_iotdata_GetConnection.html */
export const getConnection = (core: BrokerCore): RestJsonOperation => ({
  binding: { method: 'GET', uri: '/connections/{clientId}', query: { includeSocketInformation: 'includeSocketInformation' } },
  handle: (members) => {
    const { clientId, includeSocketInformation } = parseInput(input, members, 'InvalidRequestException');
    if (!core.throttle.mayLook(clientId)) throw rateExceeded();
    const found = describe(core, clientId, includeSocketInformation);
    core.log({ eventType: 'GetConnection', status: found === undefined ? 'Failure' : 'Success', protocol: 'HTTP', clientId });
    if (found === undefined) throw new AwsError('ResourceNotFoundException', 'The specified resource does not exist', { status: 404 });
    return found;
  },
});
