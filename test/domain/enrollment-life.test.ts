import fc from 'fast-check';
import { decideActivation, retirementEvent, withoutRetired } from '../../domain/activation.ts';
import { decideAdmission } from '../../domain/admission.ts';
import { MAX_UNSEEN_CERTIFICATES } from '../../domain/admission/device-judgement.ts';
import type { Claim } from '../../domain/claim.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import { type Transition, follow } from '../../domain/enrollment-state.ts';
import { anAdmissionRequest } from '../builders/admission-request.ts';
import { aClaim } from '../builders/claim.ts';
import { NOON, anEnrollment } from '../builders/enrollment.ts';
import { aCertificateId, aKey } from '../builders/identifiers.ts';

interface World {
  readonly enrollment: Enrollment;
  readonly claim: Claim;
  /** Milliseconds since noon, and the number of certificates issued so far. */
  readonly steps: number;
}

type Step =
  | { readonly does: 'ask'; readonly key: string }
  | { readonly does: 'connect'; readonly certificate: number; readonly delay: number }
  | { readonly does: 'retire' }
  | { readonly does: 'change'; readonly transition: Transition };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('ask' as const), key: fc.constantFrom('device', 'clone', 'thief') }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('connect' as const), certificate: fc.nat(30), delay: fc.nat(10) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('retire' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('change' as const), transition: fc.constantFrom('quarantine' as const, 'release' as const) }),
  },
);

const nameOf = (step: number) => aCertificateId(`issued at step ${step}`);

const ask = (world: World, key: string): World => {
  const { enrollment, claim, steps } = world;
  const verdict = decideAdmission(anAdmissionRequest({ at: NOON + steps, certificateId: nameOf(steps), claim, enrollment }, aKey(key)));
  if (verdict.verdict === 'refuse') return world;
  return { ...world, enrollment: verdict.enrollment, claim: verdict.costsQuota ? { ...claim, admitted: claim.admitted + 1 } : claim };
};

const connect = (world: World, certificate: number, delay: number): World => {
  const sighting = {
    certificateId: nameOf(certificate),
    at: NOON + Math.max(world.steps - delay, certificate),
    eventId: `session-${world.steps}`,
  };
  return { ...world, enrollment: decideActivation(world.enrollment, sighting) ?? world.enrollment };
};

const retire = (world: World): World => {
  const [certificate] = world.enrollment.toRetire;
  if (certificate === undefined) return world;
  const event = retirementEvent(world.enrollment, certificate, { id: `retired-${certificate}`, at: NOON + world.steps });
  return { ...world, enrollment: withoutRetired(world.enrollment, certificate, event) };
};

const change = (world: World, transition: Transition): World => {
  const { quarantinedFrom, ...rest } = world.enrollment;
  const standing = follow({ state: rest.state, ...(quarantinedFrom === undefined ? {} : { quarantinedFrom }) }, transition);
  return standing === undefined ? world : { ...world, enrollment: { ...rest, ...standing, version: rest.version + 1 } };
};

const take = (world: World, step: Step): World => {
  switch (step.does) {
    case 'ask':
      return ask(world, step.key);
    case 'connect':
      return connect(world, step.certificate, step.delay);
    case 'retire':
      return retire(world);
    case 'change':
      return change(world, step.transition);
  }
};

const beginning: World = { enrollment: anEnrollment(), claim: aClaim(), steps: 0 };

const live = (steps: readonly Step[]): readonly World[] =>
  steps.reduce<readonly World[]>(
    (lived, step) => {
      const world = lived.at(-1) ?? beginning;
      return [...lived, { ...take(world, step), steps: world.steps + 1 }];
    },
    [beginning],
  );

const always = (holds: (world: World, before: World) => void): void => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
      const lived = live(steps);
      lived.slice(1).forEach((world, index) => {
        holds(world, lived[index] ?? beginning);
      });
    }),
    { numRuns: 300 },
  );
};

describe('Through any life, with clones and thieves about,', () => {
  test('F1: the key that a serial is bound to never changes', () => {
    always(({ enrollment }, before) => {
      if (before.enrollment.boundKey !== undefined) expect(enrollment.boundKey).toBe(before.enrollment.boundKey);
    });
  });

  test('every certificate is of the bound key', () => {
    always(({ enrollment }) => {
      expect(enrollment.certificates.every(({ key }) => key === enrollment.boundKey)).toBe(true);
    });
  });

  test('the certificate in use is held, and is never to be retired', () => {
    always(({ enrollment }) => {
      if (enrollment.certificateInUse === undefined) return;
      expect(enrollment.certificates.map(({ id }) => id)).toContain(enrollment.certificateInUse);
      expect(enrollment.toRetire).not.toContain(enrollment.certificateInUse);
    });
  });

  test('only certificates that are held are to be retired', () => {
    always(({ enrollment }) => {
      expect(enrollment.certificates.map(({ id }) => id)).toEqual(expect.arrayContaining([...enrollment.toRetire]));
    });
  });

  test('F14: an admission retires nothing', () => {
    always(({ enrollment }, before) => {
      if (enrollment.lastEvent.code === 'admission.granted' && enrollment !== before.enrollment) {
        expect(enrollment.toRetire).toEqual(before.enrollment.toRetire);
      }
    });
  });

  test('a serial costs its claim one of its quota, however often it comes', () => {
    always(({ claim, enrollment }) => {
      expect(claim.admitted).toBe(enrollment.countedAgainst === undefined ? 0 : 1);
    });
  });

  test(`no more than ${MAX_UNSEEN_CERTIFICATES} certificates are out unseen`, () => {
    always(({ enrollment }) => {
      const unseen = enrollment.certificates.filter(({ id }) => id !== enrollment.certificateInUse && !enrollment.toRetire.includes(id));
      expect(unseen.length).toBeLessThanOrEqual(MAX_UNSEEN_CERTIFICATES);
    });
  });

  test('a version is one more than the one before it, or nothing was written', () => {
    always(({ enrollment }, before) => {
      expect(enrollment === before.enrollment || enrollment.version === before.enrollment.version + 1).toBe(true);
    });
  });
});
