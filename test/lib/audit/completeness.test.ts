import { Match } from 'aws-cdk-lib/assertions';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { type AuditEvent, auditLine } from '../../../domain/audit-event.ts';
import { lossMetrics } from '../../../domain/audit/loss.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { vendorCaId } from '../../../domain/identifiers.ts';
import { compileFilterPattern } from '../../../local/logs/filter/filter-pattern.ts';
import { aDeviceKey } from '../../builders/device-certificate.ts';
import { anEnrollment, anEvent } from '../../builders/enrollment.ts';
import { aHookEvent } from '../../builders/hook-event.ts';
import { aLineSettings } from '../../builders/line-settings.ts';
import { aHook, stockedStore } from '../../lambdas/pre-provisioning-hook/hook-fixture.ts';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const { onboarding, audit } = synthesize();
const [device, thief] = [await aDeviceKey(), await aDeviceKey()];

const patternOf = (metricName: string): string => {
  const found = resourcesOfType(onboarding, 'AWS::Logs::MetricFilter').find(({ properties }) =>
    JSON.stringify(properties['MetricTransformations']).includes(`"${metricName}"`),
  );
  return String(found?.properties['FilterPattern']);
};
const isDecision = compileFilterPattern(patternOf(lossMetrics.decisionsLogged));
const vendor = z.parse(vendorCaId, 'ab'.repeat(32));
const decisionsIn = (events: readonly AuditEvent[]): number => events.filter((event) => isDecision(auditLine(event))).length;

describe('The comparison of counts takes for a decision of the hook', () => {
  const elsewhere = 'arn:aws:iot:eu-west-1:111122223333:provisioningtemplate/x';
  const calls: readonly { readonly what: string; readonly event: unknown; readonly enrollment?: Enrollment }[] = [
    { what: 'that lets a device in', event: aHookEvent(device.certificatePem) },
    { what: 'that refuses a serial', event: aHookEvent(device.certificatePem, { parameters: { SerialNumber: 'SN-2' } }) },
    { what: 'of a request that is none', event: {} },
    { what: 'for another template', event: aHookEvent(device.certificatePem, { templateArn: elsewhere }) },
    {
      what: 'about a second key',
      event: aHookEvent(thief.certificatePem),
      enrollment: anEnrollment({ state: 'admitted', boundKey: device.digest }),
    },
  ];

  test.each(calls)('exactly one event of a call $what', async ({ event, enrollment }) => {
    const { call, events } = aHook(await stockedStore(enrollment));
    await call(event);
    expect(decisionsIn(events)).toBe(1);
  });

  test('exactly one event of a call that makes a device wait, which is on record by another', async () => {
    const lines = [aLineSettings({ attestation: 'serial-only', approval: 'operator' })];
    const { call, events } = aHook(await stockedStore(), { lines });
    await call(aHookEvent(device.certificatePem));
    expect([events.map(({ code }) => code), decisionsIn(events)]).toEqual([['admission.held', 'admission.refused'], 1]);
  });

  test('exactly one, whatever it is called with', async () => {
    const store = await stockedStore();
    const anything = fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...Object.keys(aHookEvent('')), 'other'), fc.anything()));
    await fc.assert(
      fc.asyncProperty(anything, async (event) => {
        const { call, events } = aHook(store);
        await call(event);
        expect(decisionsIn(events)).toBe(1);
      }),
      { numRuns: 30 },
    );
  });

  test('nothing of those who let devices in without it', () => {
    const others: readonly AuditEvent[] = [
      anEvent({ code: 'admission.granted', vendorCaId: vendor }),
      anEvent({ code: 'admission.refused', vendorCaId: vendor }),
      anEvent({ code: 'admission.granted', actor: { kind: 'operator', arn: 'arn:aws:iam::111122223333:user/ann' } }),
      anEvent({ code: 'connection.refused' }),
    ];
    expect(decisionsIn(others)).toBe(0);
  });
});

describe('The comparison of counts', () => {
  test('takes for an event what the subscription hands over to be sealed', () => {
    const [subscription] = resourcesOfType(audit, 'AWS::Logs::SubscriptionFilter');
    expect(patternOf(lossMetrics.eventsLogged)).toBe(subscription?.properties['FilterPattern']);
  });

  test('is made every fifteen minutes, once both ends count', () => {
    onboarding.hasResource('AWS::Events::Rule', {
      Properties: {
        ScheduleExpression: 'rate(15 minutes)',
        Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Completeness'), 'Arn'] } })],
      },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^CompletenessCount')]),
    });
  });

  test('reads metrics and what the staging bucket has, and writes one object there', () => {
    const policies = resourcesOfType(onboarding, 'AWS::IAM::Policy').filter(({ logicalId }) => logicalId.startsWith('Completeness'));
    const text = JSON.stringify(policies);
    const actions = [...new Set(text.match(/"(s3|kms|cloudwatch|dynamodb|lambda|iot):(?!ViaService)[A-Za-z*]+"/g))].toSorted();
    expect(actions.map((action) => JSON.parse(action) as unknown)).toEqual([
      ...['cloudwatch:GetMetricData', 'kms:Decrypt', 'kms:GenerateDataKey', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
    ]);
    expect(text).toContain('/balance.json');
    expect(text).not.toContain('/intake');
  });

  test('that nobody makes rings, while others report: silence counts as none', () => {
    onboarding.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ ($.AuditMinutesCompared >= 0) }',
      MetricTransformations: [Match.objectLike({ MetricName: 'AuditComparingReports', MetricValue: '1', DefaultValue: 0 })],
    });
    onboarding.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...{ AlarmName: 'muster-audit-uncompared', MetricName: 'AuditComparingReports', Namespace: 'Muster/muster' },
      ...{ Threshold: 1, ComparisonOperator: 'LessThanThreshold', Period: 3600, EvaluationPeriods: 2 },
    });
  });

  test('knows the hook where there is one, and rings for its decisions then alone', () => {
    const named = (template: typeof onboarding) =>
      resourcesOfType(template, 'AWS::CloudWatch::Alarm').map(({ properties }) => String(properties['AlarmName']));
    expect(named(onboarding)).toEqual(expect.arrayContaining(['muster-decisions-lost', 'muster-events-lost']));
    const without = synthesize({ configuration: { lines: [{ name: 'valve', approaches: ['psk'] }] } }).onboarding;
    expect(named(without)).toContain('muster-events-lost');
    expect(named(without)).not.toContain('muster-decisions-lost');
    expect(JSON.stringify(without.toJSON())).not.toContain('HOOK_NAME');
  });
});
