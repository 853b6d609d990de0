import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { RestJsonOperation } from '../../gateway/rest-json.ts';
import type { BrokerCore } from '../broker/core.ts';
import { endConnection } from '../broker/end-connection.ts';
import { isClientId } from '../broker/topic-name.ts';
import { rateExceeded } from './rate-exceeded.ts';

/** The guide writes `TRUE`, SDKs write `true`. */
const flag = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(['true', 'false']))
  .default('false')
  .transform((text) => text === 'true');

const input = z.object({
  clientId: z.string().min(1).refine(isClientId, 'must be a client id: at most 128 bytes, not beginning with $'),
  cleanSession: flag,
  preventWillMessage: flag,
});

type Wish = z.output<typeof input>;

/** A client that is away has nothing left to close, but a session to forget and perhaps a will that waits for its delay. */
const forgetSession = ({ sessions, pendingWills }: BrokerCore, { clientId, cleanSession, preventWillMessage }: Wish): void => {
  if (preventWillMessage) pendingWills.cancel(clientId);
  if (!cleanSession) return;
  sessions.end(clientId);
  // The will is due when the session ends. [MQTT-3.1.3-9]
  pendingWills.publishNow(clientId);
};

const perform = (core: BrokerCore, wish: Wish): void => {
  const client = core.clients.get(wish.clientId);
  const isKnown = client !== undefined || core.sessions.has(wish.clientId);
  core.log({ eventType: 'DeleteConnection', status: isKnown ? 'Success' : 'Failure', protocol: 'HTTP', clientId: wish.clientId });
  if (!isKnown) throw new AwsError('ResourceNotFoundException', 'The specified resource does not exist', { status: 404 });
  if (client === undefined) {
    forgetSession(core, wish);
    return;
  }
  if (wish.cleanSession) client.session.expirySeconds = 0;
  endConnection(core, client, { reason: 'API_INITIATED_DISCONNECT', preventsWill: wish.preventWillMessage });
};

/** https://docs.aws.amazon.com/iot/latest/apireference/API_iotdata_DeleteConnection.html; nothing keeps the client from coming back. */
export const deleteConnection = (core: BrokerCore): RestJsonOperation => ({
  binding: {
    method: 'DELETE',
    uri: '/connections/{clientId}',
    query: { cleanSession: 'cleanSession', preventWillMessage: 'preventWillMessage' },
  },
  handle: (members) => {
    const wish = parseInput(input, members, 'InvalidRequestException');
    if (!core.throttle.mayDelete(wish.clientId)) throw rateExceeded();
    perform(core, wish);
    return undefined;
  },
  respond: () => ({ status: 200, body: '' }),
});
