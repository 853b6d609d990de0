import { AwsError } from '../../aws-error.ts';
import { actingCaller } from '../../gateway/acting-caller.ts';
import type { ApiService, Caller } from '../../gateway/api-service.ts';
import { parseJsonObject } from '../../gateway/parse-json-object.ts';
import type { RestBinding } from '../../gateway/rest-binding.ts';
import type { RestJsonOperation } from '../../gateway/rest-json.ts';
import { restJsonService } from '../../gateway/rest-json.ts';
import type { AccessControl } from '../../iam/access/access-control.ts';
import { guardedRun } from '../../iam/access/guard-operations.ts';
import { iotAuthorization } from '../authorization.ts';
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

/** Runs an operation for somebody, if IAM lets; throws its refusal. */
type RunFor = (operation: string, input: Members, caller: Caller) => Promise<object>;

const runningFor = (services: IotServices, access: AccessControl | undefined): RunFor => {
  const { registry } = services;
  const guard = { access, authorization: iotAuthorization(registry.account, (arn) => registry.tags.get(arn) ?? []) };
  const guards = new Map(Object.keys(operations).map((name) => [name, guardedRun(name, guard)]));
  return (operation, input, caller) => {
    const through = guards.get(operation);
    const runIt = (): Promise<object> => run(services, operation, input);
    return through === undefined ? runIt() : through(input, caller, runIt);
  };
};

const restOperation = (
  services: IotServices,
  runFor: RunFor,
  [name, published]: readonly [string, OperationBinding],
): RestJsonOperation => {
  const binding = restBindingOf(published);
  const handle = (sent: Members, caller: Caller): Promise<object> => {
    services.throttle(name);
    return runFor(name, withParsedPayload(sent, binding.payload), caller);
  };
  return { binding, handle };
};

/**
 * The control plane over HTTP (REST JSON, signing name `iot`) and in process; both go through the same validation. Quotas
 * are for those who call over HTTP: provisioning has its own, and CloudFormation, which retries, would only be slower.
 */
export const createControlPlane = (
  services: IotServices,
  access?: AccessControl,
): { readonly api: ApiService; readonly client: ControlPlaneClient } => {
  const runFor = runningFor(services, access);
  const entries = Object.entries(operationBindings).map((entry) => [entry[0], restOperation(services, runFor, entry)] as const);
  const call: ControlPlaneClient['call'] = async (operation, input) => {
    const caller = actingCaller();
    // Without anybody in whose name it acts, AWS IoT does what is its own to do.
    return { ...(await (caller === undefined ? run(services, operation, input) : runFor(operation, input, caller))) };
  };
  return {
    // Every published operation has a route, so that one that is missing here is refused by name.
    api: { ...restJsonService({ signingNames: ['iot'], operations: Object.fromEntries(entries) }), operations: Object.keys(operations) },
    client: { call },
  };
};
