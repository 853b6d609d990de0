import { Aws, Duration, Validations } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Alias, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { PreProvisioningHookEnvironment } from '../../lambdas/pre-provisioning-hook/environment.ts';
import type { Foundation } from '../approach-deployment.ts';
import { BundledFunction } from '../bundled-function.ts';
import { iotArn } from '../policy-scope.ts';
import { tableAccess } from '../table-access.ts';

// One batch read, and the three kinds of write that its transaction is made of.
const TABLE_ACTIONS = ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

/** Names it, and its alarms. */
export const HOOK_DOOR = 'pre-provisioning-hook';

const IOT = new ServicePrincipal('iot.amazonaws.com');

/** The function that AWS IoT asks before it provisions anything. Templates call it through an alias, which a new version moves at once. */
export class PreProvisioningHook extends Construct {
  readonly #alias: Alias;

  constructor(scope: Construct, id: string, { configuration, table, auditLog, lineSettings, waysIn }: Foundation) {
    super(scope, id);
    const environment: PreProvisioningHookEnvironment = {
      TABLE_NAME: table.tableName,
      PREFIX: configuration.prefix,
      TOPIC_PREFIX: configuration.topicPrefix,
      REFUSAL_FLOOR_MS: String(configuration.refusalFloorMs),
    };
    const hook = new BundledFunction(this, 'Function', {
      name: HOOK_DOOR,
      description: 'Muster: admits a device, or refuses it.',
      environment,
      constants: { LINE_SETTINGS: JSON.stringify(lineSettings) },
      memorySizeMiB: 1024,
      // AWS IoT waits no longer (DG:pre-provisioning-hook); the function keeps a shorter deadline of its own.
      timeout: Duration.seconds(5),
      logGroup: auditLog,
      reservedConcurrency: configuration.reservedConcurrency.preProvisioningHook,
    });
    for (const statement of tableAccess(table, TABLE_ACTIONS)) hook.allow(statement);
    this.#alias = hook.function.addAlias('live');
    waysIn.addDoor(HOOK_DOOR, hook.function);
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason: 'AWS IoT calls it synchronously and takes a failure for a refusal; nothing is ever queued that could die.',
    });
  }

  get aliasArn(): string {
    return this.#alias.functionArn;
  }

  /** Lets AWS IoT call the hook for this template of this account, and for no other. */
  grantInvoke(templateName: string): Construct {
    return new CfnPermission(this, `Invoke-${templateName}`, {
      action: 'lambda:InvokeFunction',
      functionName: this.#alias.functionArn,
      principal: IOT.service,
      sourceAccount: Aws.ACCOUNT_ID,
      sourceArn: iotArn('provisioningtemplate', templateName),
    });
  }
}
