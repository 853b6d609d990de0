import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import { resourceGrammar } from '../policy/iam-grammars.ts';
import { parsePolicyDocument } from '../policy/parse-policy.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';

/** Attributes of a queue that can be set, as the API carries them: text. */
export type QueueAttributes = Readonly<Record<string, string>>;

interface Range {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** SQS API Reference, SetQueueAttributes; a message may be 1 MiB long since August 2025. */
const numeric: Readonly<Record<string, Range>> = {
  DelaySeconds: { min: 0, max: 900, default: 0 },
  MaximumMessageSize: { min: 1024, max: 1_048_576, default: 1_048_576 },
  MessageRetentionPeriod: { min: 60, max: 1_209_600, default: 345_600 },
  ReceiveMessageWaitTimeSeconds: { min: 0, max: 20, default: 0 },
  VisibilityTimeout: { min: 0, max: 43_200, default: 30 },
  KmsDataKeyReusePeriodSeconds: { min: 60, max: 86_400, default: 300 },
};

const redrivePolicy = z.object({
  deadLetterTargetArn: z.string().regex(/^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}(?:\.fifo)?$/),
  maxReceiveCount: z.coerce.number().int().min(1).max(1000),
});

export type RedrivePolicy = z.output<typeof redrivePolicy>;

const invalid = (name: string, value: string, why: string): AwsError =>
  new AwsError('InvalidAttributeValue', `Invalid value '${value}' for the attribute ${name}: ${why}.`);

const jsonOf = (name: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(name, text, 'it is no JSON');
  }
};

const parseRedrivePolicy = (text: string): RedrivePolicy => {
  const result = redrivePolicy.safeParse(jsonOf('RedrivePolicy', text));
  if (result.success) return result.data;
  throw invalid('RedrivePolicy', text, 'expected a deadLetterTargetArn and a maxReceiveCount from 1 to 1000');
};

const parsePolicy = (text: string): PolicyDocument =>
  parsePolicyDocument(text, resourceGrammar, ({ message }) => invalid('Policy', text, message));

const requireBoolean = (name: string, text: string): void => {
  if (text !== 'true' && text !== 'false') throw invalid(name, text, "expected 'true' or 'false'");
};

const structured: Readonly<Record<string, (text: string) => unknown>> = {
  Policy: parsePolicy,
  RedrivePolicy: parseRedrivePolicy,
  RedriveAllowPolicy: (text) => jsonOf('RedriveAllowPolicy', text),
  KmsMasterKeyId: () => undefined,
  SqsManagedSseEnabled: (text) => {
    requireBoolean('SqsManagedSseEnabled', text);
  },
};

const requireValid = (name: string, value: string): void => {
  const range = numeric[name];
  if (range !== undefined) {
    const number = Number(value);
    if (Number.isInteger(number) && number >= range.min && number <= range.max) return;
    throw invalid(name, value, `expected a whole number from ${range.min} to ${range.max}`);
  }
  const check = structured[name];
  if (check === undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
  // An empty text takes such an attribute away.
  if (value !== '') check(value);
};

/** Refuses attributes that SQS refuses: unknown ones and values out of range. */
export const requireValidAttributes = (attributes: QueueAttributes): void => {
  for (const [name, value] of Object.entries(attributes)) requireValid(name, value);
};

/** What a queue's attributes say, with the service's defaults filled in. */
export class QueueSettings {
  readonly #attributes: QueueAttributes;

  constructor(attributes: QueueAttributes) {
    this.#attributes = attributes;
  }

  /** One of the attributes that are whole numbers. */
  number(name: string): number {
    const text = this.#attributes[name];
    return text === undefined ? (numeric[name]?.default ?? 0) : Number(text);
  }

  text(name: string): string | undefined {
    return this.#attributes[name];
  }

  redrivePolicy(): RedrivePolicy | undefined {
    const text = this.#attributes['RedrivePolicy'];
    return text === undefined ? undefined : parseRedrivePolicy(text);
  }

  policy(): PolicyDocument | undefined {
    const text = this.#attributes['Policy'];
    return text === undefined ? undefined : parsePolicy(text);
  }

  /** Everything that `GetQueueAttributes` shows of them. */
  all(): QueueAttributes {
    const defaults = Object.entries(numeric).filter(
      ([name]) => name !== 'KmsDataKeyReusePeriodSeconds' || this.text('KmsMasterKeyId') !== undefined,
    );
    const encryption = { SqsManagedSseEnabled: String(this.text('KmsMasterKeyId') === undefined) };
    return { ...Object.fromEntries(defaults.map(([name]) => [name, String(this.number(name))])), ...encryption, ...this.#attributes };
  }

  with(changes: QueueAttributes): QueueSettings {
    const merged = { ...this.#attributes, ...changes };
    return new QueueSettings(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== '')));
  }
}
