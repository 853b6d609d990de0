import { AwsError } from '../../aws-error.ts';
import type { ApiService } from '../../gateway/api-service.ts';
import { parseJsonObject } from '../../gateway/parse-json-object.ts';
import type { RestBinding } from '../../gateway/rest-binding.ts';
import type { RestJsonOperation } from '../../gateway/rest-json.ts';
import { restJsonService } from '../../gateway/rest-json.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import type { MemberLocation, OperationBinding, StructureBinding } from './binding.ts';
import { inputStructures, operationBindings } from './bindings.data.ts';
import { operations } from './operation-table.ts';
import type { IotServices } from './operation.ts';
import { validateInput } from './validate-input.ts';

type Members = Readonly<Record<string, unknown>>;

type AnyOperation = (services: IotServices, input: Members) => object | Promise<object>;

// Each operation is typed by its own request, which `validateInput` proves from the published structure of the same name.
const operationsByName = operations as unknown as Readonly<Record<string, AnyOperation>>;

const notImplemented = (operation: string): AwsError =>
  new AwsError(
    'NotImplementedException',
    `iot:${operation} exists on AWS, but the local AWS does not have it. Its README lists what it does.`,
    { status: 501 },
  );

const unknownOperation = (operation: string): AwsError =>
  new AwsError('UnknownOperationException', `AWS IoT publishes no operation ${operation}.`, { status: 404 });

/** Runs an operation by name on an input that is not validated yet. */
const run = async (services: IotServices, name: string, input: Members): Promise<object> => {
  const binding = Object.hasOwn(operationBindings, name) ? operationBindings[name] : undefined;
  if (binding === undefined) throw unknownOperation(name);
  const operation = Object.hasOwn(operationsByName, name) ? operationsByName[name] : undefined;
  if (operation === undefined) throw notImplemented(name);
  return operation(services, validateInput(binding.input, input));
};

const named = (place: MemberLocation | undefined, kind: 'query' | 'header'): string | undefined =>
  typeof place === 'object' && kind in place ? Object.values(place).map(String)[0] : undefined;

/** The members of an input that travel so, by the name they travel under. */
const membersIn = (input: StructureBinding, kind: 'query' | 'header'): Readonly<Record<string, string>> => {
  const pairs = Object.entries(input).flatMap(([member, { in: place }]): [string, string][] => {
    const name = named(place, kind);
    return name === undefined ? [] : [[kind === 'header' ? name.toLowerCase() : name, member]];
  });
  return Object.fromEntries(pairs);
};

const restBindingOf = ({ method, uri, input }: OperationBinding): RestBinding => {
  const structure = inputStructures[input ?? ''] ?? {};
  const payload = Object.entries(structure).find(([, { in: place }]) => place === 'payload')?.[0];
  const places = { query: membersIn(structure, 'query'), headers: membersIn(structure, 'header') };
  return { method, uri, ...places, ...(payload === undefined ? {} : { payload }) };
};

// A member that is the whole body arrives as bytes; all of them are JSON structures here.
const withParsedPayload = (input: Members, payload: string | undefined): Members => {
  const body = payload === undefined ? undefined : input[payload];
  if (payload === undefined || !Buffer.isBuffer(body)) return input;
  return { ...input, [payload]: body.length === 0 ? undefined : parseJsonObject(body.toString('utf8')) };
};

const restOperation = (services: IotServices, name: string, published: OperationBinding): RestJsonOperation => {
  const binding = restBindingOf(published);
  return { binding, handle: (input) => run(services, name, withParsedPayload(input, binding.payload)) };
};

/** The control plane over HTTP (REST JSON, signing name `iot`) and in process; both go through the same validation. */
export const createControlPlane = (services: IotServices): { readonly api: ApiService; readonly client: ControlPlaneClient } => {
  const entries = Object.entries(operationBindings).map(([name, published]) => [name, restOperation(services, name, published)] as const);
  return {
    // Every published operation has a route, so that one that is missing here is refused by name.
    api: { ...restJsonService({ signingNames: ['iot'], operations: Object.fromEntries(entries) }), operations: Object.keys(operations) },
    client: { call: async (operation, input) => ({ ...(await run(services, operation, input)) }) },
  };
};
