import { isWanted } from '../../../domain/audit/audit-filter.ts';
import { anEvent } from '../../builders/enrollment.ts';
import { aClaimName, aLine, aSerial } from '../../builders/identifiers.ts';

const event = anEvent({ line: aLine('sensor'), serialNumber: aSerial('SN-1'), claim: aClaimName('batch-1') });

describe('An event is what is wanted', () => {
  test('where each field that is named has the value that is said', () => {
    expect(isWanted(event, {})).toBe(true);
    expect(isWanted(event, { line: 'sensor', serialNumber: 'SN-1' })).toBe(true);
    expect(isWanted(event, { line: 'sensor', serialNumber: 'SN-10' })).toBe(false);
    expect(isWanted(event, { tenant: 'acme' })).toBe(false);
  });

  test.each([
    ['arn:aws:iam::111122223333:user/ann', true],
    ['ann', true],
    ['nn', false],
    ['user/ann', false],
    ['', false],
  ])('where the operator is %s: %s', (actor, wanted) => {
    expect(isWanted(event, { actor })).toBe(wanted);
  });

  test('where the service has this name, and not by the end of it', () => {
    const swept = anEvent({ actor: { kind: 'service', name: 'claim-sweep' } });
    expect([isWanted(swept, { actor: 'claim-sweep' }), isWanted(swept, { actor: 'sweep' })]).toEqual([true, false]);
    expect(isWanted(anEvent({ actor: { kind: 'device' } }), { actor: 'device' })).toBe(false);
  });
});
