import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../domain/configuration.ts';
import { stackNames } from '../domain/stack-names.ts';
import { AuditIntake } from './audit-intake.ts';
import { AuditQueries } from './audit-queries.ts';
import { AuditSources } from './audit-sources.ts';
import { AuditSealing } from './audit-sealing.ts';
import type { RecordsStack } from './records-stack.ts';

export interface AuditPipelineProps {
  readonly configuration: Configuration;
  readonly records: RecordsStack;
}

/** What takes events from the audit log to where they are sealed and kept. It holds no data. */
export class AuditStack extends Stack {
  constructor(scope: Construct, props: AuditPipelineProps) {
    const stackName = stackNames(props.configuration.prefix).audit;
    super(scope, stackName, { stackName, description: 'Muster: the way of events into the sealed history.' });
    new AuditIntake(this, 'Intake', props);
    new AuditQueries(this, 'Queries', props);
    new AuditSources(this, 'Sources', props);
    new AuditSealing(this, 'Sealing', props);
  }
}
