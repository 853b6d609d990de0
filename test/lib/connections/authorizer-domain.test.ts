import type { DomainSetting } from '../../../domain/domain-configuration.ts';
import type { ApproachDeployment } from '../../../lib/approach-deployment.ts';
import { AuthorizerDomain } from '../../../lib/connections/authorizer-domain.ts';
import { DeviceAuthorizer } from '../../../lib/connections/device-authorizer.ts';
import { synthesize } from '../../setup/app.ts';
import { resourcesOfType } from '../intents.ts';

const deployWith =
  (domain: DomainSetting): ApproachDeployment =>
  (scope, foundation) => {
    const wanted = { foundation, approach: 'psk', description: 'Muster: judges.', tableActions: ['dynamodb:GetItem'] };
    const authorizer = new DeviceAuthorizer(scope, 'Authorizer', wanted);
    new AuthorizerDomain(scope, 'Domain', { foundation, approach: 'psk', authorizer, domain });
  };

const synthesizeWith = (domain: DomainSetting) =>
  synthesize({ configuration: { lines: [{ name: 'meter', approaches: ['psk'] }] }, approaches: { psk: deployWith(domain) } }).onboarding;

const own = { name: 'iot.example.com', certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b' };

const actionsIn = (template: ReturnType<typeof synthesizeWith>): string =>
  JSON.stringify(resourcesOfType(template, 'AWS::IAM::Policy').filter(({ logicalId }) => logicalId.startsWith('pskDomainFunctionRole')));

describe('A domain of an authorizer', () => {
  const template = synthesizeWith(true);

  test('is kept when its stack goes, and is no longer open then', () => {
    template.hasResource('Custom::MusterDomainConfiguration', {
      ...{ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
      Properties: { Name: 'muster-psk' },
    });
    template.hasResource('Custom::MusterOpenDomain', { DeletionPolicy: 'Delete', Properties: { AuthorizerName: 'muster-psk' } });
  });

  test('is open once its authorizer is there, and closed before that goes', () => {
    const [open] = Object.values(template.findResources('Custom::MusterOpenDomain'));
    const [authorizer = ''] = Object.keys(template.findResources('AWS::IoT::Authorizer'));
    expect((open as { readonly DependsOn: readonly string[] }).DependsOn).toContain(authorizer);
  });

  test('tells where devices connect', () => {
    const outputs = Object.values(template.findOutputs('*')) as { readonly Description?: string; readonly Value: unknown }[];
    const [output] = outputs.filter(({ Description = '' }) => Description.startsWith('Where devices connect'));
    expect(output?.Value).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^pskDomainKept/), 'HostName'] });
  });

  test('is made by a function that reaches no other, and deletes none', () => {
    expect(actionsIn(template)).toContain(':domainconfiguration/muster-psk/*');
    expect(actionsIn(template)).not.toContain('iot:DeleteDomainConfiguration');
  });

  test('of one’s own host name may be made anew, with the certificate that the configuration names', () => {
    const actions = actionsIn(synthesizeWith(own));
    expect(actions).toContain('iot:DeleteDomainConfiguration');
    expect(actions).toContain(own.certificateArn);
  });
});
