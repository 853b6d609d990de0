import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Configuration } from '../../domain/configuration.ts';
import { lineRotationsOf, lineSettingsOf, watchesRefusals } from '../../domain/configuration/configuration-line-settings.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { stackNames } from '../../domain/stack-names.ts';
import { topicTree } from '../../domain/topics.ts';
import { Activation } from './activation.ts';
import { AuditCompleteness } from '../audit/completeness.ts';
import { CloneWatch } from '../connections/clone-watch.ts';
import type { ApproachDeployment, Foundation } from '../approach-deployment.ts';
import { CredentialRenewal } from '../rotation/credential-renewal.ts';
import type { IssuingAuthority } from '../authority/issuing-authority.ts';
import { FleetDashboard } from '../monitoring/fleet-dashboard.ts';
import { OnboardingAlarms } from '../monitoring/onboarding-alarms.ts';
import { onboardingFilters } from '../monitoring/onboarding-filters.ts';
import { WaysIn } from '../monitoring/ways-in.ts';
import type { RecordsStack } from '../records/records-stack.ts';
import { HOOK_DOOR } from './pre-provisioning-hook.ts';
import { RefusalWatch } from '../connections/refusal-watch.ts';
import { refuseOverfull } from '../stack-capacity.ts';

export type ApproachDeployments = Readonly<Record<string, ApproachDeployment>>;

/** Everything that neither holds data nor is held by a device: it can be deleted and deployed again, and the fleet is as it was. */
export class OnboardingStack extends Stack {
  constructor(scope: Construct, { configuration, records, authority, approaches }: OnboardingStackProps) {
    const stackName = stackNames(configuration.prefix).onboarding;
    super(scope, stackName, { stackName, description: 'Muster: the ways in.' });
    // Templates name the groups and policies that things are given, so CloudFormation cannot see the order by itself.
    this.addStackDependency(records);
    const base: Omit<Foundation, 'keeping' | 'renewal'> = {
      configuration,
      names: resourceNames(configuration.prefix),
      topics: topicTree(configuration.topicPrefix),
      table: records.table,
      auditLog: records.auditLog,
      alarmTopic: records.alarmTopic,
      lineSettings: lineSettingsOf(configuration),
      authority,
      waysIn: new WaysIn(),
    };
    const isRotating = lineRotationsOf(configuration).length > 0;
    const foundation = { ...base, renewal: isRotating ? new CredentialRenewal(this, 'CredentialRenewal', base) : undefined };
    for (const [name, deploy] of Object.entries(approaches)) {
      const lines = configuration.lines.filter((line) => line.approaches.includes(name));
      const keeping = () => ({ scope: new Construct(records, `Approach-${name}`), lifetime: records.lifetime });
      if (lines.length > 0) deploy(new Construct(this, name), { ...foundation, keeping: keeping() }, lines);
    }
    new Activation(this, 'Activation', foundation);
    new CloneWatch(this, 'CloneWatch', foundation);
    onboardingFilters(new Construct(this, 'Funnel'), { prefix: configuration.prefix, auditLog: base.auditLog });
    new OnboardingAlarms(this, 'Alarms', base);
    new AuditCompleteness(this, 'Completeness', { ...base, staging: records.auditArchive.staging, hook: base.waysIn.door(HOOK_DOOR) });
    if (watchesRefusals(configuration)) new RefusalWatch(this, 'RefusalWatch', foundation);
    new FleetDashboard(this, 'Dashboard', { prefix: configuration.prefix, waysIn: base.waysIn });
    for (const stack of [records, this]) records.upkeep.makeRoomIn(stack);
    records.upkeep.keepLinesOf(records);
    for (const stack of [records, this]) refuseOverfull(stack);
  }
}

export interface OnboardingStackProps {
  readonly configuration: Configuration;
  readonly records: RecordsStack;
  readonly authority: IssuingAuthority | undefined;
  readonly approaches: ApproachDeployments;
}
