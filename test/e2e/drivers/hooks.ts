import { randomUUID } from 'node:crypto';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateProvisioningTemplateCommand,
  DeleteProvisioningTemplateCommand,
  DescribeProvisioningTemplateCommand,
  type IoTClient,
} from '@aws-sdk/client-iot';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';

/** A function to put in a hook's place. */
export interface HookFunction {
  /** Of `index.mjs`. */
  readonly source: string;
  /** 30 unless given. */
  readonly timeoutSeconds?: number;
  /** Whether its resource policy lets AWS IoT call it; true unless given. */
  readonly isPermitted?: boolean;
}

export interface HookedTemplate {
  readonly templateName: string;
  /** Absent: the template has no hook at all. */
  readonly functionName?: string;
}

/** Makes copies of a line's provisioning template that differ in their hook alone. */
export class HookWorkshop {
  readonly lambda = new LambdaClient();
  readonly #iot: IoTClient;
  readonly #templates: string[] = [];
  #roleArn: Promise<string | undefined> | undefined;

  constructor(iot: IoTClient) {
    this.#iot = iot;
  }

  async template(hook: HookFunction | undefined): Promise<HookedTemplate> {
    const templateName = `e2e-${randomUUID().slice(0, 18)}`;
    const original = await this.#iot.send(new DescribeProvisioningTemplateCommand({ templateName: 'muster-sensor' }));
    const { templateBody, provisioningRoleArn, templateArn = '' } = original;
    const made = hook === undefined ? undefined : await this.#function(hook, templateArn.replace('muster-sensor', templateName));
    const preProvisioningHook = made === undefined ? {} : { preProvisioningHook: { targetArn: made.functionArn } };
    await this.#iot.send(
      new CreateProvisioningTemplateCommand({ templateName, templateBody, provisioningRoleArn, enabled: true, ...preProvisioningHook }),
    );
    this.#templates.push(templateName);
    return made === undefined ? { templateName } : { templateName, functionName: made.functionName };
  }

  async close(): Promise<void> {
    for (const templateName of this.#templates) await this.#iot.send(new DeleteProvisioningTemplateCommand({ templateName }));
    this.lambda.destroy();
  }

  async #function({ source, timeoutSeconds = 30, isPermitted = true }: HookFunction, sourceArn: string) {
    const functionName = `e2e-hook-${randomUUID()}`;
    this.#roleArn ??= createRole();
    const { FunctionArn = '' } = await this.lambda.send(
      new CreateFunctionCommand({
        FunctionName: functionName,
        ...{ Runtime: 'nodejs24.x', Handler: 'index.handler', Timeout: timeoutSeconds, Role: await this.#roleArn },
        Code: { ZipFile: zipSync({ 'index.mjs': strToU8(source) }) },
      }),
    );
    if (isPermitted) {
      const permission = { StatementId: 'iot', Action: 'lambda:InvokeFunction', Principal: 'iot.amazonaws.com', SourceArn: sourceArn };
      await this.lambda.send(new AddPermissionCommand({ FunctionName: functionName, ...permission }));
    }
    return { functionName, functionArn: FunctionArn };
  }
}

const createRole = async (): Promise<string | undefined> => {
  const iam = new IAMClient();
  const Statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: `e2e-hooks-${randomUUID().slice(0, 8)}`,
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    }),
  );
  iam.destroy();
  return Role?.Arn;
};
