import * as z from 'zod';
import type { Operation, OperationTable } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { Parameter, ParameterStore } from '../parameter-store.ts';

const putInput = z.object({
  Name: z.string(),
  Value: z.string(),
  Type: z.enum(['String', 'StringList', 'SecureString']).optional(),
  Description: z.string().optional(),
  AllowedPattern: z.string().optional(),
  Overwrite: z.boolean().default(false),
});
const named = z.object({ Name: z.string() });
const namedMany = z.object({ Names: z.array(z.string()).min(1).max(10) });
const pathInput = z.object({ Path: z.string().startsWith('/'), Recursive: z.boolean().default(false) });

const output = (parameter: Parameter): object => ({
  Name: parameter.name,
  Type: parameter.type,
  Value: parameter.value,
  Version: parameter.version,
  LastModifiedDate: new Date(parameter.modifiedAtMs),
  ARN: parameter.arn,
  DataType: 'text',
});

const putParameter =
  (store: ParameterStore): Operation =>
  (raw) => {
    const input = parseInput(putInput, raw);
    const parameter = store.put({
      name: input.Name,
      value: input.Value,
      type: input.Type,
      description: input.Description,
      allowedPattern: input.AllowedPattern,
      shouldOverwrite: input.Overwrite,
    });
    return { Version: parameter.version, Tier: 'Standard' };
  };

const getParametersByPath =
  (store: ParameterStore): Operation =>
  (raw) => {
    const { Path, Recursive } = parseInput(pathInput, raw);
    const prefix = Path.endsWith('/') ? Path : `${Path}/`;
    const isBelow = (name: string): boolean => name.startsWith(prefix) && (Recursive || !name.slice(prefix.length).includes('/'));
    return {
      Parameters: store
        .list()
        .filter(({ name }) => isBelow(name))
        .map(output),
    };
  };

/** The parameter operations; each touches parameters alone. SecureString values are answered as stored. */
export const parameterOperations = (store: ParameterStore): OperationTable => ({
  PutParameter: putParameter(store),
  GetParameter: (raw) => ({ Parameter: output(store.get(parseInput(named, raw).Name)) }),
  GetParameters: (raw) => {
    const names = parseInput(namedMany, raw).Names;
    return {
      Parameters: names
        .map((name) => store.find(name))
        .filter((parameter) => parameter !== undefined)
        .map(output),
      InvalidParameters: names.filter((name) => store.find(name) === undefined),
    };
  },
  GetParametersByPath: getParametersByPath(store),
  DeleteParameter: (raw) => {
    store.delete(parseInput(named, raw).Name);
    return {};
  },
  DeleteParameters: (raw) => {
    const names = parseInput(namedMany, raw).Names;
    const found = names.filter((name) => store.find(name) !== undefined);
    for (const name of found) store.delete(name);
    return { DeletedParameters: found, InvalidParameters: names.filter((name) => !found.includes(name)) };
  },
});
