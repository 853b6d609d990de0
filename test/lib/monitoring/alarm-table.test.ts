import * as approaches from '../../../bin/approaches.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';
import { approachNames } from '../../../approaches/index.ts';
import { type AlarmDefinition, alarmDefinitions, alarmDescription, alarmName, thresholdOf } from '../../../domain/monitoring/alarms.ts';
import { claimAlarms } from '../../../domain/monitoring/claim-alarms.ts';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

/** One of everything that has an alarm. */
const configuration = {
  prefix: 'my-fleet',
  accountWide: { deviceDefender: 'manage' },
  lines: [
    { name: 'sensor', rotation: {}, recovery: 'ticket', triggers: { refusedPublishes: 'alarm' } },
    { name: 'valve', approaches: ['psk'] },
    { name: 'beacon', approaches: ['oauth'] },
  ],
  approaches: { oauth: { issuers: [{ issuer: 'https://issuer.example', audience: 'fleet' }] } },
  alarms: { claimRefusalsPerFiveMinutes: 31, connectionRefusalsPerFiveMinutes: 71 },
};

const { prefix, alarms: settings } = parseConfiguration(configuration, approachNames);
const templates = Object.values(synthesize({ configuration, approaches }));
const deployed = templates.flatMap((template) =>
  ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].flatMap((type) =>
    resourcesOfType(template, type).map(({ properties }) => ({ name: String(properties['AlarmName']), type, properties })),
  ),
);

const definitions: readonly AlarmDefinition[] = Object.values(alarmDefinitions);

/** The row that an alarm is made by, and what is filled in. */
const rowOf = (name: string) => {
  const rows = definitions.flatMap((definition) => {
    const pattern = alarmName(prefix, definition).replaceAll(/<(\w+)>/g, '(?<$1>[a-z-]+?)');
    const found = new RegExp(`^${pattern}$`).exec(name);
    return found === null ? [] : [{ definition, subject: { ...found.groups } }];
  });
  expect(rows.length).toBeLessThanOrEqual(1);
  return rows[0];
};

const rowFor = (name: string) => {
  const row = rowOf(name);
  if (row === undefined) throw new Error(`The alarm "${name}" is not in the table of alarms.`);
  return row;
};

describe('The table of alarms', () => {
  test.each(deployed.map(({ name }) => name))('has the alarm %s', (name) => {
    expect(rowOf(name)).toBeDefined();
  });

  test('has no alarm that nothing deploys and no claim has', () => {
    const made = [...deployed.map(({ name }) => rowFor(name).definition), ...claimAlarms];
    expect(definitions.filter((definition) => !made.includes(definition))).toEqual([]);
  });

  test('says why each threshold is what it is', () => {
    for (const { because } of definitions) expect(because.length).toBeGreaterThan(20);
  });
});

describe('An alarm', () => {
  test.each(deployed)('is as the table says, and leads to the runbook: $name', ({ name, type, properties }) => {
    const { definition, subject } = rowFor(name);
    expect(properties['AlarmDescription']).toBe(alarmDescription(definition, subject));
    expect(properties['AlarmActions'] !== undefined).toBe(definition.severity !== 'part');
    if (type === 'AWS::CloudWatch::CompositeAlarm') return;
    expect(properties).toMatchObject({
      Threshold: thresholdOf(definition, settings),
      MetricName: definition.metric.split(' ').at(-1),
      ...{ Statistic: definition.statistic ?? 'Sum', TreatMissingData: 'notBreaching' },
      ...(definition.hoursOfSilence === undefined
        ? { Period: 300, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' }
        : { Period: 3600, EvaluationPeriods: definition.hoursOfSilence, ComparisonOperator: 'LessThanThreshold' }),
    });
  });

  test('that combines others goes by them alone', () => {
    const rules = deployed
      .filter(({ type }) => type === 'AWS::CloudWatch::CompositeAlarm')
      .map(({ name, properties }) => [name, JSON.stringify(properties['AlarmRule'])]);
    const [down, line] = [
      rules.find(([name]) => name === 'my-fleet-onboarding-down')?.[1],
      rules.find(([name]) => name === 'my-fleet-line-sensor')?.[1],
    ];
    expect(rules).toHaveLength(2);
    expect(down?.match(/ OR /g)).toHaveLength(8);
    expect(line).toMatch(/ALARM\(.*sensorrefusals.* AND .*NOT .*ALARM\(.*Down/);
  });
});
