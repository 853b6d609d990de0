import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import { type LocalAws, startLocalAws } from '../../local/main.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Identity {
  readonly name: string;
  readonly arn: string;
}

export const allow = (action: string | readonly string[], resource: string | readonly string[] = '*', condition?: object): object => ({
  ...{ Effect: 'Allow', Action: action, Resource: resource },
  ...(condition === undefined ? {} : { Condition: condition }),
});

export const deny = (action: string, resource = '*'): object => ({ Effect: 'Deny', Action: action, Resource: resource });

export const policy = (...statements: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const trust = (principal: object, action: string | readonly string[] = 'sts:AssumeRole'): string =>
  policy({ Effect: 'Allow', Principal: principal, Action: action });

/** A local AWS with makers of identities that may do what they are given, and nothing else. */
export class IamWorld {
  readonly local: LocalAws;
  #made = 0;

  private constructor(local: LocalAws) {
    this.local = local;
  }

  static async start(): Promise<IamWorld> {
    return new IamWorld(await startLocalAws({ iotSettings: { operationRates: 'off' } }));
  }

  /** Of an SDK client; the administrator's without credentials. */
  config(credentials: Credentials = this.local.credentials) {
    return { endpoint: this.local.endpoint, region: 'us-east-1', credentials, maxAttempts: 1, forcePathStyle: true };
  }

  async user(...statements: readonly object[]): Promise<Identity & { readonly credentials: Credentials }> {
    const iam = new IAMClient(this.config());
    const UserName = this.#name('user');
    await iam.send(new CreateUserCommand({ UserName }));
    if (statements.length > 0)
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument: policy(...statements) }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
    return { name: UserName, arn: `arn:aws:iam::123456789012:user/${UserName}`, credentials };
  }

  async role(trustPolicy: string, statements: readonly object[], boundary?: string): Promise<Identity> {
    const iam = new IAMClient(this.config());
    const RoleName = this.#name('role');
    const { Role } = await iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trustPolicy, PermissionsBoundary: boundary }),
    );
    if (statements.length > 0)
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: policy(...statements) }));
    return { name: RoleName, arn: Role?.Arn ?? '' };
  }

  async assume(roleArn: string, more: Partial<AssumeRoleCommandInput> = {}, by?: Credentials): Promise<Credentials> {
    const { Credentials: made } = await new STSClient(this.config(by)).send(
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'session', ...more }),
    );
    return {
      accessKeyId: made?.AccessKeyId ?? '',
      secretAccessKey: made?.SecretAccessKey ?? '',
      sessionToken: made?.SessionToken ?? '',
    };
  }

  #name(kind: string): string {
    this.#made += 1;
    return `${kind}-${this.#made}`;
  }
}
