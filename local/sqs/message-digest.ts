import { createHash } from 'node:crypto';
import type { MessageAttribute, MessageAttributes } from './message.ts';

export const md5 = (value: string | Buffer): string => createHash('md5').update(value).digest('hex');

const withLength = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const encoded = ([name, attribute]: readonly [string, MessageAttribute]): Buffer => {
  const isBinary = attribute.DataType.startsWith('Binary');
  const value = isBinary ? Buffer.from(attribute.BinaryValue ?? '', 'base64') : Buffer.from(attribute.StringValue ?? '');
  return Buffer.concat([withLength(name), withLength(attribute.DataType), Buffer.from([isBinary ? 2 : 1]), withLength(value)]);
};

/** SQS Developer Guide, "Calculating the MD5 message digest for message attributes"; undefined without attributes. */
export const md5OfAttributes = (attributes: MessageAttributes): string | undefined => {
  const entries = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : md5(Buffer.concat(entries.map(encoded)));
};
