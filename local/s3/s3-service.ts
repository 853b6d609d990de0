import { randomUUID } from 'node:crypto';
import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiRequest, ApiResponse, ApiService } from '../gateway/api-service.ts';
import { refusingService } from '../gateway/refusing-service.ts';
import { restXmlError } from '../gateway/rest-xml-error.ts';
import { BucketStore } from './bucket-store.ts';
import { bucketPolicyResource } from './resources/bucket-policy-resource.ts';
import { bucketResource } from './resources/bucket-resource.ts';
import { parseS3Request } from './s3-request.ts';
import { routeOf, s3Operations } from './s3-routes.ts';

export interface S3Service {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  readonly buckets: BucketStore;
}

/** S3 by path-style addresses: buckets, objects with versions, multipart uploads, policies stored. */
export const createS3Service = (options: { readonly account: Account; readonly clock: Clock }): S3Service => {
  const buckets = new BucketStore(options.clock);
  const operations = s3Operations(buckets, options.account);
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
  return { api, resources: [bucketResource(buckets, options.account), bucketPolicyResource(buckets)], buckets };
};
