import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotLogEntry } from '../events/iot-log.ts';
import type { LoggingSettings, LogThreshold } from './logging-settings.ts';
import { isLogged, mostVerbose } from './threshold.ts';

/** Where AWS IoT logs to unless an event type has a group of its own (DG:configure-logging). */
export const defaultLogGroup = 'AWSIotLogsV2';

/** "Event-level logging must be enabled for it": these are written only under a configuration of their own (DG:cwl-format). */
const optInEventTypes: ReadonlySet<string> = new Set(['Ping', 'Connection.AuthNError']);

/** The lineages of the static groups that a client's thing is in, each from the group itself to its root. */
export type ThingGroupsOf = (who: { readonly clientId: string; readonly principalId: string }) => readonly (readonly string[])[];

export interface LogChoice {
  readonly settings: LoggingSettings;
  readonly groupsOf: ThingGroupsOf;
  readonly behaviour: Pick<IotBehaviour, 'logging.several-targets'>;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A child group's level counts in place of its parent's (DG:configure-logging). */
const groupLevels = ({ settings, groupsOf }: LogChoice, entry: IotLogEntry): readonly (LogThreshold | undefined)[] => {
  const who = { clientId: text(entry['clientId']), principalId: text(entry['principalId']) };
  if (who.clientId === '' || !settings.targets.some(({ targetType }) => targetType === 'THING_GROUP')) return [];
  return groupsOf(who).map((lineage) => {
    const levels = lineage.map((name) => settings.targetLevel('THING_GROUP', name));
    return levels.find((level) => level !== undefined);
  });
};

const targetThreshold = (choice: LogChoice, entry: IotLogEntry): LogThreshold | undefined => {
  const { settings, behaviour } = choice;
  if (settings.targets.length === 0) return undefined;
  const levels = [
    settings.targetLevel('CLIENT_ID', text(entry['clientId'])),
    settings.targetLevel('SOURCE_IP', text(entry['sourceIp'])),
    settings.targetLevel('PRINCIPAL_ID', text(entry['principalId'])),
    ...groupLevels(choice, entry),
  ].filter((level) => level !== undefined);
  return behaviour['logging.several-targets'] === 'most-verbose' ? mostVerbose(levels) : levels[0];
};

/**
 * The log group that an entry goes to, or undefined when its level is not wanted. A level for the resource counts before
 * one for the event type, and that before the account's (DG:configure-logging).
 */
export const chooseLogGroup = (choice: LogChoice, entry: IotLogEntry): string | undefined => {
  const { options, isOn } = choice.settings;
  if (options === undefined || !isOn) return undefined;
  const ofEvent = options.eventConfigurations.find(({ eventType }) => eventType === entry.eventType);
  if (ofEvent === undefined && optInEventTypes.has(entry.eventType)) return undefined;
  const threshold = targetThreshold(choice, entry) ?? ofEvent?.logLevel ?? options.defaultLogLevel;
  if (!isLogged(entry.logLevel, threshold)) return undefined;
  return ofEvent?.logDestination ?? defaultLogGroup;
};
