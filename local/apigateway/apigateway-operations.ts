import type { Operation } from '../gateway/operation.ts';
import type { RestJsonOperation } from '../gateway/rest-json.ts';
import type { ApiGatewayDependencies } from './apigateway-dependencies.ts';
import { createApi, deleteApi, getApi, getApis, updateApi } from './operations/apis.ts';
import type { ApiPart } from './operations/api-parts.ts';
import { partOperations } from './operations/api-parts.ts';
import { createDeployment, deleteDeployment, getDeployment, getDeployments, updateDeployment } from './operations/deployments.ts';
import { authorizerPart, integrationPart, routePart, stagePart } from './operations/part-kinds.ts';

const root = '/v2/apis';
const one = `${root}/{apiId}`;

const bound = (method: RestJsonOperation['binding']['method'], uri: string, handle: Operation): RestJsonOperation => ({
  binding: { method, uri },
  ...(method === 'POST' ? { status: 201 } : {}),
  ...(method === 'DELETE' ? { status: 204 } : {}),
  handle,
});

const partBindings = <Settings extends object>(
  dependencies: ApiGatewayDependencies,
  part: ApiPart<Settings>,
): Readonly<Record<string, RestJsonOperation>> => {
  const { name } = part;
  const all = `${one}/${name.toLowerCase()}s`;
  const single = `${all}/{${part.idMember}}`;
  const operations = partOperations(dependencies, part);
  return {
    [`Create${name}`]: bound('POST', all, operations.create),
    [`Get${name}s`]: bound('GET', all, operations.list),
    [`Get${name}`]: bound('GET', single, operations.get),
    [`Update${name}`]: bound('PATCH', single, operations.update),
    [`Delete${name}`]: bound('DELETE', single, operations.remove),
  };
};

/** Every operation of API Gateway v2 that the local AWS has, with its binding to HTTP. */
export const apiGatewayOperations = (dependencies: ApiGatewayDependencies): Readonly<Record<string, RestJsonOperation>> => ({
  CreateApi: bound('POST', root, createApi(dependencies)),
  GetApis: bound('GET', root, getApis(dependencies)),
  GetApi: bound('GET', one, getApi(dependencies)),
  UpdateApi: bound('PATCH', one, updateApi(dependencies)),
  DeleteApi: bound('DELETE', one, deleteApi(dependencies)),
  ...partBindings(dependencies, integrationPart),
  ...partBindings(dependencies, routePart),
  ...partBindings(dependencies, authorizerPart),
  ...partBindings(dependencies, stagePart),
  CreateDeployment: bound('POST', `${one}/deployments`, createDeployment(dependencies)),
  GetDeployments: bound('GET', `${one}/deployments`, getDeployments(dependencies)),
  GetDeployment: bound('GET', `${one}/deployments/{deploymentId}`, getDeployment(dependencies)),
  UpdateDeployment: bound('PATCH', `${one}/deployments/{deploymentId}`, updateDeployment(dependencies)),
  DeleteDeployment: bound('DELETE', `${one}/deployments/{deploymentId}`, deleteDeployment(dependencies)),
});
