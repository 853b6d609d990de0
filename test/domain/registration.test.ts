import type { DeviceFacts } from '../../domain/registration.ts';
import { isAsSaid } from '../../domain/registration.ts';
import { aKey, aLine, aSerial, aTenant } from '../builders/identifiers.ts';

const facts: DeviceFacts = {
  line: aLine(),
  serialNumber: aSerial(),
  tenant: aTenant(),
  approach: 'pki',
  requirement: { codeKey: 'k' },
};

describe('A device that is enrolled is as a manifest says', () => {
  test('also when its code was used meanwhile, so that importing again changes nothing', () => {
    expect(isAsSaid({ ...facts, requirement: { codeKey: 'k', codeUsedBy: aKey('device') } }, facts)).toBe(true);
  });

  test('unless it must prove something else', () => {
    expect(isAsSaid({ ...facts, requirement: { codeKey: 'another', codeUsedBy: aKey('device') } }, facts)).toBe(false);
    expect(isAsSaid({ ...facts, requirement: { codeUsedBy: aKey('device') } }, facts)).toBe(false);
  });
});
