import { requireLater } from './sql-dialect.ts';
import type { CastType, SqlExpression } from './sql-expression.ts';
import type { SqlFunction } from './sql-function.ts';
import { findFunction, whyUnknown } from './sql-functions.ts';
import { sqlParseError } from './sql-tokens.ts';
import type { TokenReader } from './token-reader.ts';

/** The words behind `cast(value as …` (DG:iot-sql-functions). */
const castTypes: ReadonlyMap<string, CastType> = new Map<string, CastType>([
  ...['STRING', 'NVARCHAR', 'TEXT', 'NTEXT', 'VARCHAR'].map((word) => [word, 'string'] as const),
  ...['INT', 'INTEGER'].map((word) => [word, 'int'] as const),
  ...['DOUBLE', 'DECIMAL'].map((word) => [word, 'decimal'] as const),
  ...['BOOL', 'BOOLEAN'].map((word) => [word, 'boolean'] as const),
]);

const laterTypes: ReadonlySet<string> = new Set(['DECIMAL', 'BOOL', 'BOOLEAN']);

function parseCast(reader: TokenReader, parse: () => SqlExpression): SqlExpression {
  const operand = parse();
  reader.expect('AS');
  const { at } = reader;
  const word = reader.takeName().toUpperCase();
  const type = castTypes.get(word);
  if (type === undefined) throw sqlParseError(`expected a type, one of ${[...castTypes.keys()].join(', ')}`, at);
  if (laterTypes.has(word)) requireLater(reader.dialect, `casting to ${word}`, at);
  reader.expect(')');
  return { kind: 'cast', type, operand };
}

function parseArguments(reader: TokenReader, parse: () => SqlExpression): readonly SqlExpression[] {
  const args: SqlExpression[] = [];
  if (reader.skip(')')) return args;
  do args.push(parse());
  while (reader.skip(','));
  reader.expect(')');
  return args;
}

/** `encode(*, 'base64')`: the whole payload, whatever it is. */
function parseEncodedPayload(reader: TokenReader): SqlExpression {
  reader.expect('*');
  reader.expect(',');
  const scheme = reader.peek();
  if (scheme?.kind !== 'string' || scheme.value !== 'base64') throw sqlParseError("the scheme must be the literal 'base64'", reader.at);
  reader.take();
  reader.expect(')');
  return { kind: 'payload-in-base64' };
}

function checkCall(
  reader: TokenReader,
  known: SqlFunction,
  { args, at }: { readonly args: readonly SqlExpression[]; readonly at: number },
): void {
  const isTaken = args.length >= known.minArguments && args.length <= known.maxArguments;
  if (!isTaken && reader.dialect.behaviour['rules.wrong-argument-count'] === 'refused')
    throw sqlParseError(`${known.name} does not take ${args.length} arguments`, at);
  const wrong = known.check(args);
  if (wrong !== undefined) throw sqlParseError(wrong, at);
}

/** Reads a call, beginning with the function's name. `parse` reads an expression. */
export function parseCall(reader: TokenReader, name: string, parse: () => SqlExpression): SqlExpression {
  const { at } = reader;
  reader.take();
  reader.expect('(');
  const lower = name.toLowerCase();
  if (lower === 'cast') return parseCast(reader, parse);
  const known = findFunction(name);
  if (lower === 'sql_version') {
    reader.expect(')');
    return { kind: 'call', name: 'sql_version', args: [{ kind: 'literal', value: reader.dialect.version }] };
  }
  if (known === undefined) throw sqlParseError(whyUnknown(name), at);
  if (known.isLater) requireLater(reader.dialect, `the function ${known.name}`, at);
  if (reader.isNext('*') && known.name === 'encode') return parseEncodedPayload(reader);
  if (reader.isNext('*')) throw sqlParseError(`of all functions encode takes *, and ${known.name} does not`, reader.at);
  const args = parseArguments(reader, parse);
  checkCall(reader, known, { args, at });
  return { kind: 'call', name: known.name, args };
}
