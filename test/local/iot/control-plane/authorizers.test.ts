import { generateKeyPairSync } from 'node:crypto';
import type { CreateAuthorizerCommandInput, UpdateAuthorizerCommandInput } from '@aws-sdk/client-iot';
import {
  ClearDefaultAuthorizerCommand,
  CreateAuthorizerCommand,
  DeleteAuthorizerCommand,
  DescribeAuthorizerCommand,
  DescribeDefaultAuthorizerCommand,
  ListAuthorizersCommand,
  ListTagsForResourceCommand,
  SetDefaultAuthorizerCommand,
  UpdateAuthorizerCommand,
} from '@aws-sdk/client-iot';
import { arn, expectRefusal, fresh, startControlPlane, useControlPlane } from './test-control-plane.ts';

const subject = useControlPlane();

const publicKey = (bits: number): string =>
  generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
const key2048 = publicKey(2048);
const authorizerFunctionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:judge';
const signing = { tokenKeyName: 'token', tokenSigningPublicKeys: { first: key2048 } };

const create = (authorizerName: string, more: Partial<CreateAuthorizerCommandInput> = { signingDisabled: true }) =>
  subject.iot.send(new CreateAuthorizerCommand({ authorizerName, authorizerFunctionArn, ...more }));
const update = (authorizerName: string, more: Partial<UpdateAuthorizerCommandInput>) =>
  subject.iot.send(new UpdateAuthorizerCommand({ authorizerName, ...more }));
const describeOne = async (authorizerName: string) =>
  (await subject.iot.send(new DescribeAuthorizerCommand({ authorizerName }))).authorizerDescription;
const remove = (authorizerName: string) => subject.iot.send(new DeleteAuthorizerCommand({ authorizerName }));
const makeDefault = (authorizerName: string) => subject.iot.send(new SetDefaultAuthorizerCommand({ authorizerName }));
const clearDefault = () => subject.iot.send(new ClearDefaultAuthorizerCommand({}));

