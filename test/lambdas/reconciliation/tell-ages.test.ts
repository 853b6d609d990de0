import { tellAges } from '../../../lambdas/reconciliation/tell-ages.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { aLine } from '../../builders/identifiers.ts';
import { recordedFleetGauge } from '../../fakes/recorded-fleet-gauge.ts';
import { DAY_MS } from './reconciliation-world.ts';

const meter = aLine('meter');
const certificate = { ...aCertificate('short-lived'), expiresAt: NOON + 6.5 * DAY_MS };

describe('The ages of credentials', () => {
  test('are told by line, of devices in use, in whole days; and in how many days those expire that do', () => {
    const { gauge, told } = recordedFleetGauge();
    const since = { credentialSince: NOON - 40.5 * DAY_MS };
    tellAges(
      gauge,
      [
        anEnrollment({ state: 'active', ...since }),
        anEnrollment({ line: meter, state: 'rotating', ...since, certificates: [certificate], certificateInUse: certificate.id }),
        anEnrollment({ line: meter, state: 'active' }),
        anEnrollment({ line: meter, state: 'revoked', ...since }),
      ],
      NOON,
    );
    expect(told).toEqual([
      { line: 'sensor', measured: { CredentialAgeDays: [40], CredentialDaysLeft: [] } },
      { line: 'meter', measured: { CredentialAgeDays: [40], CredentialDaysLeft: [6] } },
    ]);
  });
});
