import { AwsError } from '../aws-error.ts';
import { clientRequest, issuerRequest, rotationRequest, signRequest } from '../oauth/issuer-settings.ts';
import type { Issuers } from '../oauth/issuers.ts';
import type { LocalIssuer } from '../oauth/local-issuer.ts';
import type { ControlRoute } from './control-route.ts';
import { readRequest } from './read-request.ts';

const describe = ({ name, addresses }: LocalIssuer) => ({ name, ...addresses });

const issuersThemselves = (issuers: Issuers): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: '/issuers',
    says: 'the OAuth 2.0 issuers and their addresses',
    handle: () => ({ status: 200, body: { issuers: issuers.list().map(describe) } }),
  },
  {
    method: 'POST',
    path: '/issuers',
    says: 'makes an issuer: {"name": …, "algorithm": "RS256" | "PS256" | "ES256" | "EdDSA"}',
    handle: async ({ body }) => ({ status: 201, body: describe(await issuers.create(readRequest(issuerRequest, body))) }),
  },
  {
    method: 'DELETE',
    path: '/issuers/{name}',
    says: 'removes an issuer',
    handle: ({ labels: { name = '' } }) => {
      issuers.remove(name);
      return { status: 204 };
    },
  },
];

const clientsOf = (issuers: Issuers): readonly ControlRoute[] => [
  {
    method: 'POST',
    path: '/issuers/{name}/clients',
    says: 'registers a client and tells its secret',
    handle: ({ labels: { name = '' }, body }) => ({ status: 201, body: issuers.get(name).register(readRequest(clientRequest, body)) }),
  },
  {
    method: 'DELETE',
    path: '/issuers/{name}/clients/{client}',
    says: 'removes a client',
    handle: ({ labels: { name = '', client = '' } }) => {
      if (!issuers.get(name).removeClient(client)) throw new AwsError('NotFound', `There is no client ${client}.`, { status: 404 });
      return { status: 204 };
    },
  },
];

/** Makes issuers, registers their clients, rotates their keys, and signs what no client could get. */
export const issuerRoutes = (issuers: Issuers): readonly ControlRoute[] => [
  ...issuersThemselves(issuers),
  ...clientsOf(issuers),
  {
    method: 'POST',
    path: '/issuers/{name}/rotate',
    says: 'signs with a new key from now on; {"keep": 1} older ones stay published',
    handle: async ({ labels: { name = '' }, body }) => ({
      status: 200,
      body: { kid: await issuers.get(name).rotateKeys(readRequest(rotationRequest, body).keep) },
    }),
  },
  {
    method: 'POST',
    path: '/issuers/{name}/sign',
    says: 'signs {"claims": …, "header": …} as they are',
    handle: async ({ labels: { name = '' }, body }) => {
      const { claims, header } = readRequest(signRequest, body);
      return { status: 200, body: { token: await issuers.get(name).sign(claims, header) } };
    },
  },
];
