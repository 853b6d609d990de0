import { AwsError } from '../aws-error.ts';

export interface TimeToLive {
  readonly attributeName: string;
  readonly isEnabled: boolean;
  readonly modifiedAtMs: number;
}

export interface ServerSideEncryption {
  readonly kmsMasterKeyId: string | undefined;
}

/** What a table has besides its items and keys, which dynalite does not know. */
export interface TableSettings {
  readonly createdAtMs: number;
  readonly arn: string;
  /** The name of the partition key. */
  readonly partitionKey: string | undefined;
  readonly tags: Map<string, string>;
  isDeletionProtected: boolean;
  tableClass: string | undefined;
  encryption: ServerSideEncryption | undefined;
  timeToLive: TimeToLive | undefined;
  /** When point-in-time recovery was switched on, and how far back it reaches. */
  pointInTimeRecovery: { readonly sinceMs: number; readonly days: number } | undefined;
  resourcePolicy: { readonly document: string; readonly revisionId: string } | undefined;
}

/** A table's name, from its name or its ARN. */
export const tableNameOf = (reference: string): string => (reference.startsWith('arn:') ? (reference.split('/')[1] ?? '') : reference);

/** The settings of every table. */
export class TableSettingsStore {
  readonly #tables = new Map<string, TableSettings>();

  add(tableName: string, settings: TableSettings): void {
    this.#tables.set(tableName, settings);
  }

  remove(tableName: string): void {
    this.#tables.delete(tableName);
  }

  find(reference: string): TableSettings | undefined {
    return this.#tables.get(tableNameOf(reference));
  }

  get(reference: string): TableSettings {
    const settings = this.find(reference);
    if (settings !== undefined) return settings;
    const name = tableNameOf(reference);
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
  }

  entries(): readonly (readonly [string, TableSettings])[] {
    return [...this.#tables];
  }
}
