import * as z from 'zod';
import type { ControlRoute } from './control-route.ts';
import { readRequest } from './read-request.ts';
import type { RequestLog } from './request-log.ts';

const query = z.strictObject({
  service: z.string().optional(),
  operation: z.string().optional(),
  failures: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).optional(),
});

/** Reads the request log and empties it. */
export const requestRoutes = (log: RequestLog): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: '/requests',
    says: 'the last requests, the newest last; ?service=&operation=&failures=true&limit= choose',
    handle: (request) => {
      const { failures, ...wanted } = readRequest(query, request.query);
      return { status: 200, body: { requests: log.list({ ...wanted, onlyFailures: failures === 'true' }) } };
    },
  },
  {
    method: 'DELETE',
    path: '/requests',
    says: 'empties the request log',
    handle: () => {
      log.clear();
      return { status: 204 };
    },
  },
];
