import type { Exchange } from './exchange.ts';
import type { PayloadCodec } from './payload-codec.ts';
import { parseRequestTopic } from './request-topics.ts';

/** A request topic with what serves it. */
export interface Route {
  readonly exchange: Exchange;
  readonly codec: PayloadCodec;
  /** Empty unless the operation is RegisterThing. */
  readonly templateName: string;
}

export type Router = (topic: string) => Route | undefined;

export const createRouter =
  (exchanges: readonly Exchange[], codecs: readonly PayloadCodec[]): Router =>
  (topic) => {
    const request = parseRequestTopic(topic);
    const codec = codecs.find(({ format }) => format === request?.format);
    const exchange = exchanges.find(({ operation }) => operation === request?.operation);
    if (request === undefined || codec === undefined || exchange === undefined) return undefined;
    return { exchange, codec, templateName: request.templateName };
  };
