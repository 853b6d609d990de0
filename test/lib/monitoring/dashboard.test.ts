import * as approaches from '../../../bin/approaches.ts';
import { faultsOfBody } from '../../../local/cloudwatch/dashboards/dashboard-body.ts';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const configuration = { prefix: 'my-fleet', lines: [{ name: 'sensor' }, { name: 'valve', approaches: ['psk'] }] };
const [dashboard] = resourcesOfType(synthesize({ configuration, approaches }).onboarding, 'AWS::CloudWatch::Dashboard');

const body = String(dashboard?.properties['DashboardBody']);

describe('The dashboard of the fleet', () => {
  test('is one that CloudWatch takes', () => {
    expect(dashboard?.properties['DashboardName']).toBe('my-fleet-fleet');
    // What stands for the ARNs of alarms is none before it is deployed.
    expect(faultsOfBody(body).filter(({ DataPath }) => !DataPath.startsWith('/widgets/1/properties/alarms/'))).toEqual([]);
  });

  test.each([
    ...['ClaimConnections', 'AdmissionsGranted', 'AdmissionsHeld', 'LineRefusals', 'DevicesActivated'],
    ...['Refusals', 'Duration', 'ConnectionsRefused', 'ClaimQuotaUsed', 'ClaimDaysLeft', 'CredentialAgeDays', 'CredentialDaysLeft'],
    ...['RotationOverdueHours', 'RotationsRunning', 'RotationsCompleted', 'ReconciliationFindings'],
  ])('shows %s', (metricName) => {
    expect(body).toMatch(new RegExp(`"${metricName}"|MetricName=\\\\"${metricName}\\\\"`));
  });

  test('shows the alarms of both stacks, first those that tell somebody', () => {
    const { widgets } = JSON.parse(body) as { widgets: { type: string; properties: { alarms: string[] } }[] };
    const alarms = widgets.find(({ type }) => type === 'alarm')?.properties.alarms ?? [];
    expect(alarms.filter((arn) => arn.includes('my-fleet-')).map((arn) => arn.split(':').at(-1))).toEqual([
      'my-fleet-contested',
      'my-fleet-unknown-claim',
      'my-fleet-reconciliation',
    ]);
    expect(alarms.length).toBeGreaterThan(8);
  });
});
