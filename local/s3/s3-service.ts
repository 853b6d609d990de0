import { randomUUID } from 'node:crypto';
import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiRequest, ApiResponse, ApiService } from '../gateway/api-service.ts';
import { refusingService } from '../gateway/refusing-service.ts';
import { restXmlError } from '../gateway/rest-xml-error.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import type { Guard } from '../iam/access/guard-operations.ts';
import { askIam, guardedRun } from '../iam/access/guard-operations.ts';
import type { KeyUse } from '../kms/key-use.ts';
import { s3Authorization, s3Input } from './authorization.ts';
import { BucketStore } from './bucket-store.ts';
import { hideLocks } from './hide-locks.ts';
import type { ObjectReader } from './object-reader.ts';
import { bucketPolicyResource } from './resources/bucket-policy-resource.ts';
import { bucketResource } from './resources/bucket-resource.ts';
import type { S3Operation } from './s3-request.ts';
import { parseS3Request } from './s3-request.ts';
import type { RoutedOperation } from './s3-routes.ts';
import { routeOf, s3Operations } from './s3-routes.ts';

export interface S3Service {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  readonly buckets: BucketStore;
  readonly readObject: ObjectReader;
}

export interface S3Options {
  readonly account: Account;
  readonly clock: Clock;
  readonly access?: AccessControl | undefined;
  /** Without it any key will do. */
  readonly keyUse?: KeyUse | undefined;
}

/** Runs operations only for callers whom IAM lets. */
const guardRoutes = (operations: Readonly<Record<string, RoutedOperation>>, guard: Guard): Readonly<Record<string, RoutedOperation>> =>
  Object.fromEntries(
    Object.entries(operations).map(([name, { route, run }]) => {
      const through = guardedRun(name, guard);
      const guarded: S3Operation = (request) => through(s3Input(request), request.caller, () => run(request));
      return [name, { route, run: guarded }];
    }),
  );

/** S3 by path-style addresses: buckets, objects with versions and locks, multipart uploads, policies stored. */
export const createS3Service = (options: S3Options): S3Service => {
  const buckets = new BucketStore(options.clock);
  const guard = { access: options.access, authorization: s3Authorization(options.account, buckets, options.keyUse) };
  const operations = guardRoutes(hideLocks(s3Operations(buckets, options.account, options.clock), guard), guard);
  const ask = askIam(guard);
  const readObject: ObjectReader = (Bucket, Key) => {
    ask('GetObject', { Bucket, Key });
    return buckets.findObject(Bucket, Key);
  };
  const byRoute = new Map(Object.values(operations).map(({ route, run }) => [route, run]));
  const namesByRoute = new Map(Object.entries(operations).map(([name, { route }]) => [route, name]));
  const answer = (request: ApiRequest): ApiResponse => {
    const parsed = parseS3Request(request);
    const route = routeOf(parsed);
    const operation = byRoute.get(route);
    if (operation === undefined)
      throw new AwsError('NotImplemented', `The local AWS does not support s3: ${route}. Its README lists what it does.`, { status: 501 });
    const response = operation(parsed);
    return { ...response, headers: { 'x-amz-request-id': randomUUID(), ...response.headers } };
  };
  const api: ApiService = {
    ...refusingService({ signingNames: ['s3'], operations, answer, refuse: restXmlError }),
    operationOf: (request) => namesByRoute.get(routeOf(parseS3Request(request))),
  };
  return { api, resources: [bucketResource(buckets, options.account, ask), bucketPolicyResource(buckets, ask)], buckets, readObject };
};
