import { deviceParameters, hookParameters, hookParametersFor } from '../../../domain/admission/provisioning-contract.ts';
import { stackNames } from '../../../domain/stack-names.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import { anEnrollment } from '../../builders/enrollment.ts';
import { aLine } from '../../builders/identifiers.ts';

const deployment = { prefix: 'muster', topicPrefix: 'fleet' };

describe('What the hook says of an admitted device', () => {
  const parameters = hookParametersFor(deployment, anEnrollment(), {});

  test("sets every parameter that the template declares beside the device's own", () => {
    expect(Object.keys(parameters).sort()).toEqual([...hookParameters].sort());
  });

  test('F2: leaves the device nothing to name: its parameters and ours do not meet', () => {
    expect(new Set<string>([...hookParameters, ...deviceParameters]).size).toBe(hookParameters.length + deviceParameters.length);
    expect(parameters.ThingName).toBe('muster:sensor:SN-1');
  });

  test('tells the device its topics as JSON text, for the service takes no nested object', () => {
    expect(JSON.parse(parameters.DeviceConfiguration)).toEqual({
      schemaVersion: 1,
      line: 'sensor',
      tenant: 'acme',
      topics: {
        own: 'fleet/things/muster:sensor:SN-1',
        diagnosis: 'fleet/things/muster:sensor:SN-1/diagnosis',
        line: 'fleet/lines/sensor',
        tenant: 'fleet/tenants/acme',
      },
    });
  });

  test('puts the device in the group that its line chose for it, and tells it what its line chose to tell', () => {
    const allocated = hookParametersFor(deployment, anEnrollment(), { group: 'eu', configuration: { reportSeconds: 60 } });
    expect(allocated.LineGroup).toBe('muster-line-sensor:eu');
    expect(JSON.parse(allocated.DeviceConfiguration)).toMatchObject({ line: 'sensor', settings: { reportSeconds: 60 } });
  });

  test('every value is text', () => {
    expect(Object.values(parameters).every((value) => typeof value === 'string' && value.length > 0)).toBe(true);
  });
});

test('Stacks are named after the prefix', () => {
  expect(stackNames('my-fleet')).toEqual({
    data: 'MyFleetData',
    audit: 'MyFleetAudit',
    onboarding: 'MyFleetOnboarding',
    operations: 'MyFleetOperations',
  });
});

test('A claim connects under ids that no thing can have', () => {
  expect(resourceNames('muster').claimClientIdPrefix(aLine())).toBe('muster-claim-sensor-');
});

test('A group of one line is never the group of another line whose name begins like its own', () => {
  const { allocationGroup, lineGroup } = resourceNames('muster');
  expect(allocationGroup(aLine('a'), 'b-c')).not.toBe(allocationGroup(aLine('a-b'), 'c'));
  expect(allocationGroup(aLine('a'), 'b')).not.toBe(lineGroup(aLine('a-b')));
});
