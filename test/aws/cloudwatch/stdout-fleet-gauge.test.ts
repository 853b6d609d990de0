import { createStdoutFleetGauge } from '../../../aws/cloudwatch/stdout-fleet-gauge.ts';
import { type FleetGauge, fleetMetrics } from '../../../domain/monitoring/fleet-gauge.ts';
import { MetricStore } from '../../../local/cloudwatch/metric-store.ts';
import { createLogsService } from '../../../local/logs/logs-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { aLine } from '../../builders/identifiers.ts';
import { testAccount, testStartMs } from '../../local/service-endpoint.ts';

const clock = new ManualClock(testStartMs);

/** The metrics that CloudWatch makes of what a function writes. */
const metricsOf = (act: (gauge: FleetGauge) => void): readonly unknown[] => {
  const metrics = new MetricStore(clock);
  const logs = createLogsService({ account: testAccount, clock });
  logs.measureWith(metrics);
  const write = (text: string): boolean => {
    logs.append('/aws/lambda/f', 's', text.trimEnd());
    return true;
  };
  act(createStdoutFleetGauge({ prefix: 'my-fleet', clock, out: { write } }));
  const minute = testStartMs / 60_000;
  const made = metrics.list().filter(({ identity }) => identity.namespace === 'Muster/my-fleet');
  return made.map((metric) => [
    metric.identity.metricName,
    metric.identity.dimensions,
    ...metric.between(minute, minute + 1).map(([, all]) => all),
  ]);
};

describe('What is measured of a line', () => {
  test('is read by CloudWatch from the log, for the line and for the whole deployment', () => {
    const made = metricsOf((gauge) => {
      gauge.tell(aLine('meter'), { [fleetMetrics.credentialAge]: [3, 400], [fleetMetrics.credentialDaysLeft]: [] });
    });
    const both = { sampleCount: 2, sum: 403, minimum: 3, maximum: 400 };
    expect(made).toEqual([
      ['CredentialAgeDays', { Line: 'meter' }, both],
      ['CredentialAgeDays', {}, both],
    ]);
  });

  test('is not told where nothing was measured', () => {
    const made = metricsOf((gauge) => {
      gauge.tell(aLine('meter'), { [fleetMetrics.credentialAge]: [] });
    });
    expect(made).toEqual([]);
  });
});
