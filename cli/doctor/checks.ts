import { accountSwitches } from './account-switches.ts';
import { alarmSubscriptions } from './alarm-subscriptions.ts';
import { alarms } from './alarms.ts';
import { authorizers } from './authorizers.ts';
import { bootstrap } from './bootstrap.ts';
import type { Check } from './check.ts';
import { certificateAuthority } from './certificate-authority.ts';
import { claims } from './claims.ts';
import { closedLines } from './closed-lines.ts';
import { concurrency } from './concurrency.ts';
import { credentials } from './credentials.ts';
import { deadLetters } from './dead-letters.ts';
import { deviceDefender } from './device-defender.ts';
import { domainConfigurations } from './domain-configurations.ts';
import { drift } from './drift.ts';
import { groupPolicies } from './group-policies.ts';
import { hookPermission } from './hook-permission.ts';
import { iotQuotas } from './iot-quotas.ts';
import { keys } from './keys.ts';
import { names } from './names.ts';
import { refusedPublishes } from './refused-publishes.ts';
import { region } from './region.ts';
import { rules } from './rules.ts';
import { stacks } from './stacks.ts';
import { templates } from './templates.ts';
import { trail } from './trail.ts';

/** Everything that the doctor looks at, in the order in which it tells of it. */
export const checks: readonly Check[] = [
  ...[credentials, region, bootstrap, concurrency, iotQuotas, names, accountSwitches, trail, refusedPublishes],
  ...[certificateAuthority, deviceDefender, domainConfigurations],
  ...[stacks, drift, templates, hookPermission, authorizers, keys, groupPolicies, rules, deadLetters, alarmSubscriptions, claims, alarms],
  closedLines,
];
