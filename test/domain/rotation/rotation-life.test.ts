import fc from 'fast-check';
import { decideActivation, retirementEvent, withoutRetired } from '../../../domain/activation.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { judgeCertificateRenewal, MAX_ROTATION_CERTIFICATES, refusalOfRenewal } from '../../../domain/rotation/judge-renewal.ts';
import { withOfferedCertificate } from '../../../domain/rotation/offer.ts';
import { rotationId } from '../../../domain/rotation/rotation.ts';
import { startRotation } from '../../../domain/rotation/start-rotation.ts';
import { withdrawRotation } from '../../../domain/rotation/withdraw-rotation.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import type { CertificateId } from '../../../domain/identifiers.ts';
import { aCertificateId, aKey } from '../../builders/identifiers.ts';
import * as z from 'zod/mini';

const HOUR_MS = 3_600_000;
const service = { kind: 'service', name: 'rotation-planner' } as const;

interface World {
  readonly enrollment: Enrollment;
  /** Certificates that AWS IoT lets in: none before it was written down, none after it was retired. */
  readonly accepted: ReadonlySet<string>;
  /** Those that the device has, with their keys. A device that loses its next key loses its certificates; never those in use. */
  readonly held: readonly { readonly id: string; readonly key: string }[];
  /** A certificate that somebody took out of use and has not struck off the list yet, and the version that they read. */
  readonly retiring?: { readonly id: CertificateId; readonly version: number };
  readonly at: number;
}

type Step =
  | { readonly does: 'start' | 'withdraw' | 'retire' | 'strike-off' | 'lose-next-key' | 'let-time-pass' }
  | { readonly does: 'ask'; readonly key: string; readonly as: 'first' | 'newest'; readonly isHeard: boolean }
  | { readonly does: 'connect'; readonly with: number };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constantFrom('start', 'withdraw', 'retire', 'strike-off', 'lose-next-key', 'let-time-pass') }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('ask' as const),
      key: fc.constantFrom('device', 'second', 'third'),
      as: fc.constantFrom('first', 'newest'),
      isHeard: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('connect' as const), with: fc.nat(4) }) },
);

const birth = aCertificate('birth', { key: aKey('device') });
// As after a claim whose first answer was lost: two certificates of one key, one of them never seen.
const spare = aCertificate('spare', { key: aKey('device'), issuedAt: NOON + 1 });
const beginning: World = {
  enrollment: anEnrollment({ state: 'active', boundKey: birth.key, certificates: [birth, spare], certificateInUse: birth.id }),
  accepted: new Set([birth.id, spare.id]),
  held: [birth, spare].map(({ id }) => ({ id, key: 'device' })),
  at: NOON,
};

const changedOf = (world: World, change: ReturnType<typeof startRotation>): World =>
  change.outcome === 'changed' ? { ...world, enrollment: change.enrollment } : world;

const ask = (world: World, step: Extract<Step, { does: 'ask' }>): World => {
  const { enrollment, held, at } = world;
  const principal = (step.as === 'first' ? held[0] : held.at(-1))?.id ?? 'nobody';
  // AWS IoT lets in who holds a certificate that is active, and nobody else.
  if (enrollment.rotation === undefined || !world.accepted.has(principal)) return world;
  const { line, serialNumber, approach, rotation } = enrollment;
  const request = { rotation: rotation.id, principal, line, serialNumber, approach, at };
  if (refusalOfRenewal(enrollment, request) !== undefined) return world;
  const judgement = judgeCertificateRenewal(enrollment, aKey(step.key), { sameKey: false });
  if (judgement.ruling === 'refuse') return world;
  const hear = (heard: World, id: string): World => (step.isHeard ? { ...heard, held: [...heard.held, { id, key: step.key }] } : heard);
  if (judgement.ruling === 'again') return hear(world, judgement.certificate.id);
  const id = aCertificateId(`issued at ${at}`);
  const next = withOfferedCertificate(enrollment, { id, key: aKey(step.key), issuedAt: at }, { id: `offer-${at}`, at });
  return hear({ ...world, enrollment: next, accepted: new Set([...world.accepted, id]) }, id);
};

const connect = (world: World, index: number): World => {
  const certificate = world.held[index % Math.max(world.held.length, 1)];
  if (certificate === undefined || !world.accepted.has(certificate.id)) return world;
  const sighting = { certificateId: aCertificateIdOf(world, certificate.id), at: world.at, eventId: `session-${world.at}` };
  return { ...world, enrollment: decideActivation(world.enrollment, sighting) ?? world.enrollment };
};

