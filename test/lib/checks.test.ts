import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnVolume } from 'aws-cdk-lib/aws-ec2';
import { CfnPolicy } from 'aws-cdk-lib/aws-iot';
import { NIST80053R5Checks } from 'cdk-nag';
import * as approaches from '../../bin/approaches.ts';
import { nistExceptions } from '../../lib/nist-exceptions.ts';
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

  test('fails on a finding of the NIST pack that has no reason', () => {
    const { app } = buildTestApp();
    new CfnVolume(new Stack(app, 'Extra'), 'Disk', { availabilityZone: 'eu-west-1a', size: 1, encrypted: false });
    expect(() => app.synth()).toThrow(/NIST\.800\.53\.R5-EC2EBSInBackupPlan/);
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

/** The NIST pack under a name that no exception is for. */
class Unexcused extends NIST80053R5Checks {
  protected override packName = 'Unexcused';
}

/** One of everything that has exceptions of its own. */
const everything = {
  certificateAuthority: {},
  accountWide: { certificateProvider: 'manage', deviceDefender: 'manage' },
};

describe('The exceptions from the NIST pack', () => {
  test('are each of a rule that finds something, and passes with its reason', () => {
    const { app } = buildTestApp({ configuration: everything, approaches });
    const found = new Set(new Unexcused(app).validateScope(app).violations.map(({ ruleName }) => ruleName.replace('Unexcused-', '')));
    expect([...found].toSorted()).toEqual(Object.keys(nistExceptions).toSorted());
  });
});

describe('The flags of every synth', () => {
  test('make findings of the CDK’s own validator errors', () => {
    expect(buildTestApp().app.node.tryGetContext('@aws-cdk/core:validateAgainstDefaultRules')).toBe(true);
  });
});
