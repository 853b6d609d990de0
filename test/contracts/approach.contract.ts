import type { Verification } from '../../domain/verification.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import type { SerialNumber } from '../../domain/serial-number.ts';
import { aSerial } from '../builders/identifiers.ts';

/** An approach as seen from both ends of the wire. `Presented` is what reaches the cloud's half. */
export interface ApproachUnderTest<Presented> {
  readonly name: string;
  /** Makes a device of that serial number: it can prove itself as often as it is asked. */
  readonly newDevice: (serial: SerialNumber) => Promise<DeviceUnderTest<Presented>>;
  /** Judges what was presented by whoever says to be the device of that serial number. */
  readonly verify: (
    presented: Presented,
    requirement: Enrollment['requirement'],
    serial: SerialNumber,
  ) => Verification | Promise<Verification>;
  /** Copies of a presentation, each changed in one place by somebody on the way, and the reason that is put on record. */
  readonly tamperings: readonly Tampering<Presented>[];
}

/** What somebody changed, how, and why that is refused where the reason is always the same. */
export type Tampering<Presented> = readonly [string, (presented: Presented) => Presented | Promise<Presented>, ReasonCode?];

export interface DeviceUnderTest<Presented> {
  readonly prove: () => Promise<Presented>;
  /** What `enroll` records of this device before it has ever connected, where the operator wants to know it in advance. */
  readonly requirement: Enrollment['requirement'];
}

/** What every approach does, whatever its evidence is. */
export const describeApproach = <Presented>({ name, newDevice, verify, tamperings }: ApproachUnderTest<Presented>): void => {
  describe(`The approach ${name}`, () => {
    test('accepts what a device proves, against what was recorded when it was enrolled', async () => {
      const device = await newDevice(aSerial());
      expect(await verify(await device.prove(), device.requirement, aSerial())).toMatchObject({ accepted: true });
    });

    test('finds the same key whenever the device proves itself again', async () => {
      const device = await newDevice(aSerial());
      const [first, second] = [await device.prove(), await device.prove()];
      expect(await verify(second, device.requirement, aSerial())).toEqual(await verify(first, device.requirement, aSerial()));
    });

    test('refuses what another device proves', async () => {
      const [device, another] = await Promise.all([newDevice(aSerial()), newDevice(aSerial('SN-2'))]);
      expect(await verify(await another.prove(), device.requirement, aSerial())).toMatchObject({ accepted: false });
    });

    const rows = tamperings.map(([what, tamper, reason]) => ({ what, tamper, reason }));
    test.each(rows)('refuses evidence with $what', async ({ tamper, reason }) => {
      const device = await newDevice(aSerial());
      const verification = await verify(await tamper(await device.prove()), device.requirement, aSerial());
      expect(verification).toMatchObject({ accepted: false, ...(reason === undefined ? {} : { reason }) });
    });

    test('refuses to judge by a requirement that it does not know', async () => {
      const device = await newDevice(aSerial());
      expect(await verify(await device.prove(), { ...device.requirement, phaseOfTheMoon: 'full' }, aSerial())).toMatchObject({
        accepted: false,
      });
    });

    test('judges without a trace: the same question gets the same answer', async () => {
      const device = await newDevice(aSerial());
      const presented = await device.prove();
      const answers = await Promise.all(Array.from({ length: 3 }, async () => verify(presented, device.requirement, aSerial())));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    });
  });
};
