import type { Operation } from '../gateway/operation.ts';
import type { RestJsonOperation } from '../gateway/rest-json.ts';
import type { LambdaDependencies } from './lambda-dependencies.ts';
import { getAccountSettings } from './operations/account-settings.ts';
import { createAlias, deleteAlias, getAlias, updateAlias } from './operations/aliases.ts';
import { deleteFunctionConcurrency, getFunctionConcurrency, putFunctionConcurrency } from './operations/concurrency.ts';
import { createFunction } from './operations/create-function.ts';
import { deleteFunction } from './operations/delete-function.ts';
import {
  deleteFunctionEventInvokeConfig,
  getFunctionEventInvokeConfig,
  putFunctionEventInvokeConfig,
} from './operations/event-invoke-configs.ts';
import {
  createEventSourceMapping,
  deleteEventSourceMapping,
  getEventSourceMapping,
  listEventSourceMappings,
  updateEventSourceMapping,
} from './operations/event-source-mappings.ts';
import { listTags, tagResource, untagResource } from './operations/function-tags.ts';
import {
  createFunctionUrlConfig,
  deleteFunctionUrlConfig,
  getFunctionUrlConfig,
  listFunctionUrlConfigs,
  updateFunctionUrlConfig,
} from './operations/function-urls.ts';
import { getFunction, getFunctionConfiguration, listFunctions } from './operations/get-function.ts';
import { invoke, writeInvokeResponse } from './operations/invoke.ts';
import { addPermission, getPolicy, removePermission } from './operations/permissions.ts';
import { updateFunctionCode, updateFunctionConfiguration } from './operations/update-function.ts';
import { listVersionsByFunction, publishVersion } from './operations/versions.ts';

const functions = '/2015-03-31/functions';
const one = `${functions}/{FunctionName}`;
const mappings = '/2015-03-31/event-source-mappings';
const eventInvoke = '/2019-09-25/functions/{FunctionName}/event-invoke-config';
const url = '/2021-10-31/functions/{FunctionName}/url';
const qualified = { Qualifier: 'Qualifier' };

type Bound = readonly [method: RestJsonOperation['binding']['method'], uri: string, handle: Operation, more?: Partial<RestJsonOperation>];

const bindings = (dependencies: LambdaDependencies): Readonly<Record<string, Bound>> => ({
  AddPermission: ['POST', `${one}/policy`, addPermission(dependencies), { status: 201 }],
  CreateAlias: ['POST', `${one}/aliases`, createAlias(dependencies), { status: 201 }],
  CreateEventSourceMapping: ['POST', mappings, createEventSourceMapping(dependencies), { status: 202 }],
  CreateFunction: ['POST', functions, createFunction(dependencies), { status: 201 }],
  CreateFunctionUrlConfig: ['POST', url, createFunctionUrlConfig(dependencies), { status: 201 }],
  DeleteAlias: ['DELETE', `${one}/aliases/{Name}`, deleteAlias(dependencies), { status: 204 }],
  DeleteEventSourceMapping: ['DELETE', `${mappings}/{UUID}`, deleteEventSourceMapping(dependencies), { status: 202 }],
  DeleteFunction: ['DELETE', one, deleteFunction(dependencies), { status: 204 }],
  DeleteFunctionConcurrency: [
    'DELETE',
    '/2017-10-31/functions/{FunctionName}/concurrency',
    deleteFunctionConcurrency(dependencies),
    { status: 204 },
  ],
  DeleteFunctionEventInvokeConfig: ['DELETE', eventInvoke, deleteFunctionEventInvokeConfig(dependencies), { status: 204 }],
  DeleteFunctionUrlConfig: ['DELETE', url, deleteFunctionUrlConfig(dependencies), { status: 204 }],
  GetAccountSettings: ['GET', '/2016-08-19/account-settings', getAccountSettings(dependencies)],
  GetAlias: ['GET', `${one}/aliases/{Name}`, getAlias(dependencies)],
  GetEventSourceMapping: ['GET', `${mappings}/{UUID}`, getEventSourceMapping(dependencies)],
  GetFunction: ['GET', one, getFunction(dependencies)],
  GetFunctionConcurrency: ['GET', '/2019-09-30/functions/{FunctionName}/concurrency', getFunctionConcurrency(dependencies)],
  GetFunctionConfiguration: ['GET', `${one}/configuration`, getFunctionConfiguration(dependencies)],
  GetFunctionEventInvokeConfig: ['GET', eventInvoke, getFunctionEventInvokeConfig(dependencies)],
  GetFunctionUrlConfig: ['GET', url, getFunctionUrlConfig(dependencies)],
  GetPolicy: ['GET', `${one}/policy`, getPolicy(dependencies)],
  Invoke: ['POST', `${one}/invocations`, invoke(dependencies), { respond: writeInvokeResponse }],
  ListEventSourceMappings: ['GET', mappings, listEventSourceMappings(dependencies)],
  ListFunctionUrlConfigs: ['GET', `${url}s`, listFunctionUrlConfigs(dependencies)],
  ListFunctions: ['GET', functions, listFunctions(dependencies)],
  ListTags: ['GET', '/2017-03-31/tags/{Resource}', listTags(dependencies)],
  ListVersionsByFunction: ['GET', `${one}/versions`, listVersionsByFunction(dependencies)],
  PublishVersion: ['POST', `${one}/versions`, publishVersion(dependencies), { status: 201 }],
  PutFunctionConcurrency: ['PUT', '/2017-10-31/functions/{FunctionName}/concurrency', putFunctionConcurrency(dependencies)],
  PutFunctionEventInvokeConfig: ['PUT', eventInvoke, putFunctionEventInvokeConfig(dependencies)],
  RemovePermission: ['DELETE', `${one}/policy/{StatementId}`, removePermission(dependencies), { status: 204 }],
  TagResource: ['POST', '/2017-03-31/tags/{Resource}', tagResource(dependencies), { status: 204 }],
  UntagResource: ['DELETE', '/2017-03-31/tags/{Resource}', untagResource(dependencies), { status: 204 }],
  UpdateAlias: ['PUT', `${one}/aliases/{Name}`, updateAlias(dependencies)],
  UpdateEventSourceMapping: ['PUT', `${mappings}/{UUID}`, updateEventSourceMapping(dependencies), { status: 202 }],
  UpdateFunctionCode: ['PUT', `${one}/code`, updateFunctionCode(dependencies)],
  UpdateFunctionConfiguration: ['PUT', `${one}/configuration`, updateFunctionConfiguration(dependencies)],
  UpdateFunctionUrlConfig: ['PUT', url, updateFunctionUrlConfig(dependencies)],
});

const queryOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ListEventSourceMappings: { EventSourceArn: 'EventSourceArn', FunctionName: 'FunctionName' },
  UntagResource: { tagKeys: 'TagKeys' },
};

/** Every Lambda operation that the local AWS has, with its binding to HTTP. */
export const lambdaOperations = (dependencies: LambdaDependencies): Readonly<Record<string, RestJsonOperation>> =>
  Object.fromEntries(
    Object.entries(bindings(dependencies)).map(([name, [method, uri, handle, more]]) => {
      const binding = { method, uri, query: queryOf[name] ?? qualified };
      const invokes = { headers: { 'x-amz-invocation-type': 'InvocationType' }, payload: 'Payload' };
      return [name, { binding: name === 'Invoke' ? { ...binding, ...invokes } : binding, handle, ...more }];
    }),
  );
