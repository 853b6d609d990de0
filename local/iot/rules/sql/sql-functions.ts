import { encodingFunctions } from './functions/encoding-functions.ts';
import { messageFunctions } from './functions/message-functions.ts';
import { numberFunctions } from './functions/number-functions.ts';
import { regexpFunctions } from './functions/regexp-functions.ts';
import { textFunctions } from './functions/text-functions.ts';
import { timeFunctions } from './functions/time-functions.ts';
import { valueFunctions } from './functions/value-functions.ts';
import type { SqlFunction } from './sql-function.ts';

const functions: readonly SqlFunction[] = [
  ...messageFunctions,
  ...valueFunctions,
  ...textFunctions,
  ...numberFunctions,
  ...encodingFunctions,
  ...regexpFunctions,
  ...timeFunctions,
];

const byName: ReadonlyMap<string, SqlFunction> = new Map(functions.map((one) => [one.name.toLowerCase(), one]));

export const findFunction = (name: string): SqlFunction | undefined => byName.get(name.toLowerCase());

/** `cast` and `sql_version` are part of the language here, since one has a syntax of its own and the other is known when a statement is read. */
export const functionNames: readonly string[] = [...functions.map(({ name }) => name), 'cast', 'sql_version'];

/** Functions that AWS IoT has (DG:iot-sql-functions) and the local AWS has not. */
const otherFunctions: ReadonlySet<string> = new Set([
  ...['acos', 'asin', 'atan', 'atan2', 'aws_lambda', 'bitand', 'bitor', 'bitxor', 'bitnot', 'cos', 'cosh', 'exp'],
  ...['get_dynamodb', 'get_registry_data', 'get_secret', 'get_thing_shadow', 'ln', 'log', 'machinelearning_predict', 'md2'],
  ...['rand', 'sin', 'sinh', 'tan', 'tanh', 'transform'],
]);

/** Why a call by that name is refused. */
export const whyUnknown = (name: string): string =>
  otherFunctions.has(name.toLowerCase())
    ? `the function ${name} is not supported by the local AWS, which has ${functionNames.join(', ')}`
    : `"${name}" is not one of the functions of AWS IoT SQL`;