const aCertificateIdOf = ({ enrollment }: World, id: string) =>
  enrollment.certificates.find((one) => one.id === id)?.id ?? aCertificateId('unknown');

// First at AWS IoT, then on the list: power may fail between, and others may write.
const retire = (world: World): World => {
  const [id] = world.enrollment.toRetire;
  if (id === undefined) return world;
  const accepted = new Set([...world.accepted].filter((one) => one !== id));
  return { ...world, accepted, retiring: { id, version: world.enrollment.version } };
};

const strikeOff = ({ retiring, ...world }: World): World => {
  if (retiring?.version !== world.enrollment.version) return world;
  const event = retirementEvent(world.enrollment, retiring.id, { id: `retired-${retiring.id}`, at: world.at });
  return { ...world, enrollment: withoutRetired(world.enrollment, retiring.id, event) };
};

const take = (before: World, step: Step): World => {
  const world = { ...before, at: before.at + 1_000 };
  const stamp = { id: `event-${world.at}`, at: world.at, actor: service };
  switch (step.does) {
    case 'start': {
      const id = z.parse(rotationId, `muster-sensor-${world.at}`);
      return changedOf(world, startRotation(world.enrollment, stamp, { id, until: world.at + HOUR_MS }));
    }
    case 'withdraw':
      return changedOf(world, withdrawRotation(world.enrollment, stamp));
    case 'retire':
      return retire(world);
    case 'strike-off':
      return strikeOff(world);
    case 'lose-next-key':
      return { ...world, held: world.held.filter(({ id }) => id === world.enrollment.certificateInUse) };
    case 'let-time-pass':
      return { ...world, at: world.at + 2 * HOUR_MS };
    case 'ask':
      return ask(world, step);
    case 'connect':
      return connect(world, step.with);
  }
};

const settle = (world: World): World => {
  const stamp = { id: 'settling', at: world.at, actor: service };
  let settled = changedOf(world, withdrawRotation(world.enrollment, stamp));
  while (settled.enrollment.toRetire.length > 0) settled = strikeOff(retire(settled));
  return settled;
};

const worldsOf = (steps: readonly Step[]): readonly World[] => {
  const worlds = [beginning];
  for (const step of steps) worlds.push(take(worlds.at(-1) ?? beginning, step));
  return worlds;
};

const anyLife = fc.array(anyStep, { maxLength: 40 });

describe('The rotation of a certificate, whatever happens in whichever order', () => {
  test('leaves the device one that is accepted, always', () => {
    fc.assert(
      fc.property(anyLife, (steps) => {
        for (const { held, accepted } of worldsOf(steps)) expect(held.some(({ id }) => accepted.has(id))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('leaves exactly one that is accepted, once it has settled', () => {
    fc.assert(
      fc.property(anyLife, (steps) => {
        const settled = settle(worldsOf(steps).at(-1) ?? beginning);
        const spares = settled.enrollment.certificateInUse === birth.id ? [spare.id] : [];
        expect([...settled.accepted]).toEqual([settled.enrollment.certificateInUse, ...spares]);
        expect(settled.enrollment.state).toBe('active');
      }),
      { numRuns: 2_000 },
    );
  });

  test('is bounded in what it issues', () => {
    fc.assert(
      fc.property(anyLife, (steps) => {
        for (const { enrollment } of worldsOf(steps)) {
          const ofThis = enrollment.certificates.filter(({ correlationId }) => correlationId === enrollment.rotation?.id);
          expect(enrollment.rotation === undefined || ofThis.length <= MAX_ROTATION_CERTIFICATES).toBe(true);
        }
      }),
    );
  });

  test('is told in the enrollment while it is under way, and never else', () => {
    fc.assert(
      fc.property(anyLife, (steps) => {
        for (const { enrollment } of worldsOf(steps)) expect(enrollment.rotation !== undefined).toBe(enrollment.state === 'rotating');
      }),
    );
  });

  test('completes only by a connection with what it offered', () => {
    fc.assert(
      fc.property(anyLife, (steps) => {
        const worlds = worldsOf(steps);
        for (const [index, step] of steps.entries()) {
          const [before, after] = [worlds[index], worlds[index + 1]];
          if (before?.enrollment.certificateInUse !== after?.enrollment.certificateInUse) expect(step.does).toBe('connect');
        }
      }),
    );
  });
});
