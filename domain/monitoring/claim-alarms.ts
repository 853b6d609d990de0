import type { ClaimName } from '../identifiers.ts';
import { type AlarmDefinition, alarmDefinitions, alarmName } from './alarms.ts';

/** The alarms that each claim has for as long as it is open; they come and go with it. */
export const claimAlarms: readonly AlarmDefinition[] = [
  alarmDefinitions.claimRefusals,
  alarmDefinitions.claimEnumeration,
  alarmDefinitions.claimQuota,
];

export const namesOfClaimAlarms = (prefix: string, claim: ClaimName): readonly string[] =>
  claimAlarms.map((definition) => alarmName(prefix, definition, { claim }));
