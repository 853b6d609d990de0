import { badRequest, conflict, notFound } from '../api-store.ts';
import type { Authorizer, HttpApi, Integration, Route, Stage } from '../http-api.ts';
import { authorizerInput, integrationInput, routeInput, stageInput } from '../input-schemas.ts';
import type { ApiPart } from './api-parts.ts';

const routesOf = (api: HttpApi): readonly Route[] => [...api.routes.values()];

export const integrationPart: ApiPart<Integration> = {
  name: 'Integration',
  idMember: 'integrationId',
  schema: integrationInput,
  collectionOf: ({ integrations }) => integrations,
  checkRemoval: (api, id) => {
    if (routesOf(api).some(({ target }) => target === `integrations/${id}`))
      throw conflict(`Cannot delete Integration '${id}' due to a Route referencing it.`);
  },
};

const checkRoute = (api: HttpApi, route: Route, id: string | undefined): void => {
  const twin = [...api.routes].find(([otherId, { routeKey }]) => otherId !== id && routeKey === route.routeKey);
  if (twin !== undefined) throw conflict(`Route with key ${route.routeKey} already exists for this API`);
  const integrationId = route.target?.replace('integrations/', '');
  if (integrationId !== undefined && !api.integrations.has(integrationId)) throw notFound(`Integration identifier ${integrationId}`);
  if (route.authorizationType === 'JWT' && !api.authorizers.has(route.authorizerId ?? ''))
    throw badRequest('Authorizer type of JWT requires an authorizerId of this API');
};

export const routePart: ApiPart<Route> = {
  name: 'Route',
  idMember: 'routeId',
  schema: routeInput,
  collectionOf: ({ routes }) => routes,
  check: checkRoute,
};

export const authorizerPart: ApiPart<Authorizer> = {
  name: 'Authorizer',
  idMember: 'authorizerId',
  schema: authorizerInput,
  collectionOf: ({ authorizers }) => authorizers,
  checkRemoval: (api, id) => {
    if (routesOf(api).some(({ authorizerId }) => authorizerId === id))
      throw conflict(`Cannot delete authorizer '${id}', is referenced in route`);
  },
};

export const stagePart: ApiPart<Stage> = {
  name: 'Stage',
  idMember: 'stageName',
  schema: stageInput,
  collectionOf: ({ stages }) => stages,
  idOf: ({ stageName }) => stageName,
  check: (api, { stageName, deploymentId }, id) => {
    if (id === undefined && api.stages.has(stageName)) throw conflict('Stage already exists');
    if (deploymentId !== undefined && !api.deployments.has(deploymentId)) throw notFound(`deployment identifier ${deploymentId}`);
  },
};
