import { isAtLeast, isDeviceUnique } from '../../../domain/attestation.ts';
import { impossible } from '../../../domain/changes/change.ts';
import { readmit } from '../../../domain/changes/readmit.ts';
import { type AnewWishes, requireAnew } from '../../../domain/changes/require-anew.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { InputOf } from '../../../domain/operation.ts';
import type { devicesReadmit } from '../../../domain/operations/devices-readmit.ts';
import type { Performer } from '../operation-call.ts';
import { changeDevice } from './change-device.ts';
import type { DeviceResources } from './device-resources.ts';
import { DAY_MS } from '../../../domain/duration.ts';

const MAX_DAYS = 30;

/** Lets one other key in. */
export const createReadmit =
  (resources: DeviceResources): Performer<typeof devicesReadmit> =>
  ({ serialNumber, line, ...wishes }, call) =>
    changeDevice(resources, {
      operation: 'devices.readmit',
      device: { serialNumber, ...(line === undefined ? {} : { line }) },
      call,
      decide: (enrollment, stamp) => {
        const mistake = mistakeIn(resources, enrollment, { ...wishes, at: call.at });
        if (mistake !== undefined) return impossible(mistake);
        if (enrollment.awaitsProof === true)
          return requireAnew(enrollment, stamp, {
            ...wishes,
            requirement: wishes.requirement,
            ...saidOf(resources, enrollment, wishes),
          });
        const settings = resources.configuration.lines.find(({ name }) => name === enrollment.line);
        return readmit(enrollment, stamp, { ...wishes, reprovision: settings?.reprovision ?? 'never' });
      },
      steps: [],
    });

interface Wishes extends Pick<InputOf<typeof devicesReadmit>, 'until' | 'requirement'> {
  /** When it is asked for: milliseconds since the epoch. */
  readonly at: number;
}

const saidOf = (
  { describeRequirement }: DeviceResources,
  { approach }: Enrollment,
  { requirement }: Pick<Wishes, 'requirement'>,
): Pick<AnewWishes, 'isProofItsOwn' | 'namedKeys'> => {
  const said = requirement && describeRequirement(approach, requirement);
  return { isProofItsOwn: said !== undefined && isDeviceUnique(said.attestation), namedKeys: said?.keys ?? [] };
};

// What the next key must prove may be another secret, never less than before.
const mistakeIn = ({ describeRequirement }: DeviceResources, { approach, requirement }: Enrollment, wishes: Wishes): string | undefined => {
  if (wishes.until > wishes.at + MAX_DAYS * DAY_MS) return `A key may be let in for at most ${MAX_DAYS} days.`;
  if (wishes.requirement === undefined) return undefined;
  const [before, after] = [requirement, wishes.requirement].map((one) => describeRequirement(approach, one)?.attestation);
  const isEnough = before !== undefined && after !== undefined && isAtLeast(after, before);
  return isEnough ? undefined : 'What the other key must prove would be less than what the device was enrolled with.';
};
