import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { ApiGatewayDependencies } from '../apigateway-dependencies.ts';
import { badRequest, conflict, newId, notFound } from '../api-store.ts';
import type { Deployment, HttpApi } from '../http-api.ts';

const refusal = 'BadRequestException';

const apiInput = z.object({ apiId: z.string() });

const createInput = z.strictObject({ apiId: z.string(), description: z.string().max(1024).optional(), stageName: z.string().optional() });

const describe = (deploymentId: string, { description, createdAtMs }: Deployment): object => ({
  ...{ deploymentId, description, autoDeployed: false, deploymentStatus: 'DEPLOYED' },
  createdDate: new Date(createdAtMs).toISOString(),
});

const snapshot = (api: HttpApi, description: string | undefined, createdAtMs: number): Deployment => ({
  ...{ description, createdAtMs },
  routes: new Map(api.routes),
  integrations: new Map(api.integrations),
  authorizers: new Map(api.authorizers),
});

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-deployments.html: keeps the routes as they are now. */
export const createDeployment =
  ({ apis, clock }: ApiGatewayDependencies): Operation =>
  (members) => {
    const { apiId, description, stageName } = parseInput(createInput, members, refusal);
    const api = apis.get(apiId);
    const stage = stageName === undefined ? undefined : api.stages.get(stageName);
    if (stageName !== undefined && stage === undefined) throw notFound(`stage identifier ${stageName}`);
    if (stage?.autoDeploy === true) throw badRequest('Deploying to a stage with AutoDeploy enabled is not allowed');
    if (api.routes.size === 0) throw badRequest('Unable to deploy API because no routes exist in this API');
    const [deploymentId, deployment] = [newId(6), snapshot(api, description, clock.now())];
    api.deployments.set(deploymentId, deployment);
    if (stage !== undefined) api.stages.set(stage.stageName, { ...stage, deploymentId });
    return describe(deploymentId, deployment);
  };

const find = ({ apis }: ApiGatewayDependencies, members: Readonly<Record<string, unknown>>) => {
  const input = parseInput(apiInput.extend({ deploymentId: z.string() }), members, refusal);
  const api = apis.get(input.apiId);
  const deployment = api.deployments.get(input.deploymentId);
  if (deployment === undefined) throw notFound(`deployment identifier ${input.deploymentId}`);
  return { api, deployment, deploymentId: input.deploymentId };
};

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-deployments-deploymentid.html */
export const getDeployment =
  (dependencies: ApiGatewayDependencies): Operation =>
  (members) => {
    const { deploymentId, deployment } = find(dependencies, members);
    return describe(deploymentId, deployment);
  };

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-deployments-deploymentid.html: only its description may change. */
export const updateDeployment =
  (dependencies: ApiGatewayDependencies): Operation =>
  (members) => {
    const { api, deploymentId, deployment } = find(dependencies, members);
    const { description } = parseInput(createInput.pick({ description: true }), { description: members['description'] }, refusal);
    const changed = { ...deployment, description };
    api.deployments.set(deploymentId, changed);
    return describe(deploymentId, changed);
  };

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-deployments.html; all of them in one page. */
export const getDeployments =
  ({ apis }: ApiGatewayDependencies): Operation =>
  (members) => {
    const { deployments } = apis.get(parseInput(apiInput, members, refusal).apiId);
    return { items: [...deployments].map(([id, deployment]) => describe(id, deployment)) };
  };

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-deployments-deploymentid.html */
export const deleteDeployment =
  (dependencies: ApiGatewayDependencies): Operation =>
  (members) => {
    const { api, deploymentId } = find(dependencies, members);
    if ([...api.stages.values()].some((stage) => stage.deploymentId === deploymentId))
      throw conflict('Active stages pointing to this deployment must be moved or deleted');
    api.deployments.delete(deploymentId);
    return undefined;
  };
