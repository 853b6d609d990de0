import type { Guard } from '../iam/access/guard-operations.ts';
import { permits } from '../iam/access/guard-operations.ts';
import { s3Input } from './authorization.ts';
import { withoutLockHeaders } from './operations/lock-headers.ts';
import type { RoutedOperation } from './s3-routes.ts';

/** Answers what holds an object only to those who may ask for that; the others read it all the same. */
const hiding = ({ route, run }: RoutedOperation, guard: Guard): RoutedOperation => {
  const maySee = permits('GetObjectRetention', guard);
  return {
    route,
    run: (request) => {
      const answer = run(request);
      return maySee(s3Input(request), request.caller) ? answer : { ...answer, headers: withoutLockHeaders(answer.headers ?? {}) };
    },
  };
};

const showing = new Set(['GetObject', 'HeadObject']);

export const hideLocks = (operations: Readonly<Record<string, RoutedOperation>>, guard: Guard): Readonly<Record<string, RoutedOperation>> =>
  Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [name, showing.has(name) ? hiding(operation, guard) : operation]),
  );
