import type { TableSettings } from './table-settings.ts';

const encryption = (settings: TableSettings): object =>
  settings.encryption === undefined
    ? {}
    : {
        SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: settings.encryption.kmsMasterKeyId ?? 'alias/aws/dynamodb' },
      };

/** The engine's description of a table, with the settings that it does not know. */
export const describeWith = (settings: TableSettings | undefined, description: object): object =>
  settings === undefined
    ? description
    : {
        ...description,
        CreationDateTime: new Date(settings.createdAtMs),
        DeletionProtectionEnabled: settings.isDeletionProtected,
        ...(settings.tableClass === undefined ? {} : { TableClassSummary: { TableClass: settings.tableClass } }),
        ...encryption(settings),
      };
