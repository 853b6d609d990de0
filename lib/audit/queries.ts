import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { auditQuestions } from '../../domain/audit/audit-questions.ts';
import type { AuditPipelineProps } from './pipeline-props.ts';

/** What auditors ask, saved beside the log that answers it. */
export class AuditQueries extends Construct {
  constructor(scope: Construct, id: string, { configuration: { prefix }, records: { auditLog } }: AuditPipelineProps) {
    super(scope, id);
    for (const { name, insights } of auditQuestions) {
      const logGroupNames = [auditLog.logGroupName];
      new CfnQueryDefinition(this, name, { name: `${prefix}/${name}`, queryString: insights, logGroupNames });
    }
  }
}
