import fc from 'fast-check';
import * as z from 'zod/mini';
import { rotationSettings } from '../../../domain/rotation/rotation-settings.ts';
import { rotationDueAt, scheduled, scheduledBy, waitAfterFailures } from '../../../domain/rotation/schedule.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';

const DAY_MS = 86_400_000;
const settings = (raw: object = {}) => z.parse(rotationSettings, raw);
const thingOf = (serial: string) => thingNameOf('muster', aLine(), aSerial(serial));

const anySettings = fc.record({
  everyDays: fc.integer({ min: 1, max: 3650 }),
  beforeExpiryDays: fc.integer({ min: 1, max: 3650 }),
  jitter: fc.double({ min: 0, max: 0.5, noNaN: true }),
});
const anySerial = fc.stringMatching(/^[A-Z0-9]{1,12}$/);

describe('When a credential is due', () => {
  test('is after so many days in use, or so many days before it expires, whichever comes first', () => {
    const exact = settings({ everyDays: 100, beforeExpiryDays: 10, jitter: 0 });
    const one = { thingName: thingOf('SN-1'), since: NOON };
    expect(rotationDueAt(exact, one)).toBe(NOON + 100 * DAY_MS);
    expect(rotationDueAt(exact, { ...one, expiresAt: NOON + 60 * DAY_MS })).toBe(NOON + 50 * DAY_MS);
    expect(rotationDueAt(exact, { ...one, expiresAt: NOON + 900 * DAY_MS })).toBe(NOON + 100 * DAY_MS);
  });

  // A grace of any kind must never turn round: it is the older credentials that are due, never only the younger ones.
  test('F15: of two credentials of a device, never that of the younger before that of the older by more than the jitter', () => {
    fc.assert(
      fc.property(anySettings, anySerial, fc.nat(4000 * DAY_MS), fc.nat(4000 * DAY_MS), (some, serial, one, other) => {
        const thingName = thingOf(serial);
        const [older, younger] = [Math.min(one, other), Math.max(one, other)];
        const slack = some.jitter * some.everyDays * DAY_MS + 1;
        expect(rotationDueAt(some, { thingName, since: older })).toBeLessThanOrEqual(
          rotationDueAt(some, { thingName, since: younger }) + slack,
        );
      }),
    );
  });

  test('is never before the credential was issued, never later than its age allows, and never after it expired', () => {
    fc.assert(
      fc.property(anySettings, anySerial, fc.nat(4000 * DAY_MS), fc.nat(4000 * DAY_MS), (some, serial, since, life) => {
        const expiresAt = since + life;
        const due = rotationDueAt(some, { thingName: thingOf(serial), since, expiresAt });
        expect(due).toBeGreaterThanOrEqual(since);
        expect(due).toBeLessThanOrEqual(Math.min(since + some.everyDays * DAY_MS, Math.max(since, expiresAt)));
      }),
    );
  });

  test('is the same whenever it is asked, and differs among devices of one day', () => {
    const due = (serial: string) => rotationDueAt(settings(), { thingName: thingOf(serial), since: NOON });
    const serials = Array.from({ length: 1000 }, (_, index) => `SN-${index}`);
    expect(serials.map(due)).toEqual(serials.map(due));
    const days = new Set(serials.map((serial) => Math.floor((due(serial) - NOON) / DAY_MS)));
    expect(days.size).toBeGreaterThan(30);
  });
});

describe('An enrollment', () => {
  const inUse = aCertificate('in-use', { expiresAt: NOON + 60 * DAY_MS });
  const active = anEnrollment({ state: 'active', certificates: [inUse], certificateInUse: inUse.id, credentialSince: NOON });
  const exact = settings({ beforeExpiryDays: 10, jitter: 0 });

  test('is due by what its certificate in use says, and not by one that it does not use', () => {
    const sooner = aCertificate('unused', { expiresAt: NOON + 20 * DAY_MS });
    const enrollment = { ...active, certificates: [sooner, inUse] };
    expect(scheduled(enrollment, exact).rotateAt).toBe(NOON + 50 * DAY_MS);
  });

  test('is the same object where nothing changes', () => {
    const once = scheduled(active, exact);
    expect(scheduled(once, exact)).toBe(once);
  });

  test('is not due on a line that rotates nothing, or before it has a credential', () => {
    expect(scheduled({ ...active, rotateAt: NOON }, undefined).rotateAt).toBeUndefined();
    expect(scheduled(anEnrollment({ rotateAt: NOON }), exact).rotateAt).toBeUndefined();
  });

  test('goes by the settings of its own line', () => {
    expect(scheduledBy([{ line: active.line, settings: exact }], active).rotateAt).toBe(NOON + 50 * DAY_MS);
    expect(scheduledBy([{ line: aLine('another'), settings: exact }], active).rotateAt).toBeUndefined();
  });
});

test('Who fails is asked again after a day, after twice as long each time, and after sixteen days at most', () => {
  expect([1, 2, 3, 4, 5, 6, 100].map((failures) => waitAfterFailures(failures) / DAY_MS)).toEqual([1, 2, 4, 8, 16, 16, 16]);
});
