import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { stackNames } from '../../domain/stack-names.ts';
import { AccountSettings } from './account-settings.ts';
import { AuditCatalog } from './catalog.ts';
import { AuditIntake } from './intake.ts';
import { AuditQueries } from './queries.ts';
import { AuditSources } from './sources.ts';
import { AuditSealing } from './sealing.ts';
import type { Lifetime } from '../lifetime.ts';
import type { AuditPipelineProps } from './pipeline-props.ts';

/** What takes events from the audit log to where they are sealed and kept. It holds no data. */
export class AuditStack extends Stack {
  constructor(scope: Construct, props: AuditPipelineProps) {
    const stackName = stackNames(props.configuration.prefix).audit;
    super(scope, stackName, { stackName, description: 'Muster: the way of events into the sealed history.' });
    new AuditCatalog(this, 'Catalog', props);
    new AuditIntake(this, 'Intake', props);
    new AuditQueries(this, 'Queries', props);
    const { configuration, records } = props;
    const logging = accountSettings(this, configuration, records.lifetime)?.logging;
    new AuditSources(this, 'Sources', { configuration, records, logging });
    new AuditSealing(this, 'Sealing', props);
  }
}

// Nothing of the account's is touched unless the configuration says so.
const accountSettings = (scope: Construct, configuration: Configuration, lifetime: Lifetime): AccountSettings | undefined => {
  const { iotLogging, trail } = configuration.accountWide;
  if (iotLogging !== 'manage' && trail === undefined) return undefined;
  return new AccountSettings(scope, 'AccountSettings', { configuration, lifetime });
};
