import * as z from 'zod';
import type { ControlRoute } from './control-route.ts';
import type { ControlledAccount } from './export-account.ts';
import { readRequest } from './read-request.ts';

const query = z.strictObject({ to: z.string().optional() });

/** Mails that SNS would have sent: of all accounts together, the newest last. */
export const mailRoutes = (accounts: readonly ControlledAccount[]): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: '/mail',
    says: 'mails that would have been sent, the newest last; ?to= chooses an address. A link in one confirms a subscription',
    handle: (request) => {
      const { to } = readRequest(query, request.query);
      const mails = accounts.flatMap(({ services }) => services.sns.outbox.list(to));
      const inOrder = mails.toSorted((a, b) => a.sentAtMs - b.sentAtMs);
      return {
        status: 200,
        body: { mail: inOrder.map(({ sentAtMs, ...mail }) => ({ ...mail, sentAt: new Date(sentAtMs).toISOString() })) },
      };
    },
  },
  {
    method: 'DELETE',
    path: '/mail',
    says: 'throws the mails away',
    handle: () => {
      for (const { services } of accounts) services.sns.outbox.clear();
      return { status: 204 };
    },
  },
];
