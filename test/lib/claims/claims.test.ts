import { Match } from 'aws-cdk-lib/assertions';
import { auditLine } from '../../../domain/audit-event.ts';
import { reasonCodes } from '../../../domain/reason-code.ts';
import { compileFilterPattern } from '../../../local/logs/filter/filter-pattern.ts';
import { anEvent } from '../../builders/enrollment.ts';
import { aClaimName } from '../../builders/identifiers.ts';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const { operations } = synthesize({ configuration: { prefix: 'my-fleet' } });

interface Filter {
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly [{ readonly MetricName: string; readonly Dimensions?: readonly object[] }];
}

const filters = resourcesOfType(operations, 'AWS::Logs::MetricFilter').map(({ properties }) => properties as unknown as Filter);

/** The metrics that an event is counted by. */
const countedBy = (event: Parameters<typeof anEvent>[0]): readonly string[] =>
  filters
    .filter(({ FilterPattern }) => compileFilterPattern(FilterPattern)(auditLine(anEvent(event))))
    .map(({ MetricTransformations: [{ MetricName }] }) => MetricName)
    .toSorted();

describe('Claims are watched', () => {
  test('by their connections, with addresses', () => {
    operations.hasResourceProperties('AWS::IoT::TopicRule', {
      RuleName: 'my_fleet_claim_presence',
      TopicRulePayload: { Sql: Match.stringLikeRegexp("ipAddress.*startswith\\(clientId, 'my-fleet-claim-'\\)$") },
    });
  });

  test('every five minutes by the sweep', () => {
    operations.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' });
  });

  test('by alarms over the whole deployment, where one event is one too many', () => {
    for (const [name, MetricName] of [
      ['contested', 'DevicesContested'],
      ['unknown-claim', 'UnknownClaims'],
    ]) {
      operations.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmName: `my-fleet-${name}`,
        ...{ Namespace: 'Muster/my-fleet', MetricName, Threshold: 1, TreatMissingData: 'notBreaching' },
        AlarmActions: [Match.anyValue()],
        AlarmDescription: Match.stringLikeRegexp('docs/runbook.md'),
      });
    }
  });
});

describe('The audit log counts', () => {
  const claim = aClaimName();

  test('an admission under its claim', () => {
    expect(countedBy({ code: 'admission.granted', claim })).toEqual(['ClaimAdmissions']);
  });

  test.each(reasonCodes)('a refusal under its claim, once in all and once by its class: %s', (reason) => {
    const counted = countedBy({ code: 'admission.refused', reason, claim }).filter((name) => name !== 'UnknownClaims');
    expect(counted).toEqual(['ClaimRefusals', expect.stringMatching(/^ClaimRefusals-[a-z]+$/)]);
  });

  test('a serial that nobody registered as enumeration', () => {
    expect(countedBy({ code: 'admission.refused', reason: 'unknown-serial', claim })).toContain('ClaimRefusals-enumeration');
  });

  test('what has no claim of ours by no claim', () => {
    expect(countedBy({ code: 'admission.refused', reason: 'unknown-claim' })).toEqual(['UnknownClaims']);
    expect(countedBy({ code: 'admission.refused', reason: 'malformed-request' })).toEqual([]);
  });

  test('a contested device, and nothing else', () => {
    expect(countedBy({ code: 'device.contested', claim })).toEqual(['DevicesContested']);
    expect(countedBy({ code: 'claim.closed', claim })).toEqual([]);
  });

  test('within what CloudWatch Logs takes', () => {
    for (const { FilterPattern, MetricTransformations } of filters) {
      expect(FilterPattern.length).toBeLessThanOrEqual(1024);
      expect(MetricTransformations).toHaveLength(1);
    }
  });
});
