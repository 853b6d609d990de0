import type { Version, VersionedResources } from '../../../domain/stack-upkeep.ts';
import type { CustomResourceRequest } from '../../../lambdas/custom-resource/request.ts';
import { makeRoom } from '../../../lambdas/stack-upkeep/make-room.ts';

/** Resources that have five versions each, the last in force. */
class FiveOfEach implements VersionedResources {
  readonly asked: string[] = [];
  readonly removed: string[] = [];

  versionsOf(name: string): Promise<readonly Version[]> {
    this.asked.push(name);
    return Promise.resolve(['1', '2', '3', '4', '5'].map((id) => ({ id, isDefault: id === '5' })));
  }

  remove(name: string, version: string): Promise<void> {
    this.removed.push(`${name} ${version}`);
    return Promise.resolve();
  }
}

const setUp = () => {
  const [policies, templates] = [new FiveOfEach(), new FiveOfEach()];
  return { policies, templates, fulfil: (asked: CustomResourceRequest) => makeRoom({ policies, templates }, asked) };
};

const request = (more: Partial<CustomResourceRequest>): CustomResourceRequest => ({
  ...{ RequestType: 'Update', ResponseURL: 'https://cloudformation.example/answer', StackId: 'stack', RequestId: 'request' },
  ...{ LogicalResourceId: 'VersionRoom', ResourceType: 'Custom::MusterVersionRoom', ResourceProperties: {} },
  ...more,
});

const before = { Policies: { 'muster-device-pump': 'a', 'muster-quarantine': 'q' }, Templates: { 'muster-pump': 'a' } };
const after = { Policies: { 'muster-device-pump': 'b', 'muster-quarantine': 'q' }, Templates: { 'muster-pump': 'b' } };

describe('Room for new versions', () => {
  test('is made in what changes, and nothing else is asked about', async () => {
    const { policies, templates, fulfil } = setUp();
    await fulfil(request({ PhysicalResourceId: 'room for versions', ResourceProperties: after, OldResourceProperties: before }));
    expect(policies.removed).toEqual(['muster-device-pump 1', 'muster-device-pump 2']);
    expect(policies.asked).toEqual(['muster-device-pump']);
    expect(templates.removed).toEqual(['muster-pump 1', 'muster-pump 2']);
  });

  test('is made on the way back of a deployment that failed', async () => {
    const { policies, fulfil } = setUp();
    await fulfil(request({ PhysicalResourceId: 'room for versions', ResourceProperties: before, OldResourceProperties: after }));
    expect(policies.removed).toHaveLength(2);
  });

  test('is made in everything the first time: what is there may be of a version before', async () => {
    const { policies, templates, fulfil } = setUp();
    await fulfil(request({ RequestType: 'Create', ResourceProperties: after }));
    expect([...policies.asked, ...templates.asked]).toEqual(['muster-device-pump', 'muster-quarantine', 'muster-pump']);
  });

  test('is nobody’s when the stack goes', async () => {
    const { policies, templates, fulfil } = setUp();
    await fulfil(request({ RequestType: 'Delete', PhysicalResourceId: 'failed-to-create' }));
    expect([...policies.asked, ...templates.asked]).toEqual([]);
  });

  test('takes what CloudFormation leaves out for nothing', async () => {
    const { templates, fulfil } = setUp();
    await fulfil(request({ PhysicalResourceId: 'x', ResourceProperties: { Templates: after.Templates }, OldResourceProperties: {} }));
    expect(templates.asked).toEqual(['muster-pump']);
  });
});
