import fc from 'fast-check';
import { decideActivation, retirementEvent, withoutRetired } from '../../domain/activation.ts';
import { decideAdmission } from '../../domain/admission.ts';
import { type Attestation, attestations } from '../../domain/attestation.ts';
import { approve } from '../../domain/changes/approve.ts';
import { type Change, type ChangeStamp } from '../../domain/changes/change.ts';
import { confirm } from '../../domain/changes/confirm.ts';
import { quarantine } from '../../domain/changes/quarantine.ts';
import { readmit } from '../../domain/changes/readmit.ts';
import { release } from '../../domain/changes/release.ts';
import { resolve } from '../../domain/changes/resolve.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { KeyDigest } from '../../domain/identifiers.ts';
import type { LineSettings } from '../../domain/line-settings.ts';
import { anAdmissionRequest } from '../builders/admission-request.ts';
import { NOON, anEnrollment } from '../builders/enrollment.ts';
import { aCertificateId, aKey } from '../builders/identifiers.ts';
import { aLineSettings } from '../builders/line-settings.ts';

interface World {
  readonly line: LineSettings;
  readonly enrollment: Enrollment;
  readonly steps: number;
  /** Keys that an operator let in by approving, readmitting or keeping them. */
  readonly blessed: readonly KeyDigest[];
  /** What the last step wrote. */
  readonly wrote: 'nothing' | 'admission' | 'asking' | 'operator' | 'service';
}

const keys = ['device', 'thief', 'third'] as const;
const anyKey = fc.constantFrom(...keys);

type Step =
  | { readonly does: 'ask'; readonly key: string; readonly proves: Attestation }
  | { readonly does: 'connect'; readonly certificate: number }
  | { readonly does: 'retire' | 'confirm' | 'quarantine' | 'release' }
  | { readonly does: 'approve' | 'resolve' | 'readmit'; readonly key: string };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('ask' as const), key: anyKey, proves: fc.constantFrom(...attestations) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('connect' as const), certificate: fc.nat(25) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('approve' as const, 'resolve' as const, 'readmit' as const), key: anyKey }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constantFrom('retire' as const, 'confirm' as const, 'quarantine' as const, 'release' as const) }),
  },
);

const anyLine: fc.Arbitrary<LineSettings> = fc
  .record({
    attestation: fc.constantFrom(...attestations),
    approval: fc.constantFrom('none' as const, 'operator' as const),
    reprovision: fc.constantFrom('never' as const, 'replace' as const, 'released' as const),
  })
  .map(aLineSettings);

const certificateOf = (step: number) => aCertificateId(`issued at step ${step}`);

const ask = (world: World, key: string, attestation: Attestation): World => {
  const { enrollment, line, steps } = world;
  const at = NOON + steps;
  const verify = () => ({ accepted: true, key: aKey(key), attestation }) as const;
  const request = anAdmissionRequest({ at, settings: line, enrollment, certificateId: certificateOf(steps), verify });
  const verdict = decideAdmission(request);
  if (verdict.verdict === 'admit') return { ...world, enrollment: verdict.enrollment, wrote: 'admission' };
  return verdict.write === undefined ? world : { ...world, enrollment: verdict.write.enrollment, wrote: 'asking' };
};

const operate = (world: World, change: Change, blesses: readonly KeyDigest[] = []): World =>
  change.outcome === 'changed'
    ? { ...world, enrollment: change.enrollment, wrote: 'operator', blessed: [...world.blessed, ...blesses] }
    : world;

const serve = (world: World, enrollment: Enrollment | undefined): World =>
  enrollment === undefined ? world : { ...world, enrollment, wrote: 'service' };

const retire = ({ enrollment, steps }: World): Enrollment | undefined => {
  const [certificate] = enrollment.toRetire;
  if (certificate === undefined) return undefined;
  return withoutRetired(enrollment, certificate, retirementEvent(enrollment, certificate, { id: 'retired', at: NOON + steps }));
};

