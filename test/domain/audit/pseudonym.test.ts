import * as fc from 'fast-check';
import { datumKinds, fieldMeanings } from '../../../domain/audit/event-fields.ts';
import { pseudonymized, pseudonymOf } from '../../../domain/audit/pseudonym.ts';
import { anyEvent } from '../../builders/any-event.ts';
import { anEvent } from '../../builders/enrollment.ts';
import { aCertificateId, aSerial, aTenant } from '../../builders/identifiers.ts';

const key = new Uint8Array(32).fill(7);

describe('A pseudonymized event', () => {
  test('says when, what and why, and not who or what it was about', () => {
    const event = anEvent({ code: 'device.revoked', serialNumber: aSerial('SN-1'), tenant: aTenant('acme'), note: 'stolen from Ann' });
    expect(pseudonymized(key, event)).toEqual({
      ...{ schemaVersion: 1, at: event.at, code: 'device.revoked', id: pseudonymOf(key, event.id) },
      ...{ serialNumber: pseudonymOf(key, 'SN-1'), tenant: pseudonymOf(key, 'acme') },
      actor: { kind: 'operator', arn: pseudonymOf(key, 'arn:aws:iam::111122223333:user/ann') },
    });
  });

  test('keeps together what belongs together, in whichever field it stands', () => {
    const certificateId = aCertificateId('one');
    const { certificateId: here, correlationId: there } = pseudonymized(key, anEvent({ certificateId, correlationId: certificateId }));
    expect(here).toBe(there);
    expect(pseudonymized(new Uint8Array(32), anEvent({ certificateId })).certificateId).not.toBe(here);
  });

  test('keeps the name of a service, and leaves out what it does not know', () => {
    const event = { ...anEvent({ actor: { kind: 'service', name: 'claim-sweep' } }), constructor: 'x', invented: 'SN-1' };
    const written = pseudonymized(key, event);
    expect(written.actor).toEqual({ kind: 'service', name: 'claim-sweep' });
    expect(Object.keys(written)).not.toEqual(expect.arrayContaining(['invented']));
    expect(Object.keys(written)).not.toEqual(expect.arrayContaining(['constructor']));
  });

  test('holds no value of a field that must not leave', () => {
    const kept = (name: string) =>
      Object.entries(fieldMeanings).some(([field, { datum }]) => field === name && datumKinds[datum].treatment === 'kept');
    fc.assert(
      fc.property(anyEvent, (event) => {
        const written = pseudonymized(key, event);
        for (const [name, value] of Object.entries(event))
          if (typeof value === 'string' && !kept(name)) expect(Object.entries(written)).not.toContainEqual([name, value]);
        expect(JSON.stringify(written)).not.toContain('note');
      }),
    );
  });
});
