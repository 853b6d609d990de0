import { auditedChecks, isCompromising } from '../../../domain/defender/audited-checks.ts';
import { type DefenderFinding, defenderFoundEvent } from '../../../domain/defender/defender-finding.ts';
import { auditChecks } from '../../../local/iot/defender/audit-checks.data.ts';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { aCertificateId } from '../../builders/identifiers.ts';

const aFinding = (more: Partial<DefenderFinding> = {}): DefenderFinding => ({
  ...{ id: 'finding-1', check: 'DEVICE_CERTIFICATE_SHARED_CHECK', reason: 'CERTIFICATE_SHARED_BY_MULTIPLE_DEVICES' },
  ...{ at: NOON, isSuppressed: false, ...more },
});

describe('The checks of audits', () => {
  test('are checks of AWS, all but those of what a deployment does not have', () => {
    const left = Object.keys(auditChecks).filter((name) => !auditedChecks.some((check) => check === name));
    expect(auditedChecks.filter((check) => !Object.hasOwn(auditChecks, check))).toEqual([]);
    expect(left.filter((name) => !/COGNITO|ROLE_ALIAS/.test(name))).toEqual([]);
  });

  test('tell a credential in other hands from one that grows old', () => {
    expect(auditedChecks.filter(isCompromising)).toEqual([
      'DEVICE_CERTIFICATE_KEY_QUALITY_CHECK',
      'DEVICE_CERTIFICATE_SHARED_CHECK',
      'REVOKED_DEVICE_CERTIFICATE_STILL_ACTIVE_CHECK',
    ]);
  });
});

describe('The record of a finding', () => {
  test('names check, reason and device, under the id of the finding', () => {
    const certificateId = aCertificateId('first');
    const finding = aFinding({ certificate: { certificateId, arn: 'arn' } });
    expect(defenderFoundEvent(finding, anEnrollment())).toMatchObject({
      ...{ id: 'defender-finding-1', at: NOON, code: 'defender.found', actor: { kind: 'service', name: 'device-defender' } },
      ...{ operation: finding.check, awsReason: finding.reason, certificateId, line: 'sensor', serialNumber: 'SN-1' },
    });
  });

  test('names what it is about where that is no device', () => {
    expect(defenderFoundEvent(aFinding({ resource: 'policy:3' }), undefined)).toMatchObject({ resource: 'policy:3' });
    expect(defenderFoundEvent(aFinding({ clientId: 'somebody' }), undefined)).toMatchObject({ resource: 'somebody' });
    expect(defenderFoundEvent(aFinding({ clientId: 'muster:sensor:SN-1' }), anEnrollment())).not.toHaveProperty('resource');
  });
});
