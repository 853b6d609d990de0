import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy } from 'aws-cdk-lib/aws-iot';
import { buildTestApp } from '../setup/app.ts';

const openPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iot:Publish', Resource: '*' }],
};

describe('A synth', () => {
  test('passes as the app is', () => {
    expect(() => buildTestApp().app.synth()).not.toThrow();
  });

  test('fails on a finding of our own rules, and says which resource, what and why', () => {
    const { app } = buildTestApp();
    new CfnPolicy(new Stack(app, 'Extra'), 'Open', { policyDocument: openPolicy });
    expect(() => app.synth()).toThrow(/got "\*" in an Allow[\s\S]*Extra\/Open[\s\S]*Muster::wildcard-resource/);
  });

  test('fails on a finding of cdk-nag', () => {
    const { app } = buildTestApp();
    const role = new Role(new Stack(app, 'Extra'), 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['iot:*'], resources: ['*'] }));
    expect(() => app.synth()).toThrow(/AwsSolutions-IAM5/);
  });

  test('passes where an exception is acknowledged with its reason, and fails where another one is', () => {
    const { app } = buildTestApp();
    const policy = new CfnPolicy(new Stack(app, 'Extra'), 'Open', { policyDocument: openPolicy });
    Validations.of(policy).acknowledge({ id: 'Muster::connect-without-client-id', reason: 'Another rule.' });
    expect(() => app.synth()).toThrow(/wildcard-resource/);

    const other = buildTestApp().app;
    const acknowledged = new CfnPolicy(new Stack(other, 'Extra'), 'Open', { policyDocument: openPolicy });
    Validations.of(acknowledged).acknowledge({ id: 'Muster::wildcard-resource', reason: 'Shown by this test.' });
    expect(() => other.synth()).not.toThrow();
  });
});

describe('The flags of every synth', () => {
  test('make findings of the CDK’s own validator errors', () => {
    expect(buildTestApp().app.node.tryGetContext('@aws-cdk/core:validateAgainstDefaultRules')).toBe(true);
  });
});
