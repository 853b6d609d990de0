import * as z from 'zod/mini';
import { type ThingName, thingName } from '../../domain/identifiers.ts';
import { type RenewalAsk, renewalRequest } from '../../domain/rotation/renewal-message.ts';

const MAX_BYTES = 16_384;

/** A message as the rule hands it on: what the device sent is in `payload` and nowhere else, so that it can say nothing of who it is. */
const delivered = z.object({
  /** Of the topic. */
  thing: thingName,
  /** What AWS IoT calls who is connected; it knows none of some who publish by HTTP. */
  principal: z._default(z.string(), ''),
  /** In base64, whatever it was. */
  payload: z.string(),
});

export interface Ask extends RenewalAsk {
  readonly thing: ThingName;
  readonly principal: string;
}

/** Reads a message; where a device sent what is no question, the name of its thing alone, and `undefined` for anything else. */
export const readAsk = (event: unknown): Ask | { readonly thing: ThingName; readonly rotation?: never } | undefined => {
  const message = z.safeParse(delivered, event).data;
  if (message === undefined) return undefined;
  const { thing, principal, payload } = message;
  const request = z.safeParse(renewalRequest, parseJson(payload)).data;
  return request === undefined ? { thing } : { ...request, thing, principal };
};

const parseJson = (base64: string): unknown => {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > MAX_BYTES) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
};
