import * as z from 'zod';

/** Milliseconds; a day is the longest that a fault makes anyone wait. */
const delayMs = z.int().min(0).max(86_400_000);

/** `*` stands for any run of characters, `?` for one. */
const pattern = z.string().min(1).max(512);

const latency = z.strictObject({ kind: z.literal('latency'), ms: delayMs });
const throttle = z.strictObject({ kind: z.literal('throttle') });
const drop = z.strictObject({ kind: z.literal('drop') });
const loseReply = z.strictObject({ kind: z.literal('lose-reply') });
const errorText = z.string().max(1024).default('A fault was asked for by the control endpoint of the local AWS.');

/** What may happen to a call of an AWS operation. */
const operationEffect = z.discriminatedUnion('kind', [
  latency,
  throttle,
  z.strictObject({
    kind: z.literal('error'),
    code: z.string().regex(/^[\w.]{1,128}$/, 'expected an AWS error code such as ServiceUnavailableException'),
    status: z.int().min(400).max(599).default(500),
    message: errorText,
  }),
  drop,
  loseReply,
]);

/** What may happen to an MQTT packet. */
const packetEffect = z.discriminatedUnion('kind', [
  latency,
  z.strictObject({ kind: z.literal('refuse'), reasonCode: z.int().min(1).max(255) }),
  drop,
  z.strictObject({ kind: z.literal('lose') }),
  loseReply,
]);

/** What may happen to an invocation of a function. */
const functionEffect = z.discriminatedUnion('kind', [
  latency,
  throttle,
  z.strictObject({ kind: z.literal('error'), errorType: z.string().min(1).max(128), message: errorText }),
  z.strictObject({ kind: z.literal('kill'), afterMs: delayMs.default(0) }),
  loseReply,
]);

/** How often, how likely and how long. */
const limits = {
  /** How many times it strikes; without it, always. */
  count: z.int().min(1).optional(),
  /** Of striking when it could; default 1. */
  probability: z.number().gt(0).max(1).default(1),
  /** Makes chance repeat itself. */
  seed: z.int().optional(),
  /** On the clock of the local AWS. */
  expiresAfterMs: z.int().min(1).optional(),
};

/** Packets by who sends them; the broker's DISCONNECT is no place for a fault. */
const sentByClients = ['connect', 'publish', 'puback', 'subscribe', 'unsubscribe', 'pingreq', 'disconnect'] as const;
const sentByBroker = ['connack', 'publish', 'puback', 'suback', 'unsuback', 'pingresp'] as const;

const operationFault = z.strictObject({
  at: z.literal('operation'),
  /** The signing name, e.g. `iot` or `dynamodb`. */
  service: z.string().min(1).max(64),
  /** e.g. `CreateThing`; without it any. */
  operation: pattern.optional(),
  /** Matched against the path's segments and every text in the request, e.g. a thing's name or an ARN. */
  resource: pattern.optional(),
  /** Top-level members of the request by name, e.g. `{"TableName": "orders-*"}`. */
  parameters: z.record(z.string(), pattern).optional(),
  effect: operationEffect,
  ...limits,
});

const isIn = (packet: string): boolean => sentByClients.some((one) => one === packet);

const refusable: ReadonlySet<string> = new Set(['connect', 'publish', 'subscribe', 'unsubscribe']);

const mqttFault = z
  .strictObject({
    at: z.literal('mqtt'),
    packet: z.enum([...sentByClients, ...sentByBroker]),
    /** Seen from the broker: `in` comes from a client. Only PUBLISH and PUBACK go both ways, and mean `in` unless said. */
    direction: z.enum(['in', 'out']).optional(),
    /** An MQTT topic filter for PUBLISH; SUBSCRIBE and UNSUBSCRIBE match by any of their own filters. */
    topic: z.string().min(1).max(512).optional(),
    clientId: pattern.optional(),
    effect: packetEffect,
    ...limits,
  })
  .transform(({ packet, direction = isIn(packet) ? 'in' : 'out', ...rest }) => ({ ...rest, packet, direction }))
  .check(({ value: { packet, direction, effect }, issues }) => {
    const senders: readonly string[] = direction === 'in' ? sentByClients : sentByBroker;
    const refuse = (message: string): void => void issues.push({ code: 'custom', message, path: ['packet'], input: packet });
    if (!senders.includes(packet)) refuse(`${packet} never goes '${direction}'`);
    if (effect.kind === 'refuse' && (direction === 'out' || !refusable.has(packet)))
      refuse('only what comes in can be refused: connect, publish, subscribe, unsubscribe');
  });

const functionFault = z.strictObject({
  at: z.literal('function'),
  /** The function's name, not its ARN. */
  functionName: pattern,
  effect: functionEffect,
  ...limits,
});

/** What the control endpoint takes: where it strikes (`at`), what happens (`effect`), and how often. */
export const faultRequest = z.discriminatedUnion('at', [operationFault, mqttFault, functionFault]);

/** A fault as somebody writes it: what has a default may be left out. */
export type FaultRequest = z.input<typeof faultRequest>;

export type FaultDefinition = z.output<typeof faultRequest>;
export type OperationFault = z.output<typeof operationFault>;
export type MqttFault = z.output<typeof mqttFault>;
export type FunctionFault = z.output<typeof functionFault>;

/** A fault as the book lists it. */
export interface Fault {
  readonly id: string;
  readonly definition: FaultDefinition;
  /** How many times it struck. */
  readonly hits: number;
  /** It struck as often as it should, or its time is over. */
  readonly isSpent: boolean;
  /** ISO 8601, on the clock of the local AWS. */
  readonly expiresAt?: string;
}

/** Which fault struck and what it did, for the request log. */
export interface FaultNote {
  readonly faultId: string;
  readonly effect: string;
}
