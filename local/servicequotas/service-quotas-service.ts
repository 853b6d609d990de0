import * as z from 'zod';
import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsJsonService } from '../gateway/aws-json.ts';
import type { Operation } from '../gateway/operation.ts';
import { parseInput } from '../gateway/parse-input.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations } from '../iam/access/guard-operations.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import type { KnownQuota, KnownService } from './known-quotas.ts';
import { knownServices } from './known-quotas.ts';

export interface ServiceQuotasOptions {
  readonly account: Account;
  readonly access?: AccessControl | undefined;
}

const noSuchResource = (): AwsError =>
  new AwsError('NoSuchResourceException', 'The request failed because the specified service does not exist.');

const invalid = 'IllegalArgumentException';

const page = { NextToken: z.string().optional(), MaxResults: z.int().min(1).max(100).default(100) };

const quotaOutput = (account: Account, service: KnownService, quota: KnownQuota): object => ({
  ServiceCode: service.code,
  ServiceName: service.name,
  QuotaArn: arnOf(account, 'servicequotas', `${service.code}/${quota.code}`),
  QuotaCode: quota.code,
  QuotaName: quota.name,
  Value: quota.value,
  Unit: quota.unit,
  Adjustable: quota.isAdjustable,
  GlobalQuota: false,
  QuotaAppliedAtLevel: 'ACCOUNT',
});

const pageOf = <Item>(
  items: readonly Item[],
  { NextToken, MaxResults }: { readonly NextToken?: string | undefined; readonly MaxResults: number },
) => {
  const start = Number(NextToken ?? 0) || 0;
  const end = start + MaxResults;
  return { items: items.slice(start, end), token: end < items.length ? { NextToken: String(end) } : {} };
};

/** An account has the quotas that every account begins with: what may be asked is the same for both. */
const operationsOf = (account: Account): Readonly<Record<string, Operation>> => {
  const services = knownServices(account.region);
  const serviceOf = (code: string): KnownService => {
    const service = services.find((one) => one.code === code);
    if (service === undefined) throw noSuchResource();
    return service;
  };
  const list: Operation = (members) => {
    const wanted = parseInput(z.object({ ServiceCode: z.string(), ...page }), members, invalid);
    const service = serviceOf(wanted.ServiceCode);
    const { items, token } = pageOf(service.quotas, wanted);
    return { Quotas: items.map((quota) => quotaOutput(account, service, quota)), ...token };
  };
  const get: Operation = (members) => {
    const { ServiceCode, QuotaCode } = parseInput(z.object({ ServiceCode: z.string(), QuotaCode: z.string() }), members, invalid);
    const service = serviceOf(ServiceCode);
    const quota = service.quotas.find(({ code }) => code === QuotaCode);
    if (quota === undefined) throw noSuchResource();
    return { Quota: quotaOutput(account, service, quota) };
  };
  return {
    GetAWSDefaultServiceQuota: get,
    GetServiceQuota: get,
    ListAWSDefaultServiceQuotas: list,
    ListServiceQuotas: list,
    ListServices: (members) => {
      const { items, token } = pageOf(services, parseInput(z.object(page), members, invalid));
      return { Services: items.map(({ code, name }) => ({ ServiceCode: code, ServiceName: name })), ...token };
    },
  };
};

/** Service Quotas: what AWS IoT and Lambda allow in this region, to look at. */
export const createServiceQuotasService = ({
  account,
  access,
}: ServiceQuotasOptions): { readonly api: ApiService; readonly resources: readonly ResourceProvider[] } => {
  const authorization = serviceAuthorization({ account, prefix: 'servicequotas' });
  const operations = guardOperations(operationsOf(account), { access, authorization });
  const api = awsJsonService({ signingNames: ['servicequotas'], targetPrefix: 'ServiceQuotasV20190624', version: '1.1', operations });
  return { api, resources: [] };
};
