import { Stack } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { archiveQuestions } from '../../domain/audit/archive-questions.ts';
import { auditColumns, EVENTS_PREFIX } from '../../domain/audit/audit-columns.ts';
import type { AuditPipelineProps } from './pipeline-props.ts';

/** A query that reads more was not meant: a fleet's events of years are less. In bytes. */
const CUTOFF = 100_000_000_000;

const TABLE = 'events';

/** The sealed history as a table that can be asked, and what auditors ask of it. */
export class AuditCatalog extends Construct {
  constructor(scope: Construct, id: string, { configuration: { prefix }, records }: AuditPipelineProps) {
    super(scope, id);
    const { archive, staging } = records.auditArchive;
    // Athena wants names that need no quotes: no dash among them.
    const name = `${prefix.replaceAll('-', '_')}_audit`;
    const catalogId = Stack.of(this).account;
    const database = new CfnDatabase(this, 'Database', { catalogId, databaseInput: { name, description: 'Muster: the sealed history.' } });
    const table = new CfnTable(this, 'Events', {
      catalogId,
      databaseName: name,
      tableInput: tableOf(`s3://${archive.bucketName}/${EVENTS_PREFIX}`),
    });
    table.addResourceDependency(database);
    const workGroup = new CfnWorkGroup(this, 'WorkGroup', {
      name: `${prefix}-audit`,
      description: 'Muster: questions to the sealed history. Results are forgotten after 30 days.',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: false,
        bytesScannedCutoffPerQuery: CUTOFF,
        resultConfiguration: {
          outputLocation: `s3://${staging.bucketName}/athena/`,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', ...keyOf(staging) },
        },
      },
    });
    for (const { name: queryName, question, sql } of archiveQuestions) {
      const query = new CfnNamedQuery(this, queryName, {
        ...{ database: name, name: queryName, description: question },
        queryString: sql,
        workGroup: workGroup.ref,
      });
      query.addResourceDependency(table);
    }
  }
}

const keyOf = ({ encryptionKey }: Bucket) => (encryptionKey === undefined ? {} : { kmsKey: encryptionKey.keyArn });

/** Each day is a partition that nobody has to add (Athena User Guide, "Partition projection"). */
const tableOf = (location: string): CfnTable.TableInputProperty => ({
  name: TABLE,
  description: 'One event per row, as it was sealed.',
  tableType: 'EXTERNAL_TABLE',
  parameters: {
    classification: 'json',
    'projection.enabled': 'true',
    'projection.date.type': 'date',
    'projection.date.format': 'yyyy-MM-dd',
    'projection.date.range': '2026-01-01,NOW+1DAY',
    'projection.date.interval': '1',
    'projection.date.interval.unit': 'DAYS',
    'storage.location.template': `${location}date=\${date}/`,
  },
  partitionKeys: [{ name: 'date', type: 'string' }],
  storageDescriptor: {
    columns: auditColumns.map(({ name, type }) => ({ name, type })),
    location,
    compressed: true,
    inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
    outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
    serdeInfo: {
      serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
      parameters: { 'case.insensitive': 'true', 'ignore.malformed.json': 'false' },
    },
  },
});
