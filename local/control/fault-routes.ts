import { AwsError } from '../aws-error.ts';
import { faultRequest } from '../faults/fault.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import type { ControlRoute } from './control-route.ts';
import { readRequest } from './read-request.ts';

/** Adds, lists and clears faults. */
export const faultRoutes = (faults: FaultBook): readonly ControlRoute[] => [
  {
    method: 'GET',
    path: '/faults',
    says: 'the faults, with how often each struck',
    handle: () => ({ status: 200, body: { faults: faults.list() } }),
  },
  {
    method: 'POST',
    path: '/faults',
    says: 'adds a fault: {"at": "operation" | "mqtt" | "function", …, "effect": {"kind": …}}',
    handle: ({ body }) => ({ status: 201, body: faults.add(readRequest(faultRequest, body)) }),
  },
  {
    method: 'DELETE',
    path: '/faults',
    says: 'clears all faults',
    handle: () => {
      faults.clear();
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: '/faults/{id}',
    says: 'clears one fault',
    handle: ({ labels: { id = '' } }) => {
      if (!faults.remove(id)) throw new AwsError('NotFound', `There is no fault ${id}.`, { status: 404 });
      return { status: 204 };
    },
  },
];
