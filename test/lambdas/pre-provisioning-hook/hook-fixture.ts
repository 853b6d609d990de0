import { verify } from '../../../approaches/pki/verify.ts';
import type { EnrollmentStore } from '../../../domain/ports.ts';
import { type HookProps, createHook } from '../../../lambdas/pre-provisioning-hook/hook.ts';
import { aClaim } from '../../builders/claim.ts';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { aLine } from '../../builders/identifiers.ts';
import { aLambdaContext } from '../../builders/lambda-context.ts';
import { aLineSettings } from '../../builders/line-settings.ts';
import { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';
import { numberedIds } from '../../fakes/numbered-ids.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';
import { seededRandom } from '../../fakes/seeded-random.ts';
import { SimulatedClock } from '../../fakes/simulated-clock.ts';

export const FLOOR_MS = 300;

const serialOnly = { attestation: 'serial-only' } as const;

/** A store with one registered device, `SN-1` of the line `sensor`, and one open claim of that line. */
export const stockedStore = async (enrollment = anEnrollment(), claim = aClaim()): Promise<InMemoryEnrollmentStore> => {
  const store = new InMemoryEnrollmentStore();
  await store.register(enrollment);
  await store.createClaim(claim);
  return store;
};

/** The hook with everything in memory, and what can be seen of it from outside. */
export const aHook = (store: EnrollmentStore, more: Partial<HookProps> = {}) => {
  const clock = new SimulatedClock(NOON);
  const audit = recordedAuditLog();
  const faults = recordedFaultLog();
  const hook = createHook({
    approach: 'pki',
    verify,
    deployment: { prefix: 'muster', topicPrefix: 'muster' },
    lines: [aLineSettings(serialOnly), aLineSettings({ ...serialOnly, name: aLine('gateway') })],
    store,
    audit,
    faults,
    clock,
    random: seededRandom(1),
    newId: numberedIds(),
    refusalFloorMs: FLOOR_MS,
    ...more,
  });
  return {
    clock,
    events: audit.events,
    faults: faults.faults,
    /** Calls the hook as AWS IoT does, and tells how long it took on its clock. */
    call: async (event: unknown) => {
      const startedAt = clock.now();
      const answer = await hook(event, aLambdaContext());
      return { answer, tookMs: clock.now() - startedAt };
    },
  };
};
