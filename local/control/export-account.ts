import type { Account } from '../account.ts';
import type { WiredServices } from '../wire-services.ts';
import { exportFunctions, exportKeys, exportLogGroups, exportQueues, exportTables } from './exports/ask-services.ts';
import type { ExportOptions } from './exports/export-options.ts';
import { exportIot } from './exports/iot-export.ts';
import { exportBuckets, exportIdentities, exportParameters, exportStacks } from './exports/stored-resources.ts';

/** What the services of an account store, by signing name, as JSON. Rejects with the `AwsError` of a service that cannot be asked. */
const exportAccount = async (account: Account, services: WiredServices, options: ExportOptions): Promise<object> => ({
  cloudformation: exportStacks(services),
  dynamodb: await exportTables(services, account),
  events: services.eventBridge.rules(),
  iam: exportIdentities(services),
  iot: exportIot(services.iot.registry),
  kms: await exportKeys(services, account),
  lambda: await exportFunctions(services, account, options),
  logs: await exportLogGroups(services, account),
  monitoring: services.cloudWatch.alarms(),
  s3: exportBuckets(services),
  sns: services.sns.topics(),
  sqs: await exportQueues(services, account),
  ssm: exportParameters(services, options),
});

/** One account, as far as it can be looked at and emptied. */
export interface ControlledAccount {
  readonly account: Account;
  readonly services: WiredServices;
  reset(): Promise<void>;
}

/** What accounts store, by account id. */
export const exportAccounts = async (
  accounts: readonly ControlledAccount[],
  options: ExportOptions,
): Promise<Readonly<Record<string, object>>> => {
  const exports = accounts.map(
    async ({ account, services }) => [account.accountId, await exportAccount(account, services, options)] as const,
  );
  return Object.fromEntries(await Promise.all(exports));
};
