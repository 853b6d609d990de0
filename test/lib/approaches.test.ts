import { CfnThingType } from 'aws-cdk-lib/aws-iot';
import { deployPki } from '../../approaches/pki/deploy.ts';
import type { ApproachDeployment } from '../../lib/approach-deployment.ts';
import { buildTestApp, synthesize } from '../setup/app.ts';
import { resourcesOfType } from './intents.ts';

const tin: ApproachDeployment = (scope) => {
  new CfnThingType(scope, 'Tin', { thingTypeName: 'tin' });
};

describe('An approach', () => {
  test('that nobody uses deploys nothing', () => {
    const { onboarding } = synthesize({ approaches: { pki: deployPki, tin } });
    expect(resourcesOfType(onboarding, 'AWS::IoT::ThingType')).toEqual([]);
  });

  test('is given the lines that use it, and no others', () => {
    const given: string[] = [];
    const note: ApproachDeployment = (_scope, _foundation, lines) => given.push(...lines.map(({ name }) => name));
    const lines = [{ name: 'pump' }, { name: 'valve', approaches: ['pki', 'tin'] }, { name: 'door', approaches: ['tin'] }];
    buildTestApp({ configuration: { lines }, approaches: { pki: deployPki, tin: note } });
    expect(given).toEqual(['valve', 'door']);
  });

  test('leaves the registry alone: a line without X.509 has a thing type and a group, and no template', () => {
    const configuration = { lines: [{ name: 'door', approaches: ['tin'] }] };
    const { onboarding, records } = synthesize({ configuration, approaches: { pki: deployPki, tin: () => undefined } });
    expect(resourcesOfType(records, 'AWS::IoT::ThingType')).toHaveLength(1);
    expect(resourcesOfType(onboarding, 'AWS::IoT::ProvisioningTemplate')).toHaveLength(0);
    expect(resourcesOfType(onboarding, 'AWS::IoT::TopicRule').map(({ properties }) => properties['RuleName'])).toEqual([
      'muster_presence',
      'muster_take_overs',
    ]);
  });
});
