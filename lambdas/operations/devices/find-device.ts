import type { Enrollment } from '../../../domain/enrollment.ts';
import type { LineName } from '../../../domain/identifiers.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import { type OperatorScope, reaches } from '../../../domain/operator-scope.ts';
import type { SerialNumber } from '../../../domain/serial-number.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import type { DeviceResources } from './device-resources.ts';

/** How a device is named in a request. */
export interface DeviceName {
  readonly serialNumber: SerialNumber;
  readonly line?: LineName;
}

type Resources = Pick<DeviceResources, 'prefix' | 'configuration' | 'store'>;

/** What is enrolled under a serial, or under one that is easily taken for it, on the lines of a scope: one key for each, no search. */
export const readUnderSerial = async (
  { prefix, configuration, store }: Resources,
  { serialNumber, line }: DeviceName,
  scope: OperatorScope,
): Promise<readonly Enrollment[]> => {
  const lines = line === undefined ? configuration.lines.map(({ name }) => name) : [line];
  const things = lines.filter((name) => reaches(scope, { line: name })).map((name) => thingNameOf(prefix, name, serialNumber));
  const found = things.length === 0 ? [] : await store.readAlike(things);
  return found.filter((enrollment) => reaches(scope, enrollment));
};

/** @throws OperationError when the serial is enrolled on several lines, naming them. */
export const onlyOne = (found: readonly Enrollment[], serial: string): Enrollment | undefined => {
  const [first, ...others] = found.filter(({ serialNumber }) => serialNumber === serial);
  if (others.length === 0) return first;
  const lines = [first, ...others].map((enrollment) => enrollment?.line).join(', ');
  throw new OperationError('ERR_CONFLICT', `The serial number "${serial}" is enrolled on the lines ${lines}; name one with --line.`);
};

/**
 * The device of that name. One that lies beyond the scope is answered like one that there is not.
 * @throws OperationError
 */
export const findDevice = async (resources: Resources, name: DeviceName, scope: OperatorScope): Promise<Enrollment> => {
  const found = onlyOne(await readUnderSerial(resources, name, scope), name.serialNumber);
  if (found !== undefined) return found;
  const where = name.line === undefined ? '' : ` on line "${name.line}"`;
  throw new OperationError(
    'ERR_NOT_FOUND',
    `No device with serial number "${name.serialNumber}" is enrolled${where} within the scope "${scope.name}". ` +
      'Serial numbers are compared byte for byte. Enroll devices with: muster devices import <file>',
  );
};
