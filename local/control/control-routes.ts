import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import type { Issuers } from '../oauth/issuers.ts';
import { accountsAtRest } from './accounts-at-rest.ts';
import { clockRoutes } from './clock-routes.ts';
import type { ControlRoute } from './control-route.ts';
import { type ControlledAccount, exportAccounts } from './export-account.ts';
import { faultRoutes } from './fault-routes.ts';
import { issuerRoutes } from './issuer-routes.ts';
import { mailRoutes } from './mail-routes.ts';
import { readRequest } from './read-request.ts';
import type { RequestLog } from './request-log.ts';
import { requestRoutes } from './request-routes.ts';
import { version } from './version.ts';

/** What the control endpoint controls. */
export interface ControlSubject {
  readonly clock: Clock;
  readonly faults: FaultBook;
  readonly requests: RequestLog;
  readonly issuers: Issuers;
  readonly accounts: readonly ControlledAccount[];
  readonly ports: () => Readonly<Record<string, number>>;
  /** PEM of the root that vouches for the MQTT endpoint. */
  readonly rootCa: string;
}

const which = z.strictObject({ account: z.string().optional(), secrets: z.enum(['true', 'false']).optional() });

const chosen = (accounts: readonly ControlledAccount[], accountId: string | undefined): readonly ControlledAccount[] => {
  if (accountId === undefined) return accounts;
  const found = accounts.filter(({ account }) => account.accountId === accountId);
  const known = accounts.map(({ account }) => account.accountId).join(', ');
  if (found.length === 0) throw new AwsError('NotFound', `There is no account ${accountId}; there is ${known}.`, { status: 404 });
  return found;
};

const healthRoute = ({ accounts, ports, clock }: ControlSubject): ControlRoute => ({
  method: 'GET',
  path: '/health',
  says: 'that it runs, with its version, accounts, ports and services',
  handle: () => ({
    status: 200,
    body: {
      ...{ status: 'running', version, ports: ports(), now: new Date(clock.now()).toISOString() },
      accounts: accounts.map(({ account }) => account),
      services: [...new Set(accounts.flatMap(({ services }) => services.apis.flatMap(({ signingNames }) => signingNames)))].sort(),
    },
  }),
});

const rootCaRoute = ({ rootCa }: ControlSubject): ControlRoute => ({
  method: 'GET',
  path: '/root-ca.pem',
  says: 'the root certificate that vouches for the MQTT endpoint, as devices need it',
  handle: () => ({ status: 200, text: rootCa }),
});

const stateRoutes = ({ accounts }: ControlSubject): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: '/export',
    says: 'what is stored, by account and service; ?account= chooses, ?secrets=true includes secrets',
    handle: async ({ query }) => {
      const { account: accountId, secrets } = readRequest(which, query);
      const exported = await exportAccounts(chosen(accounts, accountId), { withSecrets: secrets === 'true' });
      return { status: 200, body: { accounts: exported } };
    },
  },
  {
    method: 'POST',
    path: '/rest',
    says: 'answers once no function has run for a fifth of a second',
    handle: async () => {
      await accountsAtRest(accounts);
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    path: '/reset',
    says: 'empties all accounts, or the one of {"account": …}; keys, faults and the request log stay',
    handle: async ({ body }) => {
      const { account } = readRequest(which.pick({ account: true }), body);
      for (const one of chosen(accounts, account)) await one.reset();
      return { status: 204 };
    },
  },
];

/** Everything that the control endpoint answers. */
export const controlRoutes = (subject: ControlSubject): readonly ControlRoute[] => [
  healthRoute(subject),
  ...requestRoutes(subject.requests),
  ...faultRoutes(subject.faults),
  ...clockRoutes(subject.clock),
  ...stateRoutes(subject),
  ...issuerRoutes(subject.issuers),
  ...mailRoutes(subject.accounts),
  rootCaRoute(subject),
];
