import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { asString } from '../conversions.ts';
import { readJsonValue } from '../json-value.ts';
import type { SqlExpression, SqlValue } from '../sql-expression.ts';
import { literalText, ofStrings, sqlFunction, type SqlFunction } from '../sql-function.ts';

const hash = (name: string): SqlFunction =>
  sqlFunction(name, 1, { call: ofStrings((text) => createHash(name).update(text).digest('hex')) });

// "A literal string representing the encoding scheme"; protobuf is named because AWS has it.
function checkScheme([, scheme]: readonly SqlExpression[]): string | undefined {
  const name = literalText(scheme);
  if (name === 'base64') return undefined;
  return name === 'proto' ? 'decoding protobuf is not supported by the local AWS' : "the scheme must be the literal 'base64'";
}

const base64Pattern = /^[A-Za-z0-9+/]*={0,2}$/;

/** JSON if it is JSON, else a string; Null for what cannot be decoded. */
function decode([value]: readonly SqlValue[]): SqlValue {
  const text = asString(value);
  const bytes = text === undefined || !base64Pattern.test(text) || text.length % 4 === 1 ? undefined : Buffer.from(text, 'base64');
  if (bytes === undefined || !isUtf8(bytes)) return null;
  const json = readJsonValue(bytes.toString());
  return json === undefined ? bytes.toString() : json;
}

/** Hashes and encodings (DG:iot-sql-functions). */
export const encodingFunctions: readonly SqlFunction[] = [
  ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map(hash),
  sqlFunction('encode', 2, {
    isLater: true,
    check: checkScheme,
    call: ([value]) => {
      const text = asString(value);
      return text === undefined ? undefined : Buffer.from(text).toString('base64');
    },
  }),
  sqlFunction('decode', 2, { isLater: true, check: checkScheme, call: decode }),
];
