import fc from 'fast-check';
import { clientIdLinesOf, clientIdsInUse, deviceByClientId, parseClientIdLines } from '../../domain/client-id.ts';
import { parseConfiguration } from '../../domain/configuration.ts';
import { thingNameOf } from '../../domain/thing-name.ts';
import { anEnrollment } from '../builders/enrollment.ts';
import { aLine, aSerial } from '../builders/identifiers.ts';

const lines = [{ name: aLine('meter'), clientIdPath: 'projects/p1/devices' }, { name: aLine('lamp') }];

const anySerial = fc.oneof(fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/), fc.stringMatching(/^[A-Za-z0-9._~ä-]{1,60}$/));

describe('A client id', () => {
  test('that is the name of a thing tells its line, and its serial number where that stands in it', () => {
    expect(deviceByClientId('muster', lines, 'muster:lamp:SN-1')).toEqual({
      thingName: 'muster:lamp:SN-1',
      line: 'lamp',
      serialNumber: 'SN-1',
    });
    const digest = thingNameOf('muster', aLine('lamp'), aSerial('SN 1'));
    expect(deviceByClientId('muster', lines, digest)).toEqual({ thingName: digest, line: 'lamp' });
  });

  test('of another service tells line and serial number by its path', () => {
    expect(deviceByClientId('muster', lines, 'projects/p1/devices/SN-1')).toEqual({
      thingName: 'muster:meter:SN-1',
      line: 'meter',
      serialNumber: 'SN-1',
    });
  });

  test.each([
    'muster',
    'muster:',
    'muster:lamp',
    'muster:lamp:',
    'muster:LAMP:SN-1',
    'muster2:lamp:SN-1',
    'muster:lamp:SN 1',
    'muster-claim-lamp-0a1b',
    '$GEN/0a1b',
    'projects/p1/devices',
    'projects/p1/devices/',
    'projects/p1/devices/ SN-1',
    'projects/p1/devices/a/SN-1',
    'projects/p2/devices/SN-1',
    'p1/devices/SN-1',
    '',
  ])('that is none of these belongs to nobody: "%s"', (clientId) => {
    expect(deviceByClientId('muster', lines, clientId)).toBeUndefined();
  });

  test('that a device may use leads back to its thing', () => {
    fc.assert(
      fc.property(anySerial, fc.constantFrom('meter', 'lamp'), (serial, line) => {
        const enrollment = anEnrollment({ line: aLine(line), serialNumber: aSerial(serial) });
        const found = clientIdsInUse(lines, enrollment).map((clientId) => deviceByClientId('muster', lines, clientId)?.thingName);
        expect(found).toEqual(line === 'meter' ? [enrollment.thingName, enrollment.thingName] : [enrollment.thingName]);
      }),
    );
  });

  test('that a device used is kept in mind, once, while a line has its path', () => {
    const idsOf = (connectsAs: string) => clientIdsInUse(lines, anEnrollment({ line: aLine('meter'), connectsAs }));
    const known = ['muster:meter:SN-1', 'projects/p1/devices/SN-1'];
    expect(idsOf('projects/p1/devices/SN-1')).toEqual(known);
    expect(idsOf('projects/p1/devices/other')).toEqual([...known, 'projects/p1/devices/other']);
    expect(idsOf('gone/SN-1')).toEqual(known);
  });
});

test('Lines whose devices keep their client ids are read as they were written', () => {
  const configuration = parseConfiguration({ lines: [{ name: 'meter', clientIds: { path: 'a/b' } }, { name: 'lamp' }] }, ['pki']);
  expect(parseClientIdLines(JSON.stringify(clientIdLinesOf(configuration)))).toEqual([{ name: 'meter', clientIdPath: 'a/b' }]);
});