describe('an authorizer', () => {
  test('is described as it was created, signing enabled and inactive unless said otherwise', async () => {
    const authorizerName = fresh('auth');
    const created = await create(authorizerName, { ...signing, tags: [{ Key: 'k', Value: 'v' }] });
    const authorizerArn = arn(`authorizer/${authorizerName}`);
    expect(created).toMatchObject({ authorizerName, authorizerArn });
    expect(await describeOne(authorizerName)).toEqual({
      ...{ authorizerName, authorizerArn, authorizerFunctionArn, ...signing },
      ...{ status: 'INACTIVE', signingDisabled: false, enableCachingForHttp: false },
      ...{ creationDate: new Date(subject.clock.now()), lastModifiedDate: new Date(subject.clock.now()) },
    });
    const { tags } = await subject.iot.send(new ListTagsForResourceCommand({ resourceArn: authorizerArn }));
    expect(tags).toEqual([{ Key: 'k', Value: 'v' }]);
    await expectRefusal(create(authorizerName), 'ResourceAlreadyExistsException', 409);
  });

  test.each<[string, Partial<CreateAuthorizerCommandInput>, RegExp]>([
    ['without a token key name', { tokenSigningPublicKeys: { a: key2048 } }, /tokenKeyName/],
    ['without keys', { tokenKeyName: 'token' }, /tokenSigningPublicKeys/],
    ['with a key that is none', { ...signing, tokenSigningPublicKeys: { a: 'no key' } }, /RSA public key/],
    ['with a key of 1,024 bits', { ...signing, tokenSigningPublicKeys: { a: publicKey(1024) } }, /1024 bits/],
    ['with a function that is none', { signingDisabled: true, authorizerFunctionArn: 'arn:aws:sqs:eu-central-1:123456789012:q' }, /Lambda/],
    ['with a status that is none', { signingDisabled: true, status: 'REVOKED' as 'ACTIVE' }, /status/],
    ['with a token key name that no query could carry', { ...signing, tokenKeyName: 'a b' }, /tokenKeyName/],
  ])('is not created %s', async (_what, input, message) => {
    await expectRefusal(create(fresh('auth'), input), 'InvalidRequestException', 400, message);
  });

  test('changes in everything but whether tokens are signed', async () => {
    const authorizerName = fresh('auth');
    await create(authorizerName, signing);
    subject.clock.advance(1000);
    await update(authorizerName, { status: 'ACTIVE', tokenKeyName: 'other', enableCachingForHttp: true });
    expect(await describeOne(authorizerName)).toMatchObject({
      ...{ status: 'ACTIVE', tokenKeyName: 'other', enableCachingForHttp: true, signingDisabled: false },
      ...{ tokenSigningPublicKeys: signing.tokenSigningPublicKeys, lastModifiedDate: new Date(subject.clock.now()) },
    });
    await expectRefusal(update(fresh('auth'), {}), 'ResourceNotFoundException', 404);
  });

  test('is deleted only when it is inactive and nobody’s default', async () => {
    const authorizerName = fresh('auth');
    await create(authorizerName, { signingDisabled: true, status: 'ACTIVE' });
    await makeDefault(authorizerName);
    await expectRefusal(remove(authorizerName), 'DeleteConflictException', 409, /active/);
    await update(authorizerName, { status: 'INACTIVE' });
    await expectRefusal(remove(authorizerName), 'DeleteConflictException', 409, /default/);
    await clearDefault();
    await remove(authorizerName);
    await expectRefusal(remove(authorizerName), 'ResourceNotFoundException', 404);
  });

  test('is listed by status, page by page', async () => {
    const plane = await startControlPlane();
    const { iot } = plane;
    const names = ['a', 'b', 'c'];
    for (const [index, authorizerName] of names.entries()) {
      const status = index === 1 ? 'ACTIVE' : 'INACTIVE';
      await iot.send(new CreateAuthorizerCommand({ authorizerName, authorizerFunctionArn, signingDisabled: true, status }));
    }
    const first = await iot.send(new ListAuthorizersCommand({ pageSize: 2 }));
    expect(first.authorizers?.map((each) => each.authorizerName)).toEqual(['a', 'b']);
    const rest = await iot.send(new ListAuthorizersCommand({ pageSize: 2, marker: first.nextMarker }));
    expect(rest.authorizers).toHaveLength(1);
    expect((await iot.send(new ListAuthorizersCommand({ status: 'ACTIVE' }))).authorizers).toHaveLength(1);
    await plane.stop();
  });

  test('is one of 100 at most, of which 32 may be active', async () => {
    const plane = await startControlPlane();
    const { iot } = plane;
    for (let index = 0; index < 100; index++) {
      const status = index < 32 ? 'ACTIVE' : 'INACTIVE';
      await iot.send(new CreateAuthorizerCommand({ authorizerName: `a${index}`, authorizerFunctionArn, signingDisabled: true, status }));
    }
    const another = iot.send(new CreateAuthorizerCommand({ authorizerName: 'one-more', authorizerFunctionArn, signingDisabled: true }));
    await expectRefusal(another, 'LimitExceededException', 410, /100/);
    const active = iot.send(new UpdateAuthorizerCommand({ authorizerName: 'a50', status: 'ACTIVE' }));
    await expectRefusal(active, 'LimitExceededException', 410, /32/);
    await plane.stop();
  });
});

describe('the default authorizer', () => {
  test('is set, described, kept against another, and cleared', async () => {
    const [one, other] = [fresh('auth'), fresh('auth')];
    await create(one);
    await create(other);
    await expectRefusal(clearDefault(), 'ResourceNotFoundException', 404);
    expect(await makeDefault(one)).toMatchObject({ authorizerName: one, authorizerArn: arn(`authorizer/${one}`) });
    await makeDefault(one);
    await expectRefusal(makeDefault(other), 'ResourceAlreadyExistsException', 409, /ClearDefaultAuthorizer/);
    const { authorizerDescription } = await subject.iot.send(new DescribeDefaultAuthorizerCommand({}));
    expect(authorizerDescription?.authorizerName).toBe(one);
    await clearDefault();
    await expectRefusal(subject.iot.send(new DescribeDefaultAuthorizerCommand({})), 'ResourceNotFoundException', 404);
    await expectRefusal(makeDefault(fresh('auth')), 'ResourceNotFoundException', 404);
  });
});
