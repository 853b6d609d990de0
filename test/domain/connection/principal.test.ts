import { clockPrincipalOf, principalOf } from '../../../domain/connection/principal.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';

const thing = (serial: string, line = 'meter') => thingNameOf('muster', aLine(line), aSerial(serial));

describe('The principal of a device', () => {
  test('has letters and digits only, at most 128 of them', () => {
    for (const principal of [principalOf(thing('SN-1')), clockPrincipalOf(thing('SN 1'))])
      expect(principal).toMatch(/^[a-zA-Z0-9]{1,128}$/);
  });

  test('is its own, and another while it may only ask what time it is', () => {
    const names = [thing('SN-1'), thing('SN-2'), thing('SN-1', 'lamp')];
    const principals = [...names.map(principalOf), ...names.map(clockPrincipalOf)];
    expect(new Set(principals).size).toBe(principals.length);
  });
});