const take = (world: World, step: Step): World => {
  const { enrollment, line, steps } = world;
  const at = NOON + steps;
  const stamp: ChangeStamp = { id: `change-${steps}`, at, actor: { kind: 'operator', arn: 'arn' } };
  switch (step.does) {
    case 'ask':
      return ask(world, step.key, step.proves);
    case 'connect':
      return serve(
        world,
        decideActivation(enrollment, { certificateId: certificateOf(step.certificate), at, eventId: `session-${steps}` }),
      );
    case 'retire':
      return serve(world, retire(world));
    case 'confirm':
      return operate(world, confirm(enrollment, stamp));
    case 'quarantine':
      return operate(world, quarantine(enrollment, stamp));
    case 'release':
      return operate(world, release(enrollment, stamp));
    case 'approve':
      return operate(world, approve(enrollment, stamp, aKey(step.key)), [aKey(step.key)]);
    case 'resolve':
      return operate(world, resolve(enrollment, stamp, aKey(step.key)), [aKey(step.key)]);
    case 'readmit':
      return operate(world, readmit(enrollment, stamp, { until: at + 5, key: aKey(step.key), reprovision: line.reprovision }), [
        aKey(step.key),
      ]);
  }
};

const always = (holds: (world: World, before: World) => void): void => {
  fc.assert(
    fc.property(anyLine, fc.array(anyStep, { maxLength: 30 }), (line, steps) => {
      let before: World = { line, enrollment: anEnrollment(), steps: 0, blessed: [], wrote: 'nothing' };
      for (const step of steps) {
        const world = take({ ...before, wrote: 'nothing' }, step);
        holds(world, before);
        before = { ...world, steps: world.steps + 1 };
      }
    }),
    { numRuns: 400 },
  );
};

describe('Whatever devices, thieves and operators do on any line,', () => {
  test('F1: the bound key changes only for one that an operator or its own evidence let in', () => {
    always(({ enrollment, line, blessed }, before) => {
      const from = before.enrollment.boundKey;
      if (from === undefined || enrollment.boundKey === from || enrollment.boundKey === undefined) return;
      const mayReplace = line.reprovision === 'replace' && line.approval === 'none';
      expect(mayReplace || blessed.includes(enrollment.boundKey)).toBe(true);
    });
  });

  test('on a line that wants approval, no key is bound to which nobody said yes', () => {
    always(({ enrollment, line, blessed }) => {
      if (line.approval === 'none' || enrollment.boundKey === undefined) return;
      expect(blessed).toContain(enrollment.boundKey);
    });
  });

  test('a key that was ruled out holds nothing and gets nothing', () => {
    always(({ enrollment, wrote }) => {
      const { refusedKeys = [], boundKey, candidateKey, pending, contender, certificates, toRetire } = enrollment;
      for (const key of [boundKey, candidateKey, pending?.key, contender?.key])
        expect(key !== undefined && refusedKeys.includes(key)).toBe(false);
      const newest = certificates.at(-1);
      if (wrote === 'admission') expect(newest && refusedKeys.includes(newest.key)).toBe(false);
      const left = certificates.filter(({ id, key }) => refusedKeys.includes(key) && !toRetire.includes(id));
      expect(left).toEqual([]);
    });
  });

  test('a device that was refused writes at most once per serial until an operator acts', () => {
    always(({ wrote, enrollment }, before) => {
      if (wrote !== 'asking') return;
      const isFirstWait = before.enrollment.state === 'registered' && enrollment.state === 'pending';
      const isFirstContest = before.enrollment.contender === undefined && enrollment.contender !== undefined;
      expect(isFirstWait || isFirstContest).toBe(true);
      expect(enrollment.certificates).toEqual(before.enrollment.certificates);
    });
  });

  test('probation ends only by evidence or an operator, and never begins again', () => {
    always(({ enrollment, wrote }, before) => {
      if (before.enrollment.onProbation === false) expect(enrollment.onProbation).toBe(false);
      if (before.enrollment.onProbation === true && enrollment.onProbation === false) expect(['admission', 'operator']).toContain(wrote);
      if (before.enrollment.onProbation === true) expect(enrollment).toHaveProperty('onProbation');
    });
  });

  test('the certificate in use is held, and is never to be retired', () => {
    always(({ enrollment }) => {
      const ids = enrollment.certificates.map(({ id }) => id);
      if (enrollment.certificateInUse !== undefined) {
        expect(ids).toContain(enrollment.certificateInUse);
        expect(enrollment.toRetire).not.toContain(enrollment.certificateInUse);
      }
      expect(ids).toEqual(expect.arrayContaining([...enrollment.toRetire]));
    });
  });

  test('each write is one version on, and carries an event of its own', () => {
    always(({ enrollment, wrote }, before) => {
      expect(enrollment.version).toBe(before.enrollment.version + (wrote === 'nothing' ? 0 : 1));
      if (wrote !== 'nothing') expect(enrollment.lastEvent).not.toBe(before.enrollment.lastEvent);
    });
  });
});
