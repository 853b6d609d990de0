import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describeDeployment } from '../aws/cloudformation/deployment.ts';
import { openOperations } from '../aws/open/operations.ts';
import { importManifest } from '../cli/import/import-manifest.ts';
import { parseConfiguration } from '../domain/configuration.ts';
import { deployLocally } from '../demo/local-deployment.ts';

/** Muster on a local AWS, to import to. */
export interface ImportWorld {
  readonly dynamoDb: DynamoDBClient;
  readonly tableName: string;
  /** Imports a manifest of these serials. */
  importSerials(serials: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

const configuration = parseConfiguration({}, ['pki']);

export const startImportWorld = async (): Promise<ImportWorld> => {
  const deployment = await deployLocally();
  const folder = await mkdtemp(join(tmpdir(), 'muster-import-bench-'));
  Object.assign(process.env, deployment.local.environment);
  const client = await openOperations(configuration, undefined);
  const dynamoDb = new DynamoDBClient();
  let files = 0;
  return {
    dynamoDb,
    tableName: await findTable(),
    importSerials: async (serials) => {
      files += 1;
      const path = join(folder, `${files}.csv`);
      await writeFile(path, ['serial,line,tenant', ...serials.map((serial) => `${serial},sensor,acme`)].join('\n'));
      const { counts } = await importManifest({ client, configuration }, { path, isUnsigned: true });
      if (counts.created !== serials.length) throw new Error(`Of ${serials.length} rows ${counts.created} were created`);
    },
    stop: async () => {
      dynamoDb.destroy();
      await rm(folder, { recursive: true });
      await deployment.stop();
    },
  };
};

const findTable = async (): Promise<string> => {
  const cloudFormation = new CloudFormationClient();
  const { tableName } = await describeDeployment(cloudFormation, configuration.prefix);
  cloudFormation.destroy();
  return tableName;
};
