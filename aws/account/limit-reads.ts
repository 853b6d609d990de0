import { GetAccountSettingsCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import {
  paginateListAWSDefaultServiceQuotas,
  paginateListServiceQuotas,
  type ServiceQuota,
  type ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import type { LimitReads } from '../../domain/account-ports.ts';

export const createLimitReads = (lambda: LambdaClient, quotas: ServiceQuotasClient): LimitReads => ({
  async concurrency() {
    const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
    return { total: AccountLimit?.ConcurrentExecutions ?? 0, unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0 };
  },
  async iotQuotas() {
    const found = new Map<string, number>();
    const [client, service] = [quotas, { ServiceCode: 'iotcore' }];
    // What an account never asked to have raised may stand among the defaults only.
    for await (const { Quotas = [] } of paginateListAWSDefaultServiceQuotas({ client }, service)) enter(found, Quotas);
    for await (const { Quotas = [] } of paginateListServiceQuotas({ client }, service)) enter(found, Quotas);
    return found;
  },
});

const enter = (found: Map<string, number>, quotas: readonly ServiceQuota[]): void => {
  for (const { QuotaName, Value } of quotas) if (QuotaName !== undefined && Value !== undefined) found.set(QuotaName, Value);
};
