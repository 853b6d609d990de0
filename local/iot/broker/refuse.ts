import type { Refusal } from '../behaviour/mqtt-refusal.ts';
import type { RefusalId } from '../behaviour/mqtt-refusals.data.ts';
import type { Client } from './client.ts';
import type { ProtocolVersion } from './codec.ts';
import type { BrokerCore } from './core.ts';
import { endConnection } from './end-connection.ts';

/** What a refusal comes to for one packet. */
export type Answer =
  | { readonly how: 'acknowledge'; readonly code: number }
  /** Over MQTT 5, with a DISCONNECT if there is a code. */
  | { readonly how: 'end'; readonly code?: number }
  | { readonly how: 'ignore' };

const ignore: Answer = { how: 'ignore' };

const answerOver5 = ({ mqtt5 }: Refusal, hasAcknowledgement: boolean): Answer => {
  if (mqtt5 === 'ignore') return ignore;
  if (mqtt5 === 'close') return { how: 'end' };
  const { how, code } = mqtt5;
  if (how === 'disconnect') return { how: 'end', code };
  if (hasAcknowledgement) return { how: 'acknowledge', code };
  return how === 'discard' ? ignore : { how: 'end', code };
};

const answerOver3 = ({ mqtt3 }: Refusal, hasAcknowledgement: boolean): Answer => {
  if (mqtt3 === 'close') return { how: 'end' };
  return mqtt3 === 'ignore' || !hasAcknowledgement ? ignore : { how: 'acknowledge', code: mqtt3.code };
};

/** `hasAcknowledgement`: whether the refused packet is one that gets an answer of its own; a PUBLISH at QoS 0 is not. */
export const answerTo = (refusal: Refusal, version: ProtocolVersion, hasAcknowledgement = true): Answer =>
  version === 5 ? answerOver5(refusal, hasAcknowledgement) : answerOver3(refusal, hasAcknowledgement);

/** Ends the connection over a refusal that no acknowledgement can carry, unless AWS would just ignore the packet. */
export const refuseAndEnd = (core: BrokerCore, client: Client, id: RefusalId): void => {
  const refusal = core.behaviour[id];
  const answer = answerTo(refusal, client.protocolVersion, false);
  if (answer.how === 'ignore') return;
  endConnection(core, client, {
    reason: refusal.disconnectReason,
    reasonCode: answer.how === 'end' ? (answer.code ?? 'none') : answer.code,
  });
};
